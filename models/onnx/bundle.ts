import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileDigest } from "../../config/content-digest.js";
import { GIT_LFS_POINTER_PROBLEM, isGitLfsPointer, isGitLfsPointerFile } from "../../config/git-lfs-pointer.js";
import { BundleError } from "./bundle-error.js";
import { type Manifest, manifestSchema } from "./manifest.js";

/** One LoRA tensor's place in the flat adapter vector. */
export type AdapterTensor = Manifest["lora"]["tensors"][number];

/** An opened model bundle: a Hugging Face folder whose `onnx/manifest.json` is checked against the files beside it. */
export interface Bundle {
  readonly directory: string;
  readonly manifest: Manifest;
  /** The LoRA tensors in the order of the flat adapter vector. */
  readonly adapterLayout: readonly AdapterTensor[];
}

/** Names of the graphs that a bundle holds. */
export type GraphName = keyof Manifest["graphs"];

/** @throws {BundleError} where a file is missing or the files do not belong together */
export async function openBundle(directory: string): Promise<Bundle> {
  const path = join(directory, "onnx", "manifest.json");
  const text = await readBundleFile(path);
  const parsed = manifestSchema.safeParse(parseJson(text, path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join(".") ?? "";
    throw new BundleError({
      code: "invalid-file",
      message: `${path}: ${place}: ${issue?.message}; write the bundle again with python/export_onnx.py`,
    });
  }
  const manifest = parsed.data;
  checkLayout(manifest, path);
  for (const file of ["tokenizer.json", ...Object.values(manifest.graphs).map((name) => join("onnx", name))]) {
    await requireFile(join(directory, file));
  }
  const weights = join(directory, "model.safetensors");
  await requireFile(weights);
  if ((await fileDigest(weights)) !== manifest.baseSha256) {
    throw new BundleError({
      code: "mismatch",
      message: `${weights} is not the file that its graphs were exported from; write them again with python/export_onnx.py`,
    });
  }
  return { directory, manifest, adapterLayout: manifest.lora.tensors };
}

/** Where a graph's file is. */
export function graphPath(bundle: Bundle, graph: GraphName): string {
  return join(bundle.directory, "onnx", bundle.manifest.graphs[graph]);
}

/** A bundle's text file, or a {@link BundleError}. */
export async function readBundleFile(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw missing(path, cause);
  }
  if (isGitLfsPointer(text)) throw notDownloaded(path);
  return text;
}

/** @throws {BundleError} where the text is not JSON */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BundleError({ code: "invalid-file", message: `${path} is not JSON`, cause });
  }
}

async function requireFile(path: string): Promise<void> {
  let isPointer: boolean;
  try {
    isPointer = await isGitLfsPointerFile(path);
  } catch (cause) {
    throw missing(path, cause);
  }
  if (isPointer) throw notDownloaded(path);
}

function notDownloaded(path: string): BundleError {
  return new BundleError({ code: "not-downloaded", message: `${path} ${GIT_LFS_POINTER_PROBLEM}` });
}

function missing(path: string, cause: unknown): BundleError {
  return new BundleError({
    code: "missing-file",
    message: `${path} can not be read; a model bundle is what python/export_onnx.py writes`,
    cause,
  });
}

/** Tensors must lie in ascending order of name without gaps: the flat vector is a safetensors file's data part. */
function checkLayout({ lora }: Manifest, path: string): void {
  let next = 0;
  let previous = "";
  for (const { name, shape, offset } of lora.tensors) {
    if (offset !== next || name <= previous) {
      throw new BundleError({
        code: "invalid-file",
        message: `${path}: lora.tensors: ${name} is out of order or place`,
      });
    }
    next += shape[0] * shape[1];
    previous = name;
  }
  if (next !== lora.parameters) {
    throw new BundleError({
      code: "invalid-file",
      message: `${path}: lora.parameters is ${lora.parameters}, but the tensors have ${next}`,
    });
  }
}
