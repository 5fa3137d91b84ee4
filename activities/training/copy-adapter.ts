import { keys } from "../../store/keys.js";
import type { Store } from "../../store/store.js";

/** Copies an adapter's folder within a store; the configuration, which makes it whole, comes last. */
export async function copyAdapter(store: Store, from: string, to: string): Promise<void> {
  for (const file of [keys.adapterModel, keys.adapterConfig])
    await store.putStream(file(to), await store.getStream(file(from)));
}
