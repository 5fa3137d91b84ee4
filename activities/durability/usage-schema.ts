import { z } from "zod";

const counted = { questions: z.number(), tokens: z.number(), calls: z.number() };
const seconds = z.record(z.string(), z.number());

export const usageSchema = z.strictObject({
  ...counted,
  usd: z.number(),
  seconds,
  shared: z.strictObject({ ...counted, seconds }).optional(),
});

/** What an activity returns that has nothing else to say: what it cost. */
export const workDoneSchema = z.strictObject({ usage: usageSchema });
export type WorkDone = z.infer<typeof workDoneSchema>;
