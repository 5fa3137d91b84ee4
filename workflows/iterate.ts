import type { SwarmPlan } from "../activities/open-run.js";
import { keys } from "../store/keys.js";
import { advance } from "../swarm/advance.js";
import { planIteration } from "../swarm/plan.js";
import { cpu } from "./activity-options.js";
import { commitIteration } from "./commit-iteration.js";
import { evaluate, expectEvaluations, type StageContext } from "./evaluate.js";
import { searchSample } from "./search-sample.js";
import type { SearchState } from "./search-state.js";
import { settleAll } from "./settle.js";
import { addUsage } from "./usage.js";

/** One iteration of the search: every particle moves and is evaluated (Algorithm 1, lines 7 to 14). */
export async function iterate(stage: StageContext<SwarmPlan>, search: SearchState): Promise<SearchState> {
  const { run, plan, progress, hold } = stage;
  const { iteration, particles: moves } = planIteration(search.swarm, plan.swarm);
  progress.begin("search");
  progress.expect("update", moves.length);
  expectEvaluations(stage, moves.length);

  const evaluated = await settleAll(
    moves.map((move) => async () => {
      const folder = keys.particle(run.runId, iteration, move.particle);
      await hold();
      const updated = await progress.track(
        "update",
        cpu.updateWeights({ run, move, folder, velocityFolder: keys.velocity(run.runId, iteration, move.particle) }),
      );
      const evaluation = await evaluate(stage, searchSample({ plan, iteration, particle: move.particle, folder }));
      return { ...evaluation, usage: addUsage(updated.usage, evaluation.usage) };
    }),
  );
  const swarm = advance({
    state: search.swarm,
    parameters: plan.swarm,
    moves: moves.map(({ particle }) => ({
      position: keys.particle(run.runId, iteration, particle),
      velocity: keys.velocity(run.runId, iteration, particle),
    })),
    scores: evaluated.map(({ score }) => score),
  });
  const usage = [search.usage, ...evaluated.map((one) => one.usage)].reduce(addUsage);
  return commitIteration(stage, { ...search, swarm, usage });
}
