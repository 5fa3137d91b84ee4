import { describe, expect, it } from "vitest";
import { loadConfig } from "../../config/load-config.js";
import { ConfigError } from "../../config/config-error.js";
import { parseConfig } from "../../config/parse-config.js";
import { isVariableName, mayHoldEndpointKey } from "../../config/variable-name.js";
import { readApiKey } from "../../models/openai/api-key.js";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeYaml } from "../../config/yaml-text.js";
import { temporaryDirectory } from "../support/temporary-directory.js";
import { MINIMAL } from "./minimal-config.js";

const NAMES = [
  "OPENAI_API_KEY",
  "VLLM_KEY",
  "K",
  "_KEY2",
  "AZURE_OPENAI_GPT4O_EASTUS2_API_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "SK_TEAM_KEY",
  "HUGGINGFACEHUB_API_TOKEN",
];

/** None is real. AKIA... is the example of Amazon's documentation. */
const KEYS = [
  "sk-proj-abcdefghijklmnop",
  "SK_LIVE_51H8ABCDEFGH",
  "AKIAIOSFODNN7EXAMPLE",
  "AKIAIOSFODNNAEXAMPLE",
  "D41D8CD98F00B204E9800998ECF8427E",
  "A1B2C3D4E5F6G7H8",
  "TEAM_A1B2C3D4E5F6G7H8",
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  `A${"_LONG".repeat(8)}`,
  "key",
  "1KEY",
  "MY KEY",
  "MY_KEY\n",
  "",
];

function withKey(apiKeyVariable: unknown): unknown {
  return { ...MINIMAL, takers: [{ name: "far", endpoint: "http://localhost:8000/v1", model: "m", apiKeyVariable }] };
}

describe("apiKeyVariable", () => {
  it.each(NAMES)("may be %s", (name) => {
    expect(isVariableName(name)).toBe(true);
    expect(parseConfig(withKey(name), "run.yaml").takers[0]).toHaveProperty("apiKeyVariable", name);
  });

  it.each(KEYS)("is refused in one line that does not hold it: %j", (key) => {
    let error: unknown;
    try {
      parseConfig(withKey(key), "run.yaml");
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ code: "INVALID_CONFIG" });
    const { problems, message } = error as ConfigError;
    expect(problems).toHaveLength(1);
    expect(problems[0]?.startsWith("takers.0.apiKeyVariable: ")).toBe(true);
    expect(message.split("\n")).toHaveLength(1);
    // The line says "the key": what is looked for is the value as it was typed, in quotes or not.
    if (key.length > 6) expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(key.trim());
  });

  it("is not repeated where it was given on the command line, or where the whole section stands in a wrong place", async () => {
    const folder = await temporaryDirectory();
    const path = join(folder, "run.yaml");
    await writeFile(path, writeYaml(withKey("OPENAI_API_KEY")));
    const secret = "AKIAIOSFODNN7EXAMPLE";
    const failures = await Promise.all(
      [
        [`takers.0.apiKeyVariable=${secret}`],
        [`takers={name: far, apiKeyVariable: ${secret}}`],
        [`seed=[${secret}]`],
      ].map((set) =>
        loadConfig(path, { set }).then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(ConfigError);
      expect((failure as ConfigError).message).not.toContain(secret);
    }
  });
});

describe("a variable whose value is sent to an endpoint", () => {
  it.each(["OPENAI_API_KEY", "VLLM_KEY", "KEY", "HF_TOKEN"])("may be %s", (name) => {
    expect(mayHoldEndpointKey(name)).toBe(true);
    expect(readApiKey(name, { [name]: "secret" })).toBe("secret");
  });

  it.each(["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "TEMPORAL_API_KEY", "GITHUB_TOKEN", "HOME", "DATABASE_URL"])(
    "is not %s, whatever it holds",
    (name) => {
      expect(() => readApiKey(name, { [name]: "secret" })).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
    },
  );
});
