import { modelPath } from "../../config/model-path.js";
import { openBundle } from "../../models/onnx/bundle.js";
import { type Check, firstLine } from "./check.js";

const EMBEDDED = "embedded:small";

export async function checkOnnxRuntime(): Promise<Check> {
  try {
    const { InferenceSession } = await import("onnxruntime-node");
    return { name: "runtime", ok: typeof InferenceSession.create === "function", detail: "onnxruntime-node loads" };
  } catch (error) {
    return {
      name: "runtime",
      ok: false,
      detail: `onnxruntime-node does not load: ${firstLine(error)}`,
      advice: "run `npm ci` again on this machine; it needs glibc 2.27 or later on Linux",
    };
  }
}

export async function checkBundle(): Promise<Check> {
  const { manifest } = await openBundle(modelPath(EMBEDDED));
  const { layers, hidden, lora } = manifest;
  return {
    name: "model",
    ok: true,
    detail: `${EMBEDDED} opens: ${layers} layers of ${hidden}, adapters of rank ${lora.rank} with ${lora.parameters} numbers`,
  };
}
