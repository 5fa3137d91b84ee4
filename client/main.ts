/** The `swarm` command. */
import { runProgram } from "./program.js";

const exitCode = await runProgram(process.argv.slice(2));
// Temporal's native runtime, once installed, would keep a process alive that never came to use it.
const streams = [process.stdout, process.stderr];
await Promise.all(streams.map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))));
process.exit(exitCode);
