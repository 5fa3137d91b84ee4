/** Models and adapters that come with the product: `embedded:small`, `embedded:small/takers/graphs/NAME`. */
import { join, resolve } from "node:path";
import { packageRoot } from "./package-root.js";

const EMBEDDED = "embedded:";

export function isEmbedded(reference: string): boolean {
  return reference.startsWith(EMBEDDED);
}

/** The folder that a reference to a model or adapter names. */
export function modelPath(reference: string): string {
  if (!isEmbedded(reference)) return resolve(reference);
  return join(packageRoot(), "fixtures", "models", ...reference.slice(EMBEDDED.length).split("/"));
}
