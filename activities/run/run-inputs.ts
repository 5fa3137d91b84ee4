/** What a run works on, resolved once when it starts: `runs/<id>/inputs.json`. */
import { z } from "zod";

const artifact = z.strictObject({ key: z.string(), sha256: z.string(), bytes: z.number() });

const taker = z.strictObject({
  name: z.string(),
  /** An embedded model's bundle: a folder on the worker's machine or `embedded:NAME`; null for an endpoint. */
  base: z.string().nullable(),
  /** Folder of the adapter in the store; null for the base model itself and for endpoints. */
  adapter: z.string().nullable(),
});
export type Taker = z.infer<typeof taker>;

export const runInputsSchema = z.strictObject({
  configDigest: z.string(),
  /** Seed questions as JSON lines. */
  seedData: artifact,
  /** Held-out questions as JSON lines; runs of before there were any have none. */
  heldOutData: artifact.nullable().default(null),
  userQueries: artifact.nullable(),
  /** Texts of the user's own objectives, by the path that the config has for them. */
  objectives: z.record(z.string(), artifact).default({}),
  generatorBase: z.string(),
  takers: z.array(taker).min(1),
  unseenTakers: z.array(taker),
});
export type RunInputs = z.infer<typeof runInputsSchema>;

/** Names a run in a store: all that an activity needs to find the rest. */
export interface RunRef {
  readonly runId: string;
  readonly storeUri: string;
  /**
   * SHA-256 of each module that holds an objective of the user's own, as whoever started the run had it: workers import no other.
   * It travels with the workflow, since whoever may write the store may change all that is in it. Not set where there is none.
   */
  readonly modules?: readonly string[] | undefined;
}
