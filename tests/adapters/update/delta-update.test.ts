import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ElementType } from "../../../adapters/element-type.js";
import { localFolder, storeFolder } from "../../../adapters/folder.js";
import { narrowNumber, widenNumber } from "../../../adapters/kernel/reference.js";
import { plainConfig, readConfig, writeConfig } from "../../../adapters/peft/config.js";
import { deltaUpdateFolders, type DeltaFolders } from "../../../adapters/update/delta-update.js";
import { DirectoryStore } from "../../../store/directory-store.js";
import { deltaUpdate } from "../../../swarm/delta-space.js";
import { relativeError, type LowRankMatrix, type Truncation } from "../../../swarm/low-rank.js";
import { temporaryDirectory } from "../../support/temporary-directory.js";
import {
  goldenBytes,
  goldenCoefficients,
  numbersOf,
  openLocal,
  safetensorsBytes,
  writeAdapter,
  type TensorValues,
} from "../golden-files.js";

const RANK = 3;
const LETTERS = { position: "x", velocity: "v", personalBest: "p", globalBest: "g", globalWorst: "w" } as const;
type Role = keyof typeof LETTERS;
const ROLES = Object.keys(LETTERS) as Role[];
type Swarm = Required<Omit<DeltaFolders, "startTowards">>;

