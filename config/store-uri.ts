/** Addresses of stores, as they stand in `store:` and `--store`. */
import { isAbsolute, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export type StoreAddress =
  | { readonly kind: "directory"; readonly uri: string; readonly path: string }
  | { readonly kind: "s3"; readonly uri: string; readonly bucket: string; readonly prefix: string };

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;

/**
 * Reads `file:///dir`, `file:dir`, a plain path or `s3://bucket/prefix`. The result's `uri` is absolute, so it means the
 * same in every process.
 *
 * @param from the directory that relative paths start at
 * @throws TypeError with one line that says what is wrong; the line never repeats an address that may hold a secret
 */
export function parseStoreUri(uri: string, from: string): StoreAddress {
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase();
  if (scheme === "s3") return parseS3(uri);
  if (scheme !== undefined && scheme !== "file") {
    throw new TypeError(`a store's address begins with file: or s3://, not with ${scheme}:`);
  }
  const path = scheme === "file" ? filePath(uri, from) : resolve(from, uri);
  if (uri.trim() === "" || path.includes("\0")) throw new TypeError("a store's address must not be empty");
  return { kind: "directory", uri: pathToFileURL(path).href, path };
}

/** Addresses separated by commas, absolute. @throws TypeError as `parseStoreUri` does, and where there is none */
export function storeList(text: string): readonly string[] {
  const given = text.split(",").map((one) => one.trim());
  return given.map((one) => parseStoreUri(one, process.cwd()).uri);
}

function filePath(uri: string, from: string): string {
  if (uri.startsWith("file://")) {
    try {
      return fileURLToPath(uri);
    } catch {
      throw new TypeError(`${uri} is no file address; write file:///absolute/directory`);
    }
  }
  const rest = uri.slice("file:".length);
  if (rest === "") throw new TypeError("file: names no directory; write file:///absolute/directory");
  return isAbsolute(rest) ? fileURLToPath(`file://${rest}`) : resolve(from, rest);
}

function parseS3(uri: string): StoreAddress {
  const match = /^s3:\/\/([^/]*)(?:\/(.*))?$/i.exec(uri);
  const bucket = match?.[1] ?? "";
  if (bucket.includes("@")) {
    throw new TypeError(
      "an s3:// address holds no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY instead",
    );
  }
  if (!BUCKET.test(bucket)) {
    throw new TypeError(
      "an s3:// address is s3://bucket/prefix, the bucket in lower-case letters, digits, dots and hyphens",
    );
  }
  const prefix = (match?.[2] ?? "").replace(/\/+$/, "");
  if (prefix !== "" && (!PREFIX.test(prefix) || prefix.split("/").some((part) => part === "." || part === ".."))) {
    throw new TypeError("the prefix of an s3:// address is made of segments [A-Za-z0-9._-]+ joined by /");
  }
  return { kind: "s3", uri: prefix === "" ? `s3://${bucket}` : `s3://${bucket}/${prefix}`, bucket, prefix };
}
