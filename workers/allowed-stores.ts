/** Which stores a worker works in: whoever may start a workflow names any store, and would have the worker read and write there. */
import { ApplicationFailure } from "@temporalio/common";
import { parseStoreUri } from "../config/store-uri.js";

/** Gives the addresses of the stores that are allowed, with all below them, or `undefined` where every one is. */
export type AllowedStores = () => Promise<readonly string[] | undefined>;

export const anyStore: AllowedStores = () => Promise.resolve(undefined);

/** @param uris absolute */
export function onlyStores(uris: readonly string[]): AllowedStores {
  return () => Promise.resolve(uris);
}

/** @throws ApplicationFailure `StoreNotAllowed`, which no other try mends */
export async function expectAllowed(storeUri: string, stores: AllowedStores): Promise<void> {
  const allowed = await stores();
  if (allowed === undefined) return;
  const uri = absolute(storeUri);
  if (uri !== undefined && allowed.some((one) => asFolder(uri).startsWith(asFolder(one)))) return;
  throw ApplicationFailure.nonRetryable(
    `the store ${uri ?? "that the run names"} is none that this worker may use; name it in the worker's --stores or SWARM_STORES, or start the run by a command of the same SWARM_HOME`,
    "StoreNotAllowed",
  );
}

function asFolder(uri: string): string {
  return uri.endsWith("/") ? uri : `${uri}/`;
}

/** An address with `..` in it is the one that it leads to; one that is none is not shown: it may hold a secret. */
function absolute(storeUri: string): string | undefined {
  try {
    return parseStoreUri(storeUri, process.cwd()).uri;
  } catch {
    return undefined;
  }
}
