/**
 * Why a file cannot be read, in one line.
 *
 * @param from what a relative path starts at
 */
export function describeFileError(error: unknown, path: string, from: string): string {
  const errno = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (errno) {
    case "ENOENT":
    case "ENOTDIR":
      return `there is no ${path}; give a path that exists, absolute or relative to the ${from}`;
    case "EACCES":
    case "EPERM":
      return `${path} may not be read; give this user permission`;
    case "EISDIR":
      return `${path} is a directory; name a file`;
    default:
      return `${path} cannot be read (${errno ?? "unknown error"})`;
  }
}
