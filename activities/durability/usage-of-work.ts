import type { SharedUsage, Usage } from "../../report/result.js";

/** A piece of an activity's work, which it has done itself or taken from another run. */
export interface PieceOfWork {
  readonly questions?: number;
  readonly tokens?: number;
  readonly calls?: number;
  /** What it took the other run; undefined where the work is this run's own. */
  readonly sharedSeconds: number | undefined;
}

/** What an activity's work on embedded models cost: its own, and apart from that what it took from other runs cost them. */
export function usageOfWork(stage: string, seconds: number, pieces: readonly PieceOfWork[]): Usage {
  const own = pieces.filter(({ sharedSeconds }) => sharedSeconds === undefined);
  const taken = pieces.filter(({ sharedSeconds }) => sharedSeconds !== undefined);
  const usage: Usage = { ...counts(own), usd: 0, seconds: { [stage]: seconds } };
  if (taken.length === 0) return usage;
  const theirs = taken.reduce((sum, { sharedSeconds = 0 }) => sum + sharedSeconds, 0);
  return { ...usage, shared: { ...counts(taken), seconds: { [stage]: theirs } } };
}

function counts(pieces: readonly PieceOfWork[]): Omit<SharedUsage, "seconds"> {
  return pieces.reduce(
    (sum, { questions = 0, tokens = 0, calls = 0 }) => ({
      questions: sum.questions + questions,
      tokens: sum.tokens + tokens,
      calls: sum.calls + calls,
    }),
    { questions: 0, tokens: 0, calls: 0 },
  );
}
