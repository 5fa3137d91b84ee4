// A process that uses a home's server until it is killed; says the server's address and process id, as JSON lines.
import { openSharedServer } from "../../../workers/temporal-server/shared-server.js";

const [executable = "", home = ""] = process.argv.slice(2);
const server = await openSharedServer({ executable, home, namespace: "shared-test", log: () => undefined });
console.log(JSON.stringify({ address: server.address, pid: server.pid() }));
setInterval(() => undefined, 1000);
process.once("SIGTERM", () => {
  void server.stop().then(() => process.exit(0));
});
