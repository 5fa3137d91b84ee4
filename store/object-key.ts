/** Which keys and listing prefixes stores take. */
import { StoreError } from "./store-error.js";

const SEGMENT = /^[A-Za-z0-9._-]{1,255}$/;
/** S3's limit, less room for a store's own prefix. */
const LONGEST_KEY = 900;

/** Whether `key` is made of segments `[A-Za-z0-9._-]+` joined by `/`, none of them `.` or `..`. */
export function isObjectKey(key: string): boolean {
  if (key.length > LONGEST_KEY) return false;
  return key.split("/").every((segment) => SEGMENT.test(segment) && segment !== "." && segment !== "..");
}

/** @throws StoreError `INVALID_KEY` */
export function checkObjectKey(uri: string, key: string): void {
  if (isObjectKey(key)) return;
  const problem = `${JSON.stringify(key)} is no key; a key is made of segments [A-Za-z0-9._-]+ joined by "/", without "." and ".."`;
  throw new StoreError({ code: "INVALID_KEY", uri, problem });
}

/** A listing prefix is empty or the beginning of a key. @throws StoreError `INVALID_KEY` */
export function checkListPrefix(uri: string, prefix: string): void {
  const end = prefix.lastIndexOf("/");
  // Whatever the last segment begins with, even with "..", it only selects names within its folder.
  if ((end === -1 || isObjectKey(prefix.slice(0, end))) && /^[A-Za-z0-9._-]*$/.test(prefix.slice(end + 1))) return;
  throw new StoreError({
    code: "INVALID_KEY",
    uri,
    problem: `${JSON.stringify(prefix)} is not the beginning of a key`,
  });
}
