/** Opens stores by their address. */
import { stat } from "node:fs/promises";
import { parseStoreUri, type StoreAddress } from "../config/store-uri.js";
import { DirectoryStore } from "./directory-store.js";
import { fromFileError } from "./file-error.js";
import { StoreError } from "./store-error.js";
import type { Store } from "./store.js";

export interface OpenStoreOptions {
  /** What relative paths start at. @default the working directory */
  readonly from?: string;
  /** Whether puts into a directory wait until the bytes survive a loss of power. @default true */
  readonly sync?: boolean;
}

/**
 * @param uri `file:///dir`, a path, or `s3://bucket/prefix` (the usual AWS variables; `AWS_ENDPOINT_URL_S3` names a compatible server)
 * @throws StoreError `INVALID_URI`; a bucket is not asked for before it is used: see `checkWritable`
 * @example const store = await openStore("s3://evaluations/swarms");
 */
export async function openStore(
  uri: string,
  { from = process.cwd(), sync = true }: OpenStoreOptions = {},
): Promise<Store> {
  const address = addressOf(uri, from);
  if (address.kind === "directory") {
    await expectDirectory(address.uri, address.path);
    return new DirectoryStore({ uri: address.uri, path: address.path, sync });
  }
  // Loaded only where it is needed: the S3 client takes longer to load than all of the rest.
  const [{ S3Store }, { sharedS3Client }] = await Promise.all([import("./s3-store.js"), import("./s3-client.js")]);
  return new S3Store({ ...address, client: sharedS3Client() });
}

function addressOf(uri: string, from: string): StoreAddress {
  try {
    return parseStoreUri(uri, from);
  } catch (error) {
    // The address as given may hold a secret, so it is not repeated.
    throw new StoreError({ code: "INVALID_URI", uri: "address", problem: (error as TypeError).message });
  }
}

async function expectDirectory(uri: string, path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    const translated = fromFileError(uri, "", error);
    if (translated.code === "NOT_FOUND") return;
    if (translated.code !== "INVALID_KEY") throw translated;
  }
  throw new StoreError({ code: "INVALID_URI", uri, problem: "this is a file and not a directory; name a directory" });
}
