import { readEnvironment } from "../../config/environment.js";
import { checkWritable } from "../../store/check-writable.js";
import { openStore } from "../../store/open-store.js";
import { defaultStoreUri } from "../known-runs.js";
import { type Check, firstLine } from "./check.js";

export async function checkStore(uri = defaultStoreUri()): Promise<Check> {
  try {
    const store = await openStore(uri);
    await checkWritable(store);
    return { name: "store", ok: true, detail: `${store.uri} can be written` };
  } catch (error) {
    return { name: "store", ok: false, detail: firstLine(error) };
  }
}

/** The settings for s3:// stores; a run on a directory needs none of them. */
export function checkS3(): Check {
  const { s3Endpoint } = readEnvironment();
  const has = (name: string): boolean => (process.env[name] ?? "") !== "";
  const keys = has("AWS_ACCESS_KEY_ID") && has("AWS_SECRET_ACCESS_KEY");
  const half = has("AWS_ACCESS_KEY_ID") !== has("AWS_SECRET_ACCESS_KEY");
  const endpoint = s3Endpoint === undefined ? "Amazon S3" : s3Endpoint;
  if (half) {
    return {
      name: "S3",
      ok: false,
      detail: "half a key is set",
      advice: "set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    };
  }
  if (keys || has("AWS_PROFILE")) return { name: "S3", ok: true, detail: `credentials are set, server: ${endpoint}` };
  return {
    name: "S3",
    ok: true,
    detail: `no credentials in the environment (only s3:// stores need them), server: ${endpoint}`,
  };
}
