import { z } from "zod";

export const usageSchema = z.strictObject({
  questions: z.number(),
  tokens: z.number(),
  calls: z.number(),
  usd: z.number(),
  seconds: z.record(z.string(), z.number()),
});

/** What an activity returns that has nothing else to say: what it cost. */
export const workDoneSchema = z.strictObject({ usage: usageSchema });
export type WorkDone = z.infer<typeof workDoneSchema>;
