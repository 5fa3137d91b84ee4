/** The stages of a run in the order of its work, as a person would name the moment in which it was killed. */
export const STAGES = [
  "starting",
  "clustering",
  "fine-tuning",
  "sampling",
  "answering",
  "judging",
  "scoring",
  "checkpoint",
  "weight update",
  "fresh measurement",
  "report",
] as const;
export type Stage = (typeof STAGES)[number];

const STAGE_OF_ACTIVITY: Readonly<Record<string, Stage>> = {
  openRun: "starting",
  clusterSeedData: "clustering",
  fineTuneGenerator: "fine-tuning",
  sampleQuestions: "sampling",
  answerQuestions: "answering",
  judgeAnswers: "judging",
  scoreObjective: "scoring",
  saveCheckpoint: "checkpoint",
  updateWeights: "weight update",
  finishRun: "report",
  writeReport: "report",
};

const MEASURED: ReadonlySet<Stage | undefined> = new Set(["sampling", "answering", "judging", "scoring"]);

/** The stages that activities belong to; evaluations are of the fresh measurement once the run has said that it measures. */
export function stagesOf(activities: readonly string[], isMeasuring: boolean): Set<Stage> {
  const stages = activities.map((activity) => STAGE_OF_ACTIVITY[activity]);
  return new Set(
    stages.flatMap((stage) => {
      if (stage === undefined) return [];
      return isMeasuring && MEASURED.has(stage) ? ["fresh measurement" as const] : [stage];
    }),
  );
}
