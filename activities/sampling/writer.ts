/** What a baseline has write its questions in the end. */
import { z } from "zod";

export const writerSchema = z.discriminatedUnion("kind", [
  /** Questions of a data set, drawn without replacement. */
  z.strictObject({ kind: z.literal("split"), split: z.enum(["seed", "held-out"]) }),
  /** Several generators, each shown its own cluster, with an equal share each. */
  z.strictObject({ kind: z.literal("generators"), adapters: z.array(z.string()).min(1) }),
  /** One model. */
  z.strictObject({
    kind: z.literal("model"),
    /** Folder of its adapter in the store; null for the base model itself. */
    adapter: z.string().nullable(),
    /** Key of the questions that it is shown examples of; null for all seed data. */
    examples: z.string().nullable(),
  }),
]);
export type Writer = z.infer<typeof writerSchema>;
