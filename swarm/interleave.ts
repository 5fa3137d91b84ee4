/** One list of several, which take turns as long as they have items: [1, 2, 3] and [4] give [1, 4, 2, 3]. */
export function interleave<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = lists.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
