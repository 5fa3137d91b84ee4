import picocolors from "picocolors";
import type { Phase, RunStatus } from "../../workflows/messages.js";
import type { PendingActivity } from "../pending-activities.js";
import { bar, sparkline } from "./bar.js";
import { describeFailing } from "./failing-lines.js";
import { change, count, duration, score } from "./format.js";
import { runLines } from "./run-lines.js";
import { workUnderWay } from "../work-under-way.js";
import { takerLines } from "./taker-lines.js";
import { bestSoFar, initialBest, scoreRange, searchTimeLeft, trajectory } from "./trajectory.js";
import { describeWork } from "./work-lines.js";

export interface RenderOptions {
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** What workers have been asked for. */
  readonly activities?: readonly PendingActivity[];
}

type Colors = ReturnType<typeof picocolors.createColors>;

const LONGEST_BAR = 30;
const LONGEST_TREND = 40;
const LATEST_ROUNDS = 10;

/** A run as a block of lines, to be redrawn in place. No line is wider than `width`. */
export function renderStatus(status: RunStatus, options: RenderOptions): string {
  const { runId, now, width, color, activities = [] } = options;
  const colors = picocolors.createColors(color);
  const lines = [
    ...header(status, { runId, now, width, colors }),
    ...describeFailing(activities, now).flatMap((line) => wrapped(`failing: ${line}`, width).map(colors.red)),
    ...stageLines(status, width, colors),
    ...workUnderWay(activities).map((work) => colors.dim(cut(`  ${describeWork(work)}`, width))),
    ...scoreLines(status, width, colors),
    ...(status.takers === undefined ? [] : takerLines(status.takers, width, colors)),
    ...footer(status, now, width, colors),
  ];
  return lines.join("\n");
}

/** What the run is doing, in words. */
export function describePhase({
  phase,
  method,
  iteration,
  maxIterations,
}: Pick<RunStatus, "phase" | "method" | "iteration" | "maxIterations">): string {
  const isBaseline = method !== undefined;
  const words: Record<Phase, string> = {
    start: isBaseline ? "preparing" : "making the initial generators",
    runs:
      maxIterations === 0
        ? "drawing hyperparameters"
        : `trying hyperparameters, ${iteration} of ${maxIterations} runs done`,
    search: `searching, ${isBaseline ? "round" : "iteration"} ${iteration} of ${maxIterations}`,
    measure: "measuring on fresh questions",
    compare: "training takers to compare with",
    finish: "writing result and report",
  };
  return words[phase];
}

/** What comes of a request to stop. */
export function stopLine({ runs, method }: Pick<RunStatus, "runs" | "method">): string {
  if (method !== undefined) return "stops after this round";
  return runs === undefined ? "stops after this iteration" : "stops after this iteration of the runs under way";
}

