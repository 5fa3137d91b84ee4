import { modelCoefficients } from "../../config/adversarial-checks.js";
import type { Method } from "../../config/baseline-schema.js";
import type { AdversarialSwarmConfig, BaselineConfig, RunConfig, SwarmRunConfig } from "../../config/schema.js";
import type { ReportData } from "../../report/report-data.js";

/** What the report says of how a run was made. */
export function reportSettings(config: RunConfig): ReportData["settings"] {
  return [["seed", String(config.seed)], ["clusters", String(config.generators.clusters)], ...methodSettings(config)];
}

function methodSettings(config: RunConfig): ReportData["settings"] {
  if (config.kind === "baseline") return baselineSettings(config);
  const { swarm } = config;
  return [
    ["inertia φ_v", String(swarm.inertia)],
    ["cognitive φ_p", String(swarm.cognitive)],
    ["social φ_g", String(swarm.social)],
    ["repel φ_w", String(swarm.repel)],
    ["step length λ", String(swarm.stepLength)],
    ["questions per evaluation", String(swarm.questionsPerIteration)],
    ["patience c", String(swarm.patience)],
    ["max iterations K", String(swarm.maxIterations)],
    ...departures(config),
    ...(config.kind === "adversarial-swarm" ? takerSettings(config) : []),
  ];
}

/** Where a search departs from the paper's defaults. */
function departures({ generators, swarm }: SwarmRunConfig): ReportData["settings"] {
  const { includeBase, sampling } = generators;
  const { space, bestUpdate, minNew, retune } = swarm;
  return [
    ...(includeBase === true ? [["base model", "one more particle"] as const] : []),
    ...(sampling.from === "cluster" ? [] : [["examples from", sampling.from] as const]),
    ...(sampling.elite === undefined ? [] : [["of these the best", `${100 * sampling.elite.share} %`] as const]),
    ...(retune === undefined
      ? []
      : [
          [
            "fine-tuned again",
            `${retune.every === 1 ? "every iteration" : `every ${retune.every} iterations`}, ${retune.instances} instances`,
          ] as const,
        ]),
    ...(minNew === undefined ? [] : [["fewest valid new questions", `${100 * minNew} %`] as const]),
    ...(space === "factors" ? [] : [["space", space] as const]),
    ...(bestUpdate === "paper" ? [] : [["new bests", bestUpdate] as const]),
  ];
}

function takerSettings(config: AdversarialSwarmConfig): ReportData["settings"] {
  const { windowSize, windowReplace, windowOrder, bests, comparison } = config.adversarial;
  const { inertia, cognitive, social, repel, stepLength } = modelCoefficients(config);
  return [
    ["takers' φ_v, φ_p, φ_g, φ_w, λ", [inertia, cognitive, social, repel, stepLength].join(", ")],
    ["window", `${windowSize} questions, ${windowReplace} replaced, ${windowOrder}`],
    ["bests", bests],
    ...(comparison.enabled ? [["fine-tunings start from", comparison.from] as const] : []),
  ];
}

function baselineSettings({ baseline }: BaselineConfig): ReportData["settings"] {
  const { method, rounds, questionsPerRound, subsets, subsetSize, population } = baseline;
  const inRounds = [
    ["rounds", String(rounds)],
    ["questions per round", String(questionsPerRound)],
  ] as const;
  const own: Partial<Record<Method, ReportData["settings"]>> = {
    autobencher: [
      ["question sets", String(subsets)],
      ["questions in a set", String(subsetSize)],
    ],
    "task-elicitation": inRounds,
    "prompt-breeder": [...inRounds, ["population", population === undefined ? "all seed data" : String(population)]],
  };
  return [["method", method], ...(own[method] ?? []), ["smallest valid share", String(baseline.minValid)]];
}
