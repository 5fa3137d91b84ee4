/** Rules of an adversarial swarm's config that concern more than one of its sections. */
import type { z } from "zod";
import type { TakerConfig } from "./model-schema.js";
import type { ObjectiveWeights } from "./objective-schema.js";

/** Runs that it starts are called by its id and what they are for; ids have 100 characters at most. */
const LONGEST_ID = 80;

interface Adversarial {
  readonly id?: string | undefined;
  readonly takers: readonly TakerConfig[];
  readonly objective: ObjectiveWeights;
  readonly heldOutData?: unknown;
  readonly swarm: Coefficients & {
    readonly bestUpdate: string;
    readonly startVelocity: string;
    readonly stepDecay?: { readonly floor: number } | undefined;
  };
  readonly adversarial: { readonly models: { readonly [Name in keyof Coefficients]?: number | undefined } };
}

interface Coefficients {
  readonly inertia: number;
  readonly cognitive: number;
  readonly social: number;
  readonly repel: number;
  readonly stepLength: number;
}

export function checkAdversarial(config: Adversarial, context: z.core.$RefinementCtx): void {
  const problem = (path: readonly PropertyKey[], message: string): void =>
    context.addIssue({ code: "custom", path: [...path], message });
  const { id, takers, objective, heldOutData, swarm, adversarial } = config;

  takers.forEach((taker, index) => {
    const fault = whyNotMoved(taker, takers[0]!);
    if (fault === undefined) return;
    problem(
      ["takers", index],
      `the test takers of an adversarial swarm move, so each is an adapter of one embedded base: ${taker.name} ${fault}`,
    );
  });
  if (heldOutData === undefined) {
    problem(["heldOutData"], "missing; the takers are measured on its questions, which neither swarm sees");
  }
  for (const compared of ["novel", "novel-ranking"] as const) {
    if (objective[compared] === undefined) continue;
    problem(["objective"], `${compared} compares with what takers do on the seed data, and here the takers change`);
  }
  if (swarm.bestUpdate === "tested") {
    problem(["swarm", "bestUpdate"], "tested pools evaluations of different iterations, and here the takers change");
  }
  if (swarm.startVelocity === "random" && takers.length < 2) {
    problem(["swarm", "startVelocity"], "random is towards another particle, so it needs at least two takers");
  }
  if (id !== undefined && id.length > LONGEST_ID) {
    problem(["id"], `must have at most ${LONGEST_ID} characters: runs that it starts are called by it`);
  }
  checkCoefficients(modelCoefficients(config), adversarial, swarm, problem);
}

/** What the swarm of takers moves by. */
export function modelCoefficients({
  swarm,
  adversarial: { models },
}: Pick<Adversarial, "swarm" | "adversarial">): Coefficients {
  return {
    inertia: models.inertia ?? swarm.inertia,
    cognitive: models.cognitive ?? swarm.cognitive,
    social: models.social ?? swarm.social,
    repel: models.repel ?? swarm.repel,
    stepLength: models.stepLength ?? swarm.stepLength,
  };
}

function checkCoefficients(
  { inertia, cognitive, social, repel, stepLength }: Coefficients,
  { models }: Adversarial["adversarial"],
  { stepDecay }: Adversarial["swarm"],
  problem: (path: readonly PropertyKey[], message: string) => void,
): void {
  if (inertia + cognitive + social + repel === 0) {
    problem(["adversarial", "models", "social"], "inertia, cognitive, social and repel must not all be 0");
  }
  if (models.stepLength !== undefined && stepDecay !== undefined && stepDecay.floor > stepLength) {
    problem(["adversarial", "models", "stepLength"], `must not be below swarm.stepDecay.floor (${stepDecay.floor})`);
  }
}

function whyNotMoved(taker: TakerConfig, first: TakerConfig): string | undefined {
  if ("endpoint" in taker) return "is behind an endpoint";
  if (taker.adapter === undefined) return "has no adapter";
  const base = "base" in first ? first.base : taker.base;
  return taker.base === base ? undefined : `is on ${taker.base}, and ${first.name} on ${base}`;
}
