import type { RunConfig } from "../config/schema.js";
import type { ReportData } from "../report/report-data.js";

/** What the report says of how a run was made. */
export function reportSettings(config: RunConfig): ReportData["settings"] {
  return [["seed", String(config.seed)], ["clusters", String(config.generators.clusters)], ...methodSettings(config)];
}

function methodSettings(config: RunConfig): ReportData["settings"] {
  if (config.kind === "baseline") {
    const { method, rounds, questionsPerRound } = config.baseline;
    return [
      ["method", method],
      ["rounds", String(rounds)],
      ["questions per round", String(questionsPerRound)],
    ];
  }
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
  ];
}
