import type { TakerPool } from "../../store/keys.js";
import type { RunInputs, Taker } from "./run-inputs.js";

export function takersOf(
  { takers, unseenTakers }: Pick<RunInputs, "takers" | "unseenTakers">,
  pool: TakerPool,
): readonly Taker[] {
  return pool === "search" ? takers : unseenTakers;
}
