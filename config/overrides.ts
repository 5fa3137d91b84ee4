/** `--set a.b=value`. */
import { ConfigError } from "./config-error.js";
import { isRecord } from "./fields.js";
import { readYaml } from "./yaml-text.js";

/**
 * A copy of what a config file holds with some values replaced; list items are named by number, from 0. Values are YAML:
 * `0.5`, `true`, `"text"`, `{difficult: 1}`. Whether a key exists is for the schema to say.
 *
 * @param settings such as `swarm.maxIterations=8`
 * @throws ConfigError `INVALID_OVERRIDE`
 */
export function applyOverrides(input: unknown, settings: readonly string[]): unknown {
  return settings.reduce((value, setting) => {
    const equals = setting.indexOf("=");
    const keys = setting.slice(0, Math.max(equals, 0)).split(".");
    if (keys.some((key) => key === "" || key === "__proto__")) throw invalid(setting, "write it as --set a.b=value");
    return replaced(value, keys, scalar(setting, setting.slice(equals + 1)), setting);
  }, input);
}

function replaced(value: unknown, keys: readonly string[], to: unknown, setting: string): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return to;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    if (!/^\d+$/.test(key) || Number(key) >= items.length) {
      throw invalid(setting, `${key} is no item of a list of ${items.length}; items count from 0`);
    }
    return items.map((item, index) => (index === Number(key) ? replaced(item, rest, to, setting) : item));
  }
  if (value === undefined || value === null) return { [key]: replaced(undefined, rest, to, setting) };
  if (!isRecord(value)) throw invalid(setting, `there is no ${key}: what it would be in is no section and no list`);
  const inner = Object.hasOwn(value, key) ? value[key] : undefined;
  return { ...value, [key]: replaced(inner, rest, to, setting) };
}

function scalar(setting: string, text: string): unknown {
  try {
    return readYaml(text, setting);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw invalid(setting, "the value is no YAML; quote it");
  }
}

/** Only the part before `=` is repeated: values may be secrets. */
function invalid(setting: string, problem: string): ConfigError {
  return new ConfigError("INVALID_OVERRIDE", `--set ${setting.split("=", 1)[0] ?? ""}`, [problem]);
}
