import type { ComparedRun } from "./compared-run.js";

interface KnownMethod {
  readonly name: string;
  /** Whether it looks for better questions, so that its question budget matters. */
  readonly searches: boolean;
}

/** The baselines of Data Swarms in the order of its table 1, by their names in a config. */
const BASELINES: ReadonlyMap<string, KnownMethod> = new Map([
  ["dev-set", { name: "Dev set", searches: false }],
  ["held-out-set", { name: "Held-out set", searches: false }],
  ["initial-generators", { name: "Initial generators", searches: false }],
  ["model-soup", { name: "Model soup", searches: false }],
  ["self-instruct", { name: "Self-instruct", searches: true }],
  ["autobencher", { name: "AutoBencher", searches: true }],
  ["task-elicitation", { name: "Task elicitation", searches: true }],
  ["prompt-breeder", { name: "Prompt breeder", searches: true }],
]);

/** The baseline that others' gains are counted from. */
export const REFERENCE = "Initial generators";

/** What optimises generators with a swarm. */
export const DATA_SWARMS = "Data Swarms";

const SWARM = "data-swarm";

type Named = Pick<ComparedRun, "kind" | "baseline">;

/** What tables call a method; one that this version does not know goes by the name that its config gives it. */
export function methodName({ kind, baseline }: Named): string {
  if (kind === SWARM) return DATA_SWARMS;
  if (baseline !== undefined) return BASELINES.get(baseline)?.name ?? asTitle(baseline);
  return asTitle(kind);
}

export function methodSearches({ baseline }: Named): boolean {
  return baseline === undefined || (BASELINES.get(baseline)?.searches ?? true);
}

/** The paper's order: baselines first, then kinds that it does not compare, Data Swarms last. */
export function methodOrder({ kind, baseline }: Named): number {
  const known = [...BASELINES.keys()].indexOf(baseline ?? "");
  if (known >= 0) return known;
  return BASELINES.size + (baseline === undefined ? 1 : 0) + (kind === SWARM ? 1 : 0);
}

function asTitle(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