/** Folders `x v p g w` below `root` with the golden adapters of a type: B is 29 × 3 and A 3 × 37. */
async function swarm(root: string, type = "f32"): Promise<Swarm> {
  const entries = ROLES.map(async (role) => {
    const folder = localFolder(join(root, LETTERS[role]));
    await writeAdapter(folder, await goldenBytes(`${type}-${LETTERS[role]}`), RANK);
    return [role, folder] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Swarm;
}

const results = (root: string) => ({
  velocity: localFolder(join(root, "next-v")),
  position: localFolder(join(root, "next-x")),
});

async function numbers(path: string): Promise<Map<string, number[]>> {
  const { source } = await openLocal(join(path, "adapter_model.safetensors"));
  try {
    return await numbersOf(Buffer.from(await source.read(0, source.size)));
  } finally {
    await source.close();
  }
}

function moduleOf(tensors: ReadonlyMap<string, number[]>, module: string): LowRankMatrix {
  const [left, right] = ["B", "A"].map((letter) => Float64Array.from(tensors.get(`${module}.lora_${letter}.weight`)!));
  return { rows: 29, columns: 37, rank: RANK, left: left!, right: right! };
}

function stored(type: ElementType, value: number): number {
  const single = Math.fround(value);
  return type === "F32" ? single : widenNumber(type, narrowNumber(type, single));
}

describe("deltaUpdateFolders", () => {
  it.each(["f32", "f16", "bf16"] as const)("writes the pure function's results, rounded to %s", async (name) => {
    const type = name.toUpperCase() as ElementType;
    const root = await temporaryDirectory();
    const folders = await swarm(root, name);
    const coefficients = await goldenCoefficients();
    const written = await deltaUpdateFolders(folders, coefficients, results(root));

    const inputs = await Promise.all(
      ROLES.map(async (role) => [role, await numbers(join(root, LETTERS[role]))] as const),
    );
    const reader = await openLocal(join(root, "next-x", "adapter_model.safetensors"));
    await reader.source.close();
    const modules = [...new Set(reader.tensors.map((tensor) => tensor.name.replace(/\.lora_.*$/, "")))];
    expect(modules).toHaveLength(6);
    expect(written.modules.map(({ module }) => module)).toEqual(modules);
    expect(reader.tensors.every((tensor) => tensor.type === type)).toBe(true);

    const found = { velocity: await numbers(join(root, "next-v")), position: await numbers(join(root, "next-x")) };
    const all: Record<"velocity" | "position", Truncation[]> = { velocity: [], position: [] };
    for (const [index, module] of modules.entries()) {
      const particle = Object.fromEntries(inputs.map(([role, tensors]) => [role, moduleOf(tensors, module)]));
      const next = deltaUpdate({ ...(particle as Record<Role, LowRankMatrix>), startTowards: null }, coefficients);
      for (const role of ["velocity", "position"] as const) {
        const { left, right } = next[role].matrix;
        expect(found[role].get(`${module}.lora_B.weight`)).toEqual([...left].map((value) => stored(type, value)));
        expect(found[role].get(`${module}.lora_A.weight`)).toEqual([...right].map((value) => stored(type, value)));
        expect(written.modules[index]![role]).toBeCloseTo(relativeError([next[role]]), 12);
        expect(written.modules[index]![role]).toBeGreaterThan(0);
        all[role].push(next[role]);
      }
    }
    expect(written.truncation.velocity).toBeCloseTo(relativeError(all.velocity), 12);
    expect(written.truncation.position).toBeCloseTo(relativeError(all.position), 12);
  });

  it("writes whole adapter folders, with the position's tensors and configuration, and the same through a store", async () => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const local = await deltaUpdateFolders(folders, await goldenCoefficients(), results(root));
    for (const folder of ["next-v", "next-x"]) {
      expect((await readdir(join(root, folder))).sort()).toEqual(["adapter_config.json", "adapter_model.safetensors"]);
      expect(await readConfig(localFolder(join(root, folder)))).toEqual(await readConfig(folders.position));
      const written = await openLocal(join(root, folder, "adapter_model.safetensors"));
      const before = await openLocal(join(root, "x", "adapter_model.safetensors"));
      await Promise.all([written.source.close(), before.source.close()]);
      expect(written.tensors).toEqual(before.tensors);
      expect(written.metadata).toEqual(before.metadata);
    }
    const store = new DirectoryStore({ uri: `file://${root}`, path: root, sync: false });
    const inStore = (name: string) => storeFolder(store, name);
    const stored = await deltaUpdateFolders(
      Object.fromEntries(ROLES.map((role) => [role, inStore(LETTERS[role])])) as unknown as Swarm,
      await goldenCoefficients(),
      { velocity: inStore("stored-v"), position: inStore("stored-x") },
    );
    expect(stored.velocity.sha256).toBe(local.velocity.sha256);
    expect(stored.position.sha256).toBe(local.position.sha256);
    expect(stored.modules).toEqual(local.modules);
  });

  it("starts towards another adapter without a velocity of its own", async () => {
    const root = await temporaryDirectory();
    const { velocity: startTowards, ...folders } = await swarm(root);
    const coefficients = { velocity: 1, personalBest: 0, globalBest: 0, globalWorst: 0, stepLength: 1 };
    const { modules } = await deltaUpdateFolders({ ...folders, startTowards }, coefficients, results(root));
    // x' = x + (x_j - x) is x_j itself, of its rank.
    for (const { position } of modules) expect(position).toBeLessThan(1e-12);
    const [found, wanted] = await Promise.all([numbers(join(root, "next-x")), numbers(join(root, "v"))]);
    const { module } = modules[0]!;
    const [left, right] = [moduleOf(found, module), moduleOf(wanted, module)].map(firstRow);
    for (const [column, value] of left!.entries()) expect(value).toBeCloseTo(right![column]!, 8);
  });

  it("moves what each module adds as with one alpha for all, where modules have alphas of their own", async () => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const coefficients = await goldenCoefficients();
    // ΔW of a module is s B A in all five adapters, so s is in what becomes of them too.
    const plain = await deltaUpdateFolders(folders, coefficients, results(root));
    const alphas = { "layers.0.self_attn.q_proj": 32, "layers.10.*": 48 };
    for (const folder of Object.values(folders)) await writeConfig(folder, { ...CONFIG, alpha_pattern: alphas });
    const patterned = await deltaUpdateFolders(folders, coefficients, results(root));
    expect(patterned.position.sha256).toBe(plain.position.sha256);
    expect(patterned.velocity.sha256).toBe(plain.velocity.sha256);
    expect(patterned.modules).toEqual(plain.modules);
    expect((await readConfig(results(root).position)).alpha_pattern).toEqual(alphas);

    // Over all modules, errors are of ΔW: by Pythagoras of the modules' own, each with s² its weight.
    const wanted = { dropped: 0, all: 0 };
    for (const { module, position } of patterned.modules) {
      const alpha = module.includes(".10.") ? 48 : module.includes(".0.self_attn.q_proj") ? 32 : 16;
      const kept = energyOfProduct(moduleOf(await numbers(join(root, "next-x")), module)) * (alpha / RANK) ** 2;
      const energy = kept / (1 - position ** 2);
      wanted.dropped += energy * position ** 2;
      wanted.all += energy;
    }
    expect(patterned.truncation.position).toBeCloseTo(Math.sqrt(wanted.dropped / wanted.all), 5);
    expect(Math.abs(patterned.truncation.position - plain.truncation.position)).toBeGreaterThan(1e-4);
  });

  it("takes a pattern and a list of the same modules for the same", async () => {
    const root = await temporaryDirectory();
    const folders = await swarm(root);
    const listed = await deltaUpdateFolders(folders, await goldenCoefficients(), results(root));
    await writeConfig(folders.globalBest, { ...CONFIG, target_modules: ".*\\.(q|v)_proj" });
    const mixed = await deltaUpdateFolders(folders, await goldenCoefficients(), results(root));
    expect(mixed.position.sha256).toBe(listed.position.sha256);
  });

  const LOW_A = tensor("m.lora_A.weight", [RANK, 4]);
  const LOW_B = tensor("m.lora_B.weight", [5, RANK]);

  it.each<[string, string, readonly TensorValues[]]>([
    ["an adapter has another shape", "SHAPE_MISMATCH", [LOW_A, tensor("m.lora_B.weight", [6, RANK])]],
    ["an adapter lacks a tensor", "MISSING_TENSOR", [LOW_A]],
    ["an adapter has a number that is none", "NOT_FINITE", [LOW_A, tensor("m.lora_B.weight", [5, RANK], NaN)]],
  ])("leaves nothing where %s", async (_, code, tensors) => {
    const root = await temporaryDirectory();
    const folders = await alike(root, [LOW_A, LOW_B]);
    await writeAdapter(folders.globalBest, safetensorsBytes(tensors), RANK);
    await expectRefused(root, folders, code);
  });

  it.each<[string, string, readonly TensorValues[]]>([
    ["A and B do not fit each other", "SHAPE_MISMATCH", [LOW_A, tensor("m.lora_B.weight", [5, 2])]],
    ["a tensor has three dimensions", "SHAPE_MISMATCH", [LOW_A, tensor("m.lora_B.weight", [5, RANK, 1])]],
    ["A has no B", "MISSING_TENSOR", [LOW_A]],
    ["a tensor is no factor", "UNSUPPORTED_LORA", [LOW_A, LOW_B, tensor("m.bias", [5])]],
  ])("refuses a swarm in which %s", async (_, code, tensors) => {
    const root = await temporaryDirectory();
    await expectRefused(root, await alike(root, tensors), code);
  });

  it.each([
    { use_dora: true },
    { bias: "all" },
    { modules_to_save: ["head"] },
    { init_lora_weights: "pissa_niter_4" },
    { init_lora_weights: "corda" },
    { alora_invocation_tokens: [900, 901] },
    { kasa_config: { beta: 1e-4, gamma: 1e-3 } },
    { use_bdlora: { target_modules_bd_a: ["q_proj"], nblocks: 2 } },
    { target_parameters: ["mlp.experts.gate_up_proj"] },
    { target_modules: null, target_parameters: ["mlp.experts.gate_up_proj"] },
  ])("refuses adapters that are more than products: %o", async (extra) => {
    const root = await temporaryDirectory();
    const folders = await alike(root, [LOW_A, LOW_B]);
    for (const folder of Object.values(folders)) await writeConfig(folder, { ...CONFIG, ...extra });
    await expectRefused(root, folders, "UNSUPPORTED_LORA");
  });

  it("refuses adapters of different alpha, and coefficients that are no numbers", async () => {
    const root = await temporaryDirectory();
    const folders = await alike(root, [LOW_A, LOW_B]);
    const update = deltaUpdateFolders(folders, { ...(await goldenCoefficients()), velocity: NaN }, results(root));
    await expect(update).rejects.toMatchObject({ name: "AdapterError", code: "INVALID_COEFFICIENT" });
    await writeConfig(folders.globalWorst, { ...CONFIG, lora_alpha: 32 });
    await expectRefused(root, folders, "CONFIG_MISMATCH");
  });
});

