import type { TakerModel } from "../activities/answer-questions.js";
import type { AdversarialSearchResult } from "../activities/measuring/describe-adversarial.js";
import type { AdversarialPlan } from "../activities/open-adversarial.js";
import type { TakerPlan } from "../activities/run/stage-plan.js";
import type { Training } from "../config/adversarial-schema.js";
import type { Usage } from "../report/result.js";
import { keys, TESTED } from "../store/keys.js";
import { gpu } from "./activity-options.js";
import type { AdversarialState } from "./adversarial-state.js";
import { answerAndJudge, expectAnswers } from "./evaluate.js";
import { settleAll } from "./settle.js";
import { type ComparingStage, trainingQuestions } from "./training-questions.js";
import { addUsage, NO_USAGE } from "./usage.js";

type Trained = AdversarialSearchResult["trained"][number];

/** One way of learning: who came of it, and what that cost. */
interface Learnt extends Trained {
  readonly model: TakerModel;
  readonly usage: Usage;
}

/**
 * Has the best taker, the takers as they were, and the base model after other ways of learning answer the test questions
 * (section 4, "Adversarial Swarms"). The others learn from as many questions as the search's generators wrote.
 */
export async function compareTrainings(
  stage: ComparingStage,
  state: AdversarialState,
): Promise<{ readonly trained: readonly Trained[]; readonly usage: Usage }> {
  const { run, plan, progress } = stage;
  progress.begin("compare");
  progress.expect("fine-tune", plan.trainings.length);
  const learnt = await settleAll(plan.trainings.map((training) => () => learn(stage, state, training)));

  const takers = [...takersOf(state), ...learnt.flatMap(asTaker)];
  expectAnswers(progress, { folders: 1, takers });
  const tested = await answerAndJudge({ ...stage, plan: { ...plan, takers } }, keys.test(run.runId));
  return {
    trained: learnt.map(({ training, questions, instances }) => ({ training, questions, instances })),
    usage: learnt.map(({ usage }) => usage).reduce(addUsage, tested),
  };
}

async function learn(stage: ComparingStage, state: AdversarialState, training: Training): Promise<Learnt> {
  const { run, plan, progress, hold } = stage;
  const model = startOf(plan, state);
  if (training === "base-model") {
    progress.skip("fine-tune");
    return { training, questions: 0, instances: 0, model, usage: NO_USAGE };
  }
  await hold();
  const source = await trainingQuestions(stage, state, training);
  await hold();
  const instances = state.generated;
  const { folders } = source;
  const trained = await progress.track("fine-tune", gpu.trainTaker({ run, training, folders, instances, model }));
  return {
    training,
    questions: trained.questions,
    instances: trained.instances,
    model: { base: model.base, adapter: keys.training(run.runId, training) },
    usage: addUsage(source.usage, trained.usage),
  };
}

/** What the trainings start from: the base model, or the initial taker that was best on the first window. */
function startOf({ takers, trainFromTaker }: AdversarialPlan, { takerIterations }: AdversarialState): TakerModel {
  const [first] = takers;
  if (!trainFromTaker) return { base: first!.model.base, adapter: null };
  const scores = takerIterations[0]!.window;
  return takers[scores.indexOf(Math.max(...scores))]!.model;
}

function takersOf({ plan, takers }: AdversarialState): TakerPlan[] {
  const [first] = plan.takers;
  const best = { base: first!.model.base, adapter: takers.globalBest!.position };
  return [
    { name: TESTED.best, queue: "gpu", model: best },
    ...plan.takers.map((taker, particle) => ({ ...taker, name: TESTED.initial(particle) })),
  ];
}

/** Nobody, where there was nothing to learn from. */
function asTaker({ training, questions, model }: Learnt): TakerPlan[] {
  return questions > 0 || training === "base-model" ? [{ name: training, queue: "gpu", model }] : [];
}
