import type { RunInputs, Taker } from "./run-inputs.js";

/** Which test takers: those that the search optimises against, or the unseen ones, on which only its result is measured. */
export type TakerPool = "search" | "unseen";

export function takersOf({ takers, unseenTakers }: RunInputs, pool: TakerPool): readonly Taker[] {
  return pool === "search" ? takers : unseenTakers;
}

/** Where a pool's answers, grades and score on a folder's questions lie. What the search reads holds nothing of unseen takers. */
export function poolFolder(folder: string, pool: TakerPool): string {
  return pool === "search" ? folder : `${folder}/unseen`;
}
