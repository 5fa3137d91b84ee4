/** The activities by the kind of machine that they need; each role's worker offers one of these objects. */
import { answerQuestions, type AnswerRequest } from "./answer-questions.js";
import { clusterSeedData } from "./cluster-seed-data.js";
import type { ActivityDependencies } from "./dependencies.js";
import { fineTuneGenerator, type FineTuneRequest } from "./fine-tune-generator.js";
import { findBest } from "./find-best.js";
import { finishRun, type FinishRequest } from "./finish-run.js";
import { judgeAnswers, type JudgeRequest } from "./judge-answers.js";
import { measureRelevance, type RelevanceRequest } from "./measure-relevance.js";
import { openRun, type OpenRequest } from "./open-run.js";
import { openStages } from "./open-stages.js";
import { sampleQuestions, type SampleRequest } from "./sample-questions.js";
import { type CheckpointRequest, saveCheckpoint } from "./save-checkpoint.js";
import { scoreObjective, type ScoreRequest } from "./score-objective.js";
import { stageRefresh, type StageRefreshRequest } from "./stage-refresh.js";
import { summariseEvaluation, type SummariseRequest } from "./summarise-evaluation.js";
import { type UpdateRequest, updateWeights } from "./update-weights.js";
import { writeReport, type ReportRequest } from "./write-report.js";

/** File work and small computations. */
export function createCpuActivities(dependencies: ActivityDependencies) {
  return {
    openRun: (request: OpenRequest) => openRun(dependencies, request),
    openStages: (request: OpenRequest) => openStages(dependencies, request),
    judgeAnswers: (request: JudgeRequest) => judgeAnswers(dependencies, request),
    scoreObjective: (request: ScoreRequest) => scoreObjective(dependencies, request),
    updateWeights: (request: UpdateRequest) => updateWeights(dependencies, request),
    saveCheckpoint: (request: CheckpointRequest) => saveCheckpoint(dependencies, request),
    finishRun: (request: FinishRequest) => finishRun(dependencies, request),
    writeReport: (request: ReportRequest) => writeReport(dependencies, request),
    findBest: (request: OpenRequest) => findBest(dependencies, request),
    stageRefresh: (request: StageRefreshRequest) => stageRefresh(dependencies, request),
    summariseEvaluation: (request: SummariseRequest) => summariseEvaluation(dependencies, request),
  };
}

/** Work of embedded models: on graphics cards where there are any, else on all cores. */
export function createGpuActivities(dependencies: ActivityDependencies) {
  return {
    clusterSeedData: (request: OpenRequest) => clusterSeedData(dependencies, request),
    fineTuneGenerator: (request: FineTuneRequest) => fineTuneGenerator(dependencies, request),
    sampleQuestions: (request: SampleRequest) => sampleQuestions(dependencies, request),
    answerQuestions: (request: AnswerRequest) => answerQuestions(dependencies, request),
    measureRelevance: (request: RelevanceRequest) => measureRelevance(dependencies, request),
  };
}

/** Calls of paid or rate-limited endpoints. */
export function createLlmActivities(dependencies: ActivityDependencies) {
  return {
    answerQuestions: (request: AnswerRequest) => answerQuestions(dependencies, request),
  };
}

export type CpuActivities = ReturnType<typeof createCpuActivities>;
export type GpuActivities = ReturnType<typeof createGpuActivities>;
export type LlmActivities = ReturnType<typeof createLlmActivities>;
