/** The activities by the kind of machine that they need; each role's worker offers one of these objects. */
import { answerQuestions, type AnswerRequest } from "./answer-questions.js";
import { chooseExamples, type ChooseExamplesRequest } from "./choose-examples.js";
import { clusterSeedData } from "./cluster-seed-data.js";
import { compareBests, type CompareBestsRequest } from "./compare-bests.js";
import type { ActivityDependencies } from "./dependencies.js";
import { copyQuestions, type CopyQuestionsRequest } from "./copy-questions.js";
import { drawSplit, type SplitRequest } from "./draw-split.js";
import { fineTuneGenerator, type FineTuneRequest } from "./fine-tune-generator.js";
import { findBest } from "./find-best.js";
import { finishBaseline, type FinishBaselineRequest } from "./finish-baseline.js";
import { finishHyperparameterSearch, type FinishHyperparameterSearchRequest } from "./finish-hyperparameter-search.js";
import { finishRun, type FinishRequest } from "./finish-run.js";
import { judgeAnswers, type JudgeRequest } from "./judge-answers.js";
import { keepQuestions, type KeepRequest } from "./keep-questions.js";
import { meanAdapter, type MeanAdapterRequest } from "./mean-adapter.js";
import { measureRelevance, type RelevanceRequest } from "./measure-relevance.js";
import { openBaseline } from "./open-baseline.js";
import { measureTakers, type MeasureTakersRequest } from "./measure-takers.js";
import { openAdversarial } from "./open-adversarial.js";
import { openRun, type OpenRequest } from "./open-run.js";
import { openStages } from "./open-stages.js";
import { placeBaseModel, type PlaceRequest } from "./place-base-model.js";
import { retuneGenerator, type RetuneRequest } from "./retune-generator.js";
import { retuneTaker, type RetuneTakerRequest } from "./retune-taker.js";
import { type MixtureRequest, sampleMixture } from "./sample-mixture.js";
import { sampleQuestions, type SampleRequest } from "./sample-questions.js";
import { type CheckpointRequest, saveCheckpoint } from "./save-checkpoint.js";
import { type RoundRequest, saveRound } from "./save-round.js";
import { scoreObjective, type ScoreRequest } from "./score-objective.js";
import { slideWindow, type SlideRequest } from "./slide-window.js";
import { stageComparison, type StageComparisonRequest } from "./stage-comparison.js";
import { stageHyperparameterSearch } from "./stage-hyperparameter-search.js";
import { stageRefresh, type StageRefreshRequest } from "./stage-refresh.js";
import { summariseEvaluation, type SummariseRequest } from "./summarise-evaluation.js";
import { trainTaker, type TrainTakerRequest } from "./train-taker.js";
import { type UpdateRequest, updateWeights } from "./update-weights.js";
import { writeReport, type ReportRequest } from "./write-report.js";

/** File work and small computations. */
export function createCpuActivities(dependencies: ActivityDependencies) {
  return {
    openRun: (request: OpenRequest) => openRun(dependencies, request),
    openBaseline: (request: OpenRequest) => openBaseline(dependencies, request),
    openAdversarial: (request: OpenRequest) => openAdversarial(dependencies, request),
    openStages: (request: OpenRequest) => openStages(dependencies, request),
    judgeAnswers: (request: JudgeRequest) => judgeAnswers(dependencies, request),
    chooseExamples: (request: ChooseExamplesRequest) => chooseExamples(dependencies, request),
    scoreObjective: (request: ScoreRequest) => scoreObjective(dependencies, request),
    compareBests: (request: CompareBestsRequest) => compareBests(dependencies, request),
    updateWeights: (request: UpdateRequest) => updateWeights(dependencies, request),
    saveCheckpoint: (request: CheckpointRequest) => saveCheckpoint(dependencies, request),
    drawSplit: (request: SplitRequest) => drawSplit(dependencies, request),
    keepQuestions: (request: KeepRequest) => keepQuestions(dependencies, request),
    meanAdapter: (request: MeanAdapterRequest) => meanAdapter(dependencies, request),
    saveRound: (request: RoundRequest) => saveRound(dependencies, request),
    finishBaseline: (request: FinishBaselineRequest) => finishBaseline(dependencies, request),
    finishRun: (request: FinishRequest) => finishRun(dependencies, request),
    writeReport: (request: ReportRequest) => writeReport(dependencies, request),
    findBest: (request: OpenRequest) => findBest(dependencies, request),
    slideWindow: (request: SlideRequest) => slideWindow(dependencies, request),
    copyQuestions: (request: CopyQuestionsRequest) => copyQuestions(dependencies, request),
    measureTakers: (request: MeasureTakersRequest) => measureTakers(dependencies, request),
    stageComparison: (request: StageComparisonRequest) => stageComparison(dependencies, request),
    stageHyperparameterSearch: (request: OpenRequest) => stageHyperparameterSearch(dependencies, request),
    finishHyperparameterSearch: (request: FinishHyperparameterSearchRequest) =>
      finishHyperparameterSearch(dependencies, request),
    stageRefresh: (request: StageRefreshRequest) => stageRefresh(dependencies, request),
    summariseEvaluation: (request: SummariseRequest) => summariseEvaluation(dependencies, request),
  };
}

/** Work of embedded models: on graphics cards where there are any, else on all cores. */
export function createGpuActivities(dependencies: ActivityDependencies) {
  return {
    clusterSeedData: (request: OpenRequest) => clusterSeedData(dependencies, request),
    fineTuneGenerator: (request: FineTuneRequest) => fineTuneGenerator(dependencies, request),
    placeBaseModel: (request: PlaceRequest) => placeBaseModel(dependencies, request),
    retuneGenerator: (request: RetuneRequest) => retuneGenerator(dependencies, request),
    sampleQuestions: (request: SampleRequest) => sampleQuestions(dependencies, request),
    sampleMixture: (request: MixtureRequest) => sampleMixture(dependencies, request),
    answerQuestions: (request: AnswerRequest) => answerQuestions(dependencies, request),
    retuneTaker: (request: RetuneTakerRequest) => retuneTaker(dependencies, request),
    trainTaker: (request: TrainTakerRequest) => trainTaker(dependencies, request),
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
