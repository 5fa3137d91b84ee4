import { z } from "zod";
import type { Paid } from "./endpoint-error.js";

/** More than any model reads or writes at once: what is larger is a server's mistake. */
const MOST_TOKENS = 1e9;

const count = z.number().int().nonnegative().max(MOST_TOKENS).nullable().catch(null);
const bodySchema = z.object({ usage: z.object({ prompt_tokens: count, completion_tokens: count }) });

/**
 * What a reply's `usage` says; null for what it does not say: missing, negative, fractional or absurd counts, and 0 of what
 * cannot be 0. Read from the body, since the AI SDK takes a missing count for 0.
 *
 * @param isWritten whether the model wrote something, which takes tokens: then no count is 0
 */
export function tokenCounts(body: unknown, isWritten: boolean): Omit<Paid, "calls"> {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return { promptTokens: null, generatedTokens: null };
  const { prompt_tokens: prompt, completion_tokens: generated } = parsed.data.usage;
  const said = (tokens: number | null): number | null => (tokens === 0 && isWritten ? null : tokens);
  return { promptTokens: said(prompt), generatedTokens: said(generated) };
}

/** What a failed call cost: what it says, and nothing where it does not say. */
export function paidForFailure(body: unknown): Paid | undefined {
  const { promptTokens, generatedTokens } = tokenCounts(body, false);
  const isCounted = promptTokens !== null && generatedTokens !== null && promptTokens + generatedTokens > 0;
  return isCounted ? { calls: 1, promptTokens, generatedTokens } : undefined;
}
