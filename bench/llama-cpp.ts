/**
 * llama.cpp as another side of the sampling: installed by hand, left out where it is not.
 *
 *     npm install --no-save --prefix build/llama.cpp @node-llama-cpp/linux-x64@3.22.1
 *     $PYTHON -m pip install gguf==0.19.0
 *
 * The former is llama.cpp v0.5.0 in binaries for every kind of x64 processor. `LLAMA_CPP` may name another folder that has
 * that version's libraries.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PYTHON, PythonProcess } from "./python-process.js";

const INSTALLED = "../build/llama.cpp/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64";

export interface LlamaCppRequest {
  readonly weights: "f32" | "q8_0";
  readonly prompts: readonly string[];
  readonly temperature: number;
  readonly topP: number;
  readonly maxNewTokens: number;
}

/** Starts it, or says what is missing and returns `undefined`. */
export function startLlamaCpp(): PythonProcess | undefined {
  const folder = process.env["LLAMA_CPP"] ?? fileURLToPath(new URL(INSTALLED, import.meta.url));
  const missing = [
    ...(existsSync(folder) ? [] : [`no folder ${folder}`]),
    ...(spawnSync(PYTHON, ["-c", "import gguf"]).status === 0 ? [] : [`${PYTHON} has no gguf`]),
  ];
  if (missing.length === 0) return new PythonProcess("bench_llama_cpp.py", { LLAMA_CPP: folder });
  console.log(`llama.cpp is left out: ${missing.join(", ")}; bench/llama-cpp.ts says how to install it`);
  return undefined;
}
