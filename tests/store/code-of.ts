import { isStoreError } from "../../store/store-error.js";

/** The code of the StoreError that a promise rejects with; `"none"` where it resolves. Any other error passes on. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (isStoreError(error)) return error.code;
    throw error;
  }
}
