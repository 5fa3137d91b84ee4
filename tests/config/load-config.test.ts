import { cp, mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { isConfigError } from "../../config/config-error.js";
import { loadConfig, type LoadConfigOptions } from "../../config/load-config.js";
import { parseConfig } from "../../config/parse-config.js";
import { readYaml, writeYaml } from "../../config/yaml-text.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { MINIMAL } from "./minimal-config.js";

const root = await temporaryDirectory();
let count = 0;

/** A folder with a config and everything that it names. */
async function project(config: unknown = MINIMAL): Promise<string> {
  const folder = join(root, `project-${count++}`);
  await mkdir(join(folder, "base", "onnx"), { recursive: true });
  await mkdir(join(folder, "adapters", "one"), { recursive: true });
  await Promise.all([
    writeFile(join(folder, "run.yaml"), typeof config === "string" ? config : writeYaml(config)),
    writeFile(join(folder, "seed.jsonl"), '{"id":"1","question":"?"}\n'),
    writeFile(join(folder, "queries.jsonl"), '{"id":"1","question":"?"}\n'),
    writeFile(join(folder, "base", "config.json"), "{}"),
    writeFile(join(folder, "base", "model.safetensors"), "weights"),
    writeFile(join(folder, "adapters", "one", "adapter_config.json"), "{}"),
    writeFile(join(folder, "adapters", "one", "adapter_model.safetensors"), "lora"),
  ]);
  return folder;
}

async function digest(folder: string, options: LoadConfigOptions = {}): Promise<string> {
  return (await loadConfig(join(folder, "run.yaml"), options)).configDigest;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "none";
  } catch (error) {
    if (isConfigError(error)) return error.code;
    throw error;
  }
}

