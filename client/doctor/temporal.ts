import { readEnvironment } from "../../config/environment.js";
import { findPresentExecutable } from "../../workers/temporal-server/find-executable.js";
import { checkCluster } from "../../workers/temporal-server/namespace.js";
import { clusterFromEnvironment } from "../../workers/temporal-server/open-temporal.js";
import { findOnPath } from "../../workers/temporal-server/find-on-path.js";
import { type Check, firstLine } from "./check.js";

export async function checkTemporal(): Promise<Check> {
  const name = "Temporal";
  const cluster = clusterFromEnvironment();
  try {
    if (cluster !== undefined) {
      await checkCluster(cluster);
      return {
        name,
        ok: true,
        detail: `the cluster at ${cluster.connection.address} answers, namespace ${cluster.namespace}`,
      };
    }
    const executable = await findPresentExecutable({ home: readEnvironment().home });
    if (executable !== undefined) return { name, ok: true, detail: `embedded server: ${executable}` };
  } catch (error) {
    return { name, ok: false, detail: firstLine(error) };
  }
  const go = await findOnPath("go", process.env["PATH"]);
  return {
    name,
    ok: true,
    detail: "no temporal executable here yet",
    advice: `the first run downloads one${go === undefined ? "" : ", or builds it with Go (about 4 minutes, once)"}; or put \`temporal\` on the PATH, or set TEMPORAL_ADDRESS`,
  };
}
