/** The swarm update in the space of weight changes ΔW = BA, from adapter folder to adapter folder. */
import type { ArtifactRef } from "../../store/store.js";
import { deltaUpdate } from "../../swarm/delta-space.js";
import { relativeError, type LowRankMatrix, type Truncation } from "../../swarm/low-rank.js";
import type { UpdateCoefficients } from "../../swarm/velocity.js";
import { AdapterError } from "../error.js";
import { CONFIG_FILE, WEIGHTS_FILE, type AdapterFolder } from "../folder.js";
import type { OutputFile } from "../output.js";
import { assertProduct } from "../peft/compatibility.js";
import { writeConfig } from "../peft/config.js";
import { scaling } from "../peft/scaling.js";
import { encodeHeader, type TensorEntry } from "../safetensors/header.js";
import type { SafetensorsReader } from "../safetensors/reader.js";
import { createTensorCodec, firstUnstorable, type TensorCodec } from "../tensor-codec.js";
import { loraModules, type LoraModule } from "./lora-modules.js";
import { withInputs, type UpdateFolders } from "./open-inputs.js";
import { assertCoefficients, assertSameTensors, distinctReaders } from "./plan.js";
import { writeResults } from "./write-results.js";

export interface DeltaFolders extends UpdateFolders {
  /** In place of `velocity`: v is this adapter less x. */
  readonly startTowards?: AdapterFolder;
}

/** Relative Frobenius errors of bringing v' and x' back to their rank, before they are rounded for storage. */
export interface TruncationErrors {
  readonly velocity: number;
  readonly position: number;
}

export interface DeltaResult {
  readonly velocity: ArtifactRef;
  readonly position: ArtifactRef;
  /** Over all modules: √(dropped / total energy). */
  readonly truncation: TruncationErrors;
  /** In the order of x's tensors. */
  readonly modules: readonly (TruncationErrors & { readonly module: string })[];
}

/**
 * As `updateFolders`, but moves each module's ΔW and not A and B apart: its BA, for the module's scale is a factor of all five adapters
 * and so of what they become. Reads, moves and writes one module after another, so that
 * one is in memory at a time. Arithmetic is in f64; results are rounded to f32 and then to the storage type that the tensor has in x.
 * Tensors are written in the order of the modules in x, A before B.
 *
 * Rejects as `updateFolders` does, and with `UNSUPPORTED_LORA` where BA is not all that an adapter adds.
 */
export async function deltaUpdateFolders(
  folders: DeltaFolders,
  coefficients: UpdateCoefficients,
  into: { readonly velocity: AdapterFolder; readonly position: AdapterFolder },
  options: { readonly signal?: AbortSignal } = {},
): Promise<DeltaResult> {
  return withInputs(folders, async ({ inputs, config, open }) => {
    const { position } = inputs;
    assertCoefficients(coefficients, position.file);
    assertProduct(folders.position, config);
    const startTowards = folders.startTowards === undefined ? undefined : await open(folders.startTowards);
    const readers = [...new Set([...distinctReaders(inputs), ...(startTowards === undefined ? [] : [startTowards])])];
    for (const reader of readers) assertSameTensors(position, reader);
    const configFile = `${folders.position.address}/${CONFIG_FILE}`;
    const modules = loraModules(position).map((module) => ({ ...module, scale: scaling(config, module, configFile) }));
    const codec = createTensorCodec();
    const moved: ModuleEnergies[] = [];

    const written = await writeResults(
      {
        velocity: () => into.velocity.create(WEIGHTS_FILE),
        position: () => into.position.create(WEIGHTS_FILE),
      },
      async (velocityFile, positionFile) => {
        const tensors = modules.flatMap(({ a, b }) => [a, b]);
        const header = encodeHeader(tensors, position.metadata);
        await Promise.all([velocityFile.write(header), positionFile.write(header)]);
        for (const module of modules) {
          options.signal?.throwIfAborted();
          const all = await Promise.all(readers.map((reader) => readModule(codec, reader, module)));
          const of = (reader: SafetensorsReader | undefined): LowRankMatrix | null =>
            reader === undefined ? null : all[readers.indexOf(reader)]!;
          const next = deltaUpdate(
            {
              position: of(position)!,
              velocity: of(inputs.velocity),
              startTowards: of(startTowards),
              personalBest: of(inputs.personalBest),
              globalBest: of(inputs.globalBest),
              globalWorst: of(inputs.globalWorst),
            },
            coefficients,
          );
          const target = { codec, module, file: position.file };
          await writeModule(velocityFile, next.velocity.matrix, target);
          await writeModule(positionFile, next.position.matrix, target);
          moved.push({
            module: module.name,
            velocity: energyOf(next.velocity, module.scale),
            position: energyOf(next.position, module.scale),
          });
        }
      },
    );
    await writeConfig(into.velocity, config);
    await writeConfig(into.position, config);
    return {
      ...written,
      truncation: {
        velocity: relativeError(moved.map(({ velocity }) => velocity)),
        position: relativeError(moved.map(({ position }) => position)),
      },
      modules: moved.map(({ module, velocity, position }) => ({
        module,
        velocity: relativeError([velocity]),
        position: relativeError([position]),
      })),
    };
  });
}

type Energy = Pick<Truncation, "energy" | "droppedEnergy">;

interface ModuleEnergies {
  readonly module: string;
  readonly velocity: Energy;
  readonly position: Energy;
}

/** Of ΔW, which is BA times the scale: that counts where modules have different ranks or alphas. */
function energyOf({ energy, droppedEnergy }: Energy, scale: number): Energy {
  return { energy: energy * scale ** 2, droppedEnergy: droppedEnergy * scale ** 2 };
}

async function readModule(codec: TensorCodec, reader: SafetensorsReader, module: LoraModule): Promise<LowRankMatrix> {
  const read = async ({ name, count }: TensorEntry): Promise<Float32Array> => {
    const values = new Float32Array(count);
    await codec.read(reader, reader.byName.get(name)!, values);
    return values;
  };
  const [right, left] = await Promise.all([read(module.a), read(module.b)]);
  return { rows: module.rows, columns: module.columns, rank: module.rank, left, right };
}

async function writeModule(
  output: OutputFile,
  { left, right }: LowRankMatrix,
  target: { readonly codec: TensorCodec; readonly module: LoraModule; readonly file: string },
): Promise<void> {
  const { codec, module, file } = target;
  for (const [tensor, numbers] of [
    [module.a, right],
    [module.b, left],
  ] as const) {
    const values = Float32Array.from(numbers);
    if (firstUnstorable(values, tensor.type) !== -1) {
      const problem = `its update is NaN, infinite or too large for ${tensor.type}`;
      throw new AdapterError({ code: "NOT_FINITE", file, tensor: tensor.name, problem });
    }
    await output.write(codec.encode(values, tensor.type));
  }
}
