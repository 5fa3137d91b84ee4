import type { Usage } from "../report/result.js";
import { keys } from "../store/keys.js";
import type { SwarmState } from "../swarm/state.js";
import { evaluate, expectEvaluations, type StageContext } from "./evaluate.js";
import { answerSeedUnseen, evaluateUnseen, expectUnseen } from "./evaluate-unseen.js";
import { particlesOf, shownTo } from "./search-sample.js";
import { settleAll } from "./settle.js";
import { addUsage } from "./usage.js";

/** Measures the initial generators and the best one on questions that the search never saw, with its takers and with unseen ones. */
export async function measureGenerators(search: StageContext, { globalBest }: SwarmState): Promise<Usage> {
  // Measured as what other methods find is: this floor is the search's own.
  const stage: StageContext = { ...search, plan: { ...search.plan, minNew: undefined } };
  const { run, plan, progress } = stage;
  // Other searches have the same initial generators.
  const shared = { ...stage, share: true };
  progress.begin("measure");
  const generators = [
    ...particlesOf(plan).map((particle) => ({
      label: `initial-${particle}`,
      adapter: keys.particle(run.runId, 0, particle),
      particle,
      found: [],
      context: shared,
    })),
    ...(globalBest === null
      ? []
      : [
          {
            label: "best",
            adapter: globalBest.position,
            particle: globalBest.particle,
            found: [globalBest.position],
            context: stage,
          },
        ]),
  ];
  expectEvaluations(stage, generators.length);
  expectUnseen(stage, generators.length);
  const seedUsage = await answerSeedUnseen(shared);
  const measured = await settleAll(
    generators.map(({ label, adapter, particle, found, context }) => async () => {
      const folder = keys.fresh(run.runId, label);
      const evaluation = await evaluate(context, {
        adapter,
        ...shownTo(plan, particle, found),
        folder,
        random: { seed: plan.seed, purpose: `fresh ${label}` },
        count: plan.freshQuestions,
        counts: "valid",
      });
      return evaluateUnseen(context, folder, evaluation);
    }),
  );
  return measured.map(({ usage }) => usage).reduce(addUsage, seedUsage);
}
