/** docs/results.md as a head and a block for each table: one is written anew where the runs of another are not at hand. */

const MARK = /^<!-- table (\S+) -->\n/m;

/** @returns what a page says of each table, by the table's name */
export function readBlocks(page: string): Map<string, string> {
  const [, ...parts] = page.split(MARK);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]!.trim()]] : [])));
}

export function assemblePage(head: string, blocks: ReadonlyMap<string, string>): string {
  const marked = [...blocks].map(([name, text]) => `<!-- table ${name} -->\n\n${text.trim()}`);
  return `${[head.trim(), ...marked].join("\n\n")}\n`;
}
