/** What the report calls a measured generator: `initial-2` is "initial 2". */
export function generatorName(label: string): string {
  return label.replace(/^initial-/, "initial ");
}
