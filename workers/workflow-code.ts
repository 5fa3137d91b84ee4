import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { BundleOptions, WorkerOptions } from "@temporalio/worker";

const BUNDLE = fileURLToPath(new URL("../workflows-bundle.js", import.meta.url));

function source(name: string): string {
  const ending = import.meta.url.endsWith(".ts") ? ".ts" : ".js";
  return fileURLToPath(new URL(`../workflows/${name}${ending}`, import.meta.url));
}

/** What a bundle of the workflows is made from; bin/build.mjs names the same files. */
export function workflowSource(): Pick<BundleOptions, "workflowsPath"> & { workflowInterceptorModules: string[] } {
  return { workflowsPath: source("index"), workflowInterceptorModules: [source("interceptors")] };
}

/** A worker's options for the workflows: the bundle that the build made, or their source where it did not (tests). */
export function workflowCode(): Pick<WorkerOptions, "workflowBundle" | "workflowsPath" | "interceptors"> {
  // The interceptors are in the bundle.
  if (existsSync(BUNDLE)) return { workflowBundle: { codePath: BUNDLE } };
  const { workflowsPath, workflowInterceptorModules } = workflowSource();
  return { workflowsPath, interceptors: { workflowModules: workflowInterceptorModules } };
}
