/** The lines of the JSONL files that a particle's folder holds. */
import { z } from "zod";

export const questionSchema = z.strictObject({
  id: z.string(),
  question: z.string(),
  answer: z.string().optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
});
/** One question; the line format of every data set the product reads and writes. */
export type Question = z.infer<typeof questionSchema>;

export const answerSchema = z.strictObject({
  questionId: z.string(),
  taker: z.string(),
  response: z.string(),
  /** Which of the repeated answers it is, from 0; more than one only where the objective needs repeats. */
  sample: z.number().int().nonnegative(),
});
export type Answer = z.infer<typeof answerSchema>;

export const gradeSchema = z.strictObject({
  questionId: z.string(),
  taker: z.string(),
  sample: z.number().int().nonnegative(),
  /** 0 to 1. */
  performance: z.number().min(0).max(1),
});
export type Grade = z.infer<typeof gradeSchema>;
