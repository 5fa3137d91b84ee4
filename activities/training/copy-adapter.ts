import { keys } from "../../store/keys.js";
import { copyRecorded } from "../../store/recorded-digest.js";
import type { Store } from "../../store/store.js";

/** Copies an adapter's folder within a store; the configuration, which makes it whole, comes last. */
export async function copyAdapter(store: Store, from: string, to: string): Promise<void> {
  await copyRecorded(store, keys.adapterModel(from), keys.adapterModel(to));
  await store.put(keys.adapterConfig(to), await store.get(keys.adapterConfig(from)));
}
