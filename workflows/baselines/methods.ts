import type { Method } from "../../config/baseline-schema.js";
import { autobencher } from "./autobencher.js";
import { devSet, heldOutSet, initialGenerators, modelSoup, selfInstruct } from "./fixed.js";
import type { BaselineMethod } from "./method.js";
import { promptBreeder } from "./prompt-breeder.js";
import { taskElicitation } from "./task-elicitation.js";

/** The baselines of Data Swarms, appendix C. */
export const METHODS: Readonly<Record<Method, BaselineMethod>> = {
  "dev-set": devSet,
  "held-out-set": heldOutSet,
  "initial-generators": initialGenerators,
  "model-soup": modelSoup,
  "self-instruct": selfInstruct,
  autobencher,
  "task-elicitation": taskElicitation,
  "prompt-breeder": promptBreeder,
};