interface Part {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

function header(
  status: RunStatus,
  { runId, now, width, colors }: { runId: string; now: number; width: number; colors: Colors },
): string[] {
  const { method, objective, stagnation, patience, phase, waitingFor, stopRequested } = status;
  const parts: Part[] = [
    { text: runId, paint: colors.bold },
    ...(method === undefined ? [] : [{ text: method }]),
    { text: objective, paint: colors.cyan },
    { text: describePhase(status) },
    ...(phase === "search" && stagnation > 0 ? [{ text: `${stagnation} of ${patience} without a new best` }] : []),
    { text: duration(now - status.startedAt), paint: colors.dim },
  ];
  const states = [waitingFor === null ? [] : [`waiting for: ${waitingFor}`], stopRequested ? [stopLine(status)] : []];
  return [
    joined(
      parts.filter(({ text }) => text !== ""),
      width,
    ),
    ...states.flat().map((text) => colors.yellow(cut(`  ${text}`, width))),
  ];
}

function stageLines({ stages }: RunStatus, width: number, colors: Colors): string[] {
  const label = 11;
  const longestBar = Math.min(LONGEST_BAR, width - label - 16);
  return stages
    .filter(({ of }) => of > 0)
    .map(({ stage, done, of }) => {
      const figures = `${done}/${of}`;
      if (longestBar < 4) return cut(`  ${stage} ${figures}`, width);
      const drawn = bar(done, of, longestBar);
      return `  ${stage.padEnd(label)} ${done >= of ? colors.green(drawn) : drawn} ${colors.dim(figures)}`;
    });
}

function scoreLines(status: RunStatus, width: number, colors: Colors): string[] {
  if (status.runs !== undefined) return runLines(status.runs, width, colors);
  return status.method === undefined ? particleLines(status, width, colors) : roundLines(status, width, colors);
}

/** Of a baseline: what it held after each of the latest rounds. */
function roundLines({ iterations }: RunStatus, width: number, colors: Colors): string[] {
  const rows = iterations
    .slice(-LATEST_ROUNDS)
    .map(({ iteration, scores: [now = null] }) =>
      cut(`  round ${String(iteration).padEnd(5)} ${score(now).padStart(7)}`, width),
    );
  return rows.length === 0
    ? []
    : ["", colors.dim(cut(`  ${"after".padEnd(11)} ${"score".padStart(7)}`, width)), ...rows];
}

function particleLines(status: RunStatus, width: number, colors: Colors): string[] {
  const { iterations, bestParticle } = status;
  const latest = iterations.at(-1);
  if (latest === undefined) return [];
  const range = scoreRange(status);
  const room = Math.min(LONGEST_TREND, width - 42);
  const heading = `  ${"generator".padEnd(11)} ${"initial".padStart(7)} ${"now".padStart(7)} ${"change".padStart(7)}${room < 5 ? "" : "  trend"}`;
  const rows = latest.scores.map((now, particle) => {
    const scores = trajectory(status, particle);
    const first = scores[0] ?? null;
    const difference = now === null || first === null ? null : now - first;
    const mark = particle === bestParticle ? "★" : " ";
    const name = `${particle} ${mark}`.padEnd(11);
    const changed = (difference === null ? "–" : change(difference)).padStart(7);
    const paint = difference === null || difference === 0 ? colors.dim : difference > 0 ? colors.green : colors.red;
    const trend = room < 5 ? "" : `  ${colors.cyan(sparkline(scores.slice(-room), range).trimEnd())}`;
    return `  ${particle === bestParticle ? colors.bold(name) : name} ${score(first).padStart(7)} ${score(now).padStart(7)} ${paint(changed)}${trend}`;
  });
  return ["", colors.dim(cut(heading, width)), ...rows];
}

function footer(status: RunStatus, now: number, width: number, colors: Colors): string[] {
  const { usage } = status;
  const [best, initial] = [bestSoFar(status), initialBest(status)];
  const left = searchTimeLeft(status, now);
  const scores: Part[] =
    best === null
      ? []
      : [
          { text: `best so far ${score(best)}`, paint: colors.bold },
          { text: `${status.method === undefined ? "initial best" : "first"} ${score(initial)}` },
          ...(initial === null
            ? []
            : [{ text: change(best - initial), paint: best > initial ? colors.green : colors.dim }]),
        ];
  const figures: Part[] = [
    ...(usage.questions > 0
      ? [{ text: `${count(usage.questions)} questions` }, { text: `${count(usage.tokens)} tokens` }]
      : []),
    ...(usage.usd > 0 ? [{ text: `${usage.usd.toFixed(2)} USD` }] : []),
    ...(left === null ? [] : [{ text: `search ends in about ${duration(left)}`, paint: colors.cyan }]),
  ];
  const lines = [scores, figures].filter((parts) => parts.length > 0).map((parts) => `  ${joined(parts, width - 2)}`);
  return lines.length === 0 ? [] : ["", ...lines];
}

/** As many parts as fit, painted after the cutting so that no colour code is cut in two. */
function joined(parts: readonly Part[], width: number): string {
  const separator = " · ";
  let room = width;
  const shown: string[] = [];
  for (const { text, paint = (plain: string) => plain } of parts) {
    const needed = text.length + (shown.length === 0 ? 0 : separator.length);
    if (needed > room) {
      if (shown.length === 0) shown.push(paint(cut(text, width)));
      break;
    }
    shown.push(paint(text));
    room -= needed;
  }
  return shown.join(separator);
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** On as many lines as it takes, broken between words, each indented. */
function wrapped(text: string, width: number): string[] {
  const room = Math.max(1, width - 4);
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(cut(word, room));
  }
  return lines.map((line, index) => `${index === 0 ? "  " : "    "}${line}`);
}
