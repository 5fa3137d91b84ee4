import { parseConfig } from "../config/parse-config.js";
import type { RunConfig } from "../config/schema.js";
import { readYaml } from "../config/yaml-text.js";
import { keys } from "../store/keys.js";
import type { Store } from "../store/store.js";

/** The config that a run was laid out with. @throws StoreError, ConfigError */
export async function readStoredConfig(store: Store, runId: string): Promise<RunConfig> {
  const place = `${store.uri}, run ${runId}`;
  return parseConfig(readYaml(new TextDecoder().decode(await store.get(keys.config(runId))), place), place);
}
