/** The test takers of an adversarial swarm, for whoever watches. */
import Table from "cli-table3";
import type picocolors from "picocolors";
import { adversarialSentences, trainingName } from "../../report/adversarial.js";
import type { AdversarialResult, TakerIteration } from "../../report/adversarial-result.js";
import type { FreshScore } from "../../report/result.js";
import type { MovingTakers } from "../../workflows/messages.js";
import { change, percent, score } from "./format.js";

type Colors = ReturnType<typeof picocolors.createColors>;

/** What the swarm of test takers came to: a table of test performance, then sentences. */
export function summaryOfTakers(result: AdversarialResult, color: boolean): string[] {
  const { best, comparisons, initial } = result;
  const table = new Table({
    head: ["learnt from", "right", "low", "high", "questions"],
    colAligns: ["left", "right", "right", "right", "right"],
    style: color ? { head: ["bold"], border: ["gray"], compact: true } : { head: [], border: [], compact: true },
  });
  const row = (name: string, { score: right, low, high }: FreshScore, learnt = ""): void => {
    table.push([name, ...[right, low, high].map((value) => (value === null ? "–" : rounded(value))), learnt]);
  };
  row(`best taker (${best.taker}, iteration ${best.iteration})`, best.test);
  for (const { training, test, questions } of comparisons)
    row(trainingName(training), test, training === "base-model" ? "" : String(questions));
  for (const { taker, test } of initial) row(`${taker} as it was`, test);
  return [
    "test takers, on questions that took no part before (95 % intervals):",
    table.toString(),
    ...adversarialSentences(result),
  ];
}

/** Each taker on the window and on held-out questions, now and against the start. No line is wider than `width`. */
export function takerLines({ names, iterations, best }: MovingTakers, width: number, colors: Colors): string[] {
  const [first, last] = [iterations[0], iterations.at(-1)];
  if (first === undefined || last === undefined) return [];
  const room = Math.max(...names.map((name) => name.length), "taker".length) + 2;
  const line = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(room)} ${cells.map((cell) => cell.padStart(9)).join("")}`.slice(0, width);
  const rows = names.map((name, index) => {
    const now = last.heldOut[index]!;
    const gained = change(now - first.heldOut[index]!);
    const row = line(`${name}${index === best ? " ★" : ""}`, [score(last.window[index]), score(now), gained]);
    return index === best ? colors.bold(row) : row;
  });
  return ["", colors.dim(line("taker", ["window", "held-out", "change"])), ...rows];
}

/** An iteration of the takers as a line for logs. */
export function describeTakers({ iteration, window, heldOut }: TakerIteration): string {
  const who = iteration === 0 ? "initial takers" : `takers of iteration ${iteration}`;
  return `${who}: window ${window.map(score).join(" ")}, held-out ${heldOut.map(score).join(" ")}`;
}

function rounded(share: number): string {
  return percent(Math.round(share * 1000) / 1000);
}
