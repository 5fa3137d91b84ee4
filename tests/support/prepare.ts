// Run by `npm test` before vitest: fetches or builds the servers that tests use, so that no test waits for a build.
import { executableOrReason } from "./temporal.js";
import { findVersitygw } from "./versitygw.js";

const reasons: string[] = [];
if (!process.env["TEMPORAL_ADDRESS"]) {
  const temporal = await executableOrReason();
  if (temporal.reason !== undefined) reasons.push(temporal.reason);
}
console.error("looking for versitygw (built with Go, once, where there is none) …");
const s3 = await findVersitygw();
if ("missing" in s3) reasons.push(s3.missing);

for (const reason of reasons) console.error(`Tests that need it cannot run: ${reason}`);
// Elsewhere such tests are skipped with the reason; where everything is to be checked, that is a failure.
if (reasons.length > 0 && process.env["CI"]) process.exitCode = 1;
