import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { contentDigest, fileDigest } from "../../config/content-digest.js";
import { modelPath } from "../../config/model-path.js";
import { recipeDigest } from "./shared-result.js";

/**
 * What an embedded model computes with, wherever it lies: its configuration, tokenizer and weights, and the graphs that run them.
 * A process reads each file once.
 */
export async function modelDigest(base: string): Promise<string> {
  const folder = modelPath(base);
  const graphs = (await readdir(join(folder, "onnx"))).sort();
  return recipeDigest({
    model: await contentDigest(folder),
    graphs: await Promise.all(graphs.map(async (name) => [name, await fileDigest(join(folder, "onnx", name))])),
  });
}
