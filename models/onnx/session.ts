import { readFile } from "node:fs/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { BundleError } from "./bundle-error.js";
import { type Bundle, type GraphName, graphPath } from "./bundle.js";

/** Tensors by the name of a graph's input or output. */
export type Tensors = Record<string, Tensor>;

/**
 * Opens one of a bundle's graphs for use by one thread.
 *
 * The graph is read here and given as bytes, because its weights lie in `model.safetensors`, outside its own folder, where
 * ONNX Runtime looks only when it is told the folder apart.
 */
export async function openSession(bundle: Bundle, graph: GraphName): Promise<InferenceSession> {
  const path = graphPath(bundle, graph);
  try {
    return await InferenceSession.create(await readFile(path), {
      executionProviders: ["cpu"],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
      extra: { session: { model_external_initializers_file_folder_path: bundle.directory } },
    });
  } catch (cause) {
    throw new BundleError({
      code: "invalid-file",
      message: `${path} can not be opened by ONNX Runtime: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    });
  }
}

/** A tensor of whole numbers, which graphs take as 64-bit integers. */
export function integerTensor(values: ArrayLike<number>, shape: readonly number[]): Tensor {
  return new Tensor(
    "int64",
    BigInt64Array.from({ length: values.length }, (_, index) => BigInt(values[index]!)),
    shape,
  );
}

/** A tensor over `data` itself, not a copy. */
export function floatTensor(data: Float32Array, shape: readonly number[]): Tensor {
  return new Tensor("float32", data, shape);
}

/** An output's numbers. */
export function floats(tensors: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  return tensors[name]!.data as Float32Array;
}
