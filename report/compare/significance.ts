import { comparePooledDifficulty } from "../../swarm/statistics/pooled-difficulty.js";
import { testOverQuestions, testOverRepeats } from "../../swarm/statistics/repeats.js";
import type { MeasuredCell, ScoredRepeat } from "./cell.js";
import { rankMeans } from "./rank.js";

/** The best method of a setting against the second best, one-tailed. */
export interface SignificanceTest {
  readonly best: string;
  readonly second: string;
  readonly difference: number;
  /** The difference as a share of the second's score; null where that is not above 0. */
  readonly relative: number | null;
  /** For these question sets: of *difficult* the paper's z-test on all graded answers, else a bootstrap stratified by repeat. */
  readonly overQuestions: { readonly test: "z-test" | "bootstrap"; readonly pValue: number };
  /** For other seeds too: Welch's t-test of the repeats' scores. */
  readonly overRepeats: { readonly test: "t-test"; readonly pValue: number };
  /** Which of the two the stars are by. */
  readonly starsBy: "overQuestions" | "overRepeats";
  readonly stars: 0 | 1 | 2 | 3;
}

/** p below which there are one, two and three stars (Data Swarms, table 5). */
export const STAR_LEVELS = [0.1, 0.05, 0.01] as const;

/** Null where fewer than two methods have a score, or two share the highest. */
export function testBest(cells: readonly MeasuredCell[], objective: string): SignificanceTest | null {
  const ranking = rankMeans(cells);
  const [best] = ranking.best;
  const [second] = ranking.second;
  if (best === undefined || second === undefined) return null;
  const pair = { candidate: best.scored, reference: second.scored };
  const overQuestions = testQuestions(pair, objective);
  const overRepeats = { test: "t-test", pValue: testOverRepeats(pair).pValue } as const;
  // The paper's stars are of the z-test; where there is none to follow, they are of the test that speaks of other seeds too.
  const starsBy = overQuestions.test === "z-test" ? "overQuestions" : "overRepeats";
  const reference = second.cell.mean ?? 0;
  const difference = (best.cell.mean ?? 0) - reference;
  return {
    best: best.cell.method,
    second: second.cell.method,
    difference,
    relative: reference > 0 ? difference / reference : null,
    overQuestions,
    overRepeats,
    starsBy,
    stars: starsOf(starsBy === "overQuestions" ? overQuestions.pValue : overRepeats.pValue),
  };
}

function testQuestions(
  pair: { readonly candidate: readonly ScoredRepeat[]; readonly reference: readonly ScoredRepeat[] },
  objective: string,
): SignificanceTest["overQuestions"] {
  if (objective !== "difficult") return { test: "bootstrap", pValue: testOverQuestions(pair) };
  const { pValue } = comparePooledDifficulty({
    candidate: pair.candidate.map(({ performance }) => performance),
    reference: pair.reference.map(({ performance }) => performance),
  });
  return { test: "z-test", pValue };
}

export function starsOf(pValue: number): 0 | 1 | 2 | 3 {
  const [one, two, three] = STAR_LEVELS;
  if (pValue < three) return 3;
  if (pValue < two) return 2;
  return pValue < one ? 1 : 0;
}

/** Stars by a test that takes repeats as fixed, which the test over repeats does not bear out. */
export function starsRestOnFixedRepeats({ starsBy, stars, overRepeats }: SignificanceTest): boolean {
  return starsBy === "overQuestions" && stars > 0 && starsOf(overRepeats.pValue) === 0;
}