describe("loading a config", () => {
  it("makes paths absolute, from the config's folder, and names the run and the store", async () => {
    vi.stubEnv("SWARM_HOME", join(root, "home"));
    const folder = await project({ ...MINIMAL, generators: { base: "embedded:small" } });
    const loaded = await loadConfig(join(folder, "run.yaml"), { digestOf: async () => "x" });
    expect(loaded.runId).toBe("example");
    expect(loaded.storeUri).toBe(pathToFileURL(join(root, "home", "store")).href);
    expect(loaded.config).toMatchObject({
      id: "example",
      store: loaded.storeUri,
      seedData: { path: join(folder, "seed.jsonl") },
      generators: { base: "embedded:small" },
      takers: [{ base: join(folder, "base"), adapter: join(folder, "adapters/one") }, { base: join(folder, "base") }],
    });
  });

  it("prefers the id and store of the command to those of the file", async () => {
    const folder = await project({ ...MINIMAL, id: "in-file", store: "file:results" });
    const path = join(folder, "run.yaml");
    const own = await loadConfig(path);
    expect([own.runId, own.storeUri]).toEqual(["in-file", pathToFileURL(join(folder, "results")).href]);
    const given = await loadConfig(path, { id: "given", store: "s3://bucket/a/" });
    expect([given.runId, given.storeUri]).toEqual(["given", "s3://bucket/a"]);
    expect(await codeOf(loadConfig(path, { id: "../x" }))).toBe("INVALID_CONFIG");
    expect(await codeOf(loadConfig(path, { store: "gs://bucket" }))).toBe("INVALID_CONFIG");
  });

  it("gives a config that is read back from its YAML", async () => {
    const { config } = await loadConfig(join(await project(), "run.yaml"));
    expect(parseConfig(readYaml(writeYaml(config), "config.yaml"), "config.yaml")).toEqual(config);
  });

  it("applies --set before it checks", async () => {
    const folder = await project();
    const path = join(folder, "run.yaml");
    const set = [
      "swarm.maxIterations=8",
      "takers.1.name=renamed",
      "objective={difficult: 0.5, separate: 0.5}",
      'name="7"',
    ];
    const { config } = await loadConfig(path, { set });
    expect(config).toMatchObject({
      name: "7",
      swarm: { maxIterations: 8, patience: 5 },
      takers: [{ name: "one" }, { name: "renamed" }],
      objective: { difficult: 0.5, separate: 0.5 },
    });
    expect(await codeOf(loadConfig(path, { set: ["swarm.maxIteration=8"] }))).toBe("INVALID_CONFIG");
  });

  it.each([
    "x",
    "=1",
    ".a=1",
    "a.=1",
    "__proto__.x=1",
    "name.x=1",
    "takers.2.name=x",
    "takers.one=x",
    "seed=[",
    "seed={a: 1, a: 2}",
    "seed=*alias",
    "seed=1\n---\n2",
  ])("refuses --set %s", async (set) => {
    expect(await codeOf(loadConfig(join(await project(), "run.yaml"), { set: [set] }))).toBe("INVALID_OVERRIDE");
  });

  it("says UNREADABLE for a file that is not there and for a folder", async () => {
    expect(await codeOf(loadConfig(join(root, "none.yaml")))).toBe("UNREADABLE");
    expect(await codeOf(loadConfig(root))).toBe("UNREADABLE");
    await expect(loadConfig("none.yaml")).rejects.toThrow("absolute or relative to the working directory");
  });

  it.each(["a: [1", "a: 1\na: 2", "a: *b", "- a\nb: 1", "a: 1\n---\nb: 2", "a: 1\n\tb: 2"])(
    "says INVALID_YAML for %j",
    async (yaml) => {
      expect(await codeOf(loadConfig(join(await project(yaml), "run.yaml")))).toBe("INVALID_YAML");
    },
  );

  it("takes what a merge key names for fields that are not given", () => {
    const yaml = "- &one { name: a, base: b }\n- { <<: *one, name: c }";
    expect(readYaml(yaml, "test")).toEqual([
      { name: "a", base: "b" },
      { name: "c", base: "b" },
    ]);
  });

  it("says where a second document begins, without a library's advice", () => {
    expect(() => readYaml("a: 1\n---\nb: 2", "test")).toThrow(
      /^test: line 2, column 1: a second document begins here; a file holds one config$/,
    );
  });

  it("names the line of a config that is no UTF-8", async () => {
    const path = join(await temporaryDirectory(), "latin-1.yaml");
    await writeFile(path, Buffer.from("name: a\n# caf\xe9\n", "latin1"));
    await expect(loadConfig(path)).rejects.toMatchObject({
      code: "INVALID_YAML",
      message: `${path}: line 2: this is not UTF-8 text; save the file as UTF-8`,
    });
  });

  it("says once, with the limit, that a seed is too large", () => {
    expect(() => parseConfig({ ...MINIMAL, seed: 2 ** 53 }, "test")).toThrow(
      /^test: seed: got 9007199254740992; allowed: a whole number from 0 to 2\^53 - 1, beyond which digits are lost$/,
    );
  });

  it.each([
    ["a tag that nobody knows", "a: !secret b", "line 1, column 4: Unresolved tag"],
    ["a whole number that would lose digits", "a: {b: 9007199254740993}", "line 1, column 8: got 9007199254740993"],
    ["an alias within what it names", "a: &a [*a]", "circular"],
  ])("refuses %s", async (_what, yaml, problem) => {
    const loading = loadConfig(join(await project(yaml), "run.yaml"));
    await expect(loading).rejects.toMatchObject({ name: "ConfigError", code: "INVALID_YAML" });
    await expect(loading).rejects.toThrow(problem);
  });

  it("names every file that is missing", async () => {
    const folder = await project({
      ...MINIMAL,
      seedData: "no.jsonl",
      generators: { base: "no-base" },
      userQueries: "no.jsonl",
    });
    const error: unknown = await loadConfig(join(folder, "run.yaml")).catch((failure: unknown) => failure);
    if (!isConfigError(error, "INVALID_CONFIG")) throw error;
    expect(error.problems.map((problem) => problem.split(":")[0])).toEqual([
      "seedData",
      "userQueries",
      "generators.base",
    ]);
  });

  it("says that a folder without a model is none", async () => {
    const folder = await project({ ...MINIMAL, generators: { base: "adapters" } });
    expect(await codeOf(loadConfig(join(folder, "run.yaml")))).toBe("INVALID_CONFIG");
  });
});