const CONFIG = plainConfig({ rank: RANK, alpha: 16, targetModules: ["q_proj", "v_proj"] });

async function expectRefused(root: string, folders: DeltaFolders, code: string): Promise<void> {
  const before = await readdir(root);
  const update = deltaUpdateFolders(folders, await goldenCoefficients(), results(root));
  await expect(update).rejects.toMatchObject({ name: "AdapterError", code });
  expect(await readdir(root)).toEqual(before);
}

/** Five adapters of the same tensors. */
async function alike(root: string, tensors: readonly TensorValues[]): Promise<Swarm> {
  const entries = ROLES.map(async (role) => {
    const folder = localFolder(join(root, LETTERS[role]));
    await writeAdapter(folder, safetensorsBytes(tensors), RANK);
    return [role, folder] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Swarm;
}

function tensor(name: string, shape: readonly number[], first = 0.5): TensorValues {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Float32Array.from({ length: count }, (_, index) => (index === 0 ? first : Math.sin(index)));
  return { name, shape, values, type: "F32" };
}

function firstRow({ columns, rank, left, right }: LowRankMatrix): number[] {
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let index = 0; index < rank; index++) sum += left[index]! * right[index * columns + column]!;
    return sum;
  });
}

function energyOfProduct(matrix: LowRankMatrix): number {
  let energy = 0;
  for (let row = 0; row < matrix.rows; row++) {
    const left = matrix.left.slice(row * matrix.rank, (row + 1) * matrix.rank);
    for (const value of firstRow({ ...matrix, left })) energy += value ** 2;
  }
  return energy;
}
