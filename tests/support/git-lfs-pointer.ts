/** What `git lfs` leaves in a clone in place of a file of that many bytes. Source: `docs/spec.md` of git-lfs. */
export function gitLfsPointer(size: number): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${"4d7a2146".repeat(8)}\nsize ${size}\n`;
}