describe("the digest of a config", () => {
  it("is that of its canonical JSON, as Python's hashlib gives it", async () => {
    // hashlib.sha256(json.dumps(config, sort_keys=True, separators=(",", ":")).encode()), all defaults written out by hand.
    const folder = await project();
    expect(await digest(folder, { digestOf: async (path) => path.slice(folder.length + 1) })).toBe(EXPECTED_DIGEST);
  });

  it("does not depend on where the files lie, what they are called, or when they were written", async () => {
    const folder = await project();
    const moved = join(root, "moved", "deep");
    await cp(folder, moved, { recursive: true });
    await cp(join(moved, "seed.jsonl"), join(moved, "renamed.jsonl"));
    await utimes(join(moved, "base", "config.json"), 0, 0);
    await writeFile(join(moved, "base", "notes.md"), "not part of the model");
    await writeFile(join(moved, "run.yaml"), writeYaml({ ...MINIMAL, seedData: join(moved, "renamed.jsonl") }));
    expect(await digest(moved)).toBe(await digest(folder));
  });

  it("does not depend on the id, the store, the order of keys, or defaults that are written out", async () => {
    const folder = await project();
    const expected = await digest(folder);
    expect(await digest(folder, { id: "another", store: "s3://bucket/x" })).toBe(expected);
    expect(await digest(await project({ ...MINIMAL, id: "b", store: "file:b" }))).toBe(expected);
    expect(await digest(await project(Object.fromEntries(Object.entries(MINIMAL).reverse())))).toBe(expected);
    const written = {
      ...MINIMAL,
      swarm: { patience: 5, space: "factors", bestUpdate: "paper" },
      objective: { difficult: 1 },
    };
    expect(await digest(await project(written))).toBe(expected);
  });

  it.each([
    "seed.jsonl",
    "base/model.safetensors",
    "adapters/one/adapter_model.safetensors",
    "adapters/one/adapter_config.json",
  ])("depends on the content of %s", async (file) => {
    const folder = await project();
    const before = await digest(folder);
    await writeFile(join(folder, file), "other");
    expect(await digest(folder)).not.toBe(before);
  });

  it.each([
    "seed=2",
    "swarm.inertia=0.3",
    "swarm.space=delta",
    "swarm.bestUpdate=tested",
    "takers.0.name=x",
    "objective=separate",
    "seedData={path: seed.jsonl, split: dev}",
    "userQueries=queries.jsonl",
  ])("depends on %s", async (set) => {
    const folder = await project();
    expect(await digest(folder, { set: [set] })).not.toBe(await digest(folder));
  });

  it("does not depend on how fast an endpoint is asked, with which key, and what that costs", async () => {
    const [asked, fast] = await Promise.all([
      digest(await project({ ...MINIMAL, takers: [REMOTE] })),
      digest(await project({ ...MINIMAL, takers: [{ ...REMOTE, ...PACE }] })),
    ]);
    expect(fast).toBe(asked);
  });

  it("depends on the price where a budget in US dollars ends the search", async () => {
    const budget = { usd: 1 };
    const [dear, cheap] = await Promise.all([
      digest(await project({ ...MINIMAL, budget, takers: [{ ...REMOTE, price: { ...PRICE, inputPerMillion: 9 } }] })),
      digest(await project({ ...MINIMAL, budget, takers: [{ ...REMOTE, price: PRICE }] })),
    ]);
    expect(dear).not.toBe(cheap);
  });

  it.each(["endpoint=http://localhost:1/v1", "model=large", "instructions=Think.", "seed=1", "requestFields.top_k=1"])(
    "depends on how an endpoint is asked: %s",
    async (set) => {
      const folder = await project({ ...MINIMAL, takers: [REMOTE] });
      expect(await digest(folder, { set: [`takers.0.${set}`] })).not.toBe(await digest(folder));
    },
  );

  it("reads each file once, however often it is named", async () => {
    const folder = await project();
    const read: string[] = [];
    await digest(folder, { digestOf: async (path) => String(read.push(path)) });
    expect(read.sort()).toEqual(["adapters/one", "base", "seed.jsonl"].map((name) => join(folder, name)).sort());
  });
});

const REMOTE = { name: "remote", endpoint: "http://localhost:8000/v1", model: "small", requestFields: { top_k: 2 } };
const PRICE = { inputPerMillion: 1, outputPerMillion: 2 };
const PACE = { concurrency: 32, timeoutSeconds: 30, apiKeyVariable: "ANOTHER_API_KEY", price: PRICE };
const EXPECTED_DIGEST = "7b42644fbef28220b9b3a9bc6a9ed09124da8302ab9358cbdb596e5e0216f3d2";
