import { headlineOf } from "./headline.js";
import type { GeneratorReport, ReportData } from "./report-data.js";

/** The two generators that the report puts side by side: the strongest initial one (the first where none has a score) and the best. */
export function comparedGenerators({ result, generators }: ReportData): {
  readonly start: GeneratorReport | undefined;
  readonly best: GeneratorReport | undefined;
} {
  const particle = headlineOf(result).strongest?.particle ?? 0;
  return {
    start: generators.find(({ label }) => label === `initial-${particle}`),
    best: generators.find(({ label }) => label === "best"),
  };
}

/** Graded fresh questions of a measured generator; 0 where it had no score. */
export function gradedQuestions({ result }: ReportData, label: string): number {
  if (label === "best") return result.best?.fresh.questions ?? 0;
  return result.initial.find(({ particle }) => label === `initial-${particle}`)?.fresh.questions ?? 0;
}
