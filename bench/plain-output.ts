/** A file written in place, without a digest: what the torch ways do. */
import { open, rm } from "node:fs/promises";
import type { OutputFile } from "../adapters/output.js";

export async function plainOutput(path: string): Promise<OutputFile<string>> {
  const handle = await open(path, "w");
  let end = 0;
  return {
    async write(chunk) {
      const start = end;
      end += chunk.byteLength;
      for (let done = 0; done < chunk.byteLength;) {
        done += (await handle.write(chunk, done, chunk.byteLength - done, start + done)).bytesWritten;
      }
    },
    async finish() {
      await handle.close();
      return path;
    },
    async abort() {
      await handle.close();
      await rm(path);
    },
  };
}
