/** How runs and schedules may be called. */
import { StoreError } from "./store-error.js";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export function isRunId(id: string): boolean {
  return NAME.test(id);
}

/** @throws StoreError `INVALID_KEY` */
export function checkName(what: string, name: string): void {
  if (isRunId(name)) return;
  const problem = `${JSON.stringify(name)} is no ${what}; it begins with a letter or digit and has up to 100 letters, digits, ".", "_", "-"`;
  throw new StoreError({ code: "INVALID_KEY", uri: "keys", problem });
}
