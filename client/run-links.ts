/** Where things of a run are, for people. */
import { fileURLToPath } from "node:url";
import { relative } from "node:path";
import type { Store } from "../store/store.js";

/** An object's address: a path for stores in directories, a URI for others. */
export function addressOf(store: Pick<Store, "uri">, key: string): string {
  const uri = `${store.uri}/${key}`;
  if (!uri.startsWith("file:")) return uri;
  const path = fileURLToPath(uri);
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith("..") || fromHere === "" ? path : fromHere;
}
