import { createLogUpdate } from "log-update";
import picocolors from "picocolors";
import type { RunStatus } from "../../workflows/messages.js";
import { isInteractive } from "../output.js";
import type { PendingActivity } from "../pending-activities.js";
import { newFailingLines } from "./failing-lines.js";
import { plainLines } from "./plain-lines.js";
import { renderStatus } from "./render-status.js";
import { workUnderWay } from "../work-under-way.js";
import { WorkLines } from "./work-lines.js";

/** Shows a run on standard error while it goes on. */
export interface ProgressView {
  show(status: RunStatus, activities: readonly PendingActivity[]): void;
  /** A line that stays. */
  say(line: string): void;
  /** Leaves what is drawn as it is. */
  end(): void;
}

const REDRAW_MILLISECONDS = 250;

/** A block that is redrawn on a terminal; plain lines elsewhere and where machines read. */
export function openProgressView({ runId, json }: { readonly runId: string; readonly json: boolean }): ProgressView {
  return isInteractive() && !json ? blockView(runId) : lineView();
}

function lineView(): ProgressView {
  let previous: RunStatus | undefined;
  let before: readonly PendingActivity[] = [];
  const workLines = new WorkLines();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  return {
    show: (status, activities) => {
      for (const line of plainLines(previous, status)) say(line);
      for (const line of newFailingLines(before, activities, Date.now())) say(line);
      for (const line of workLines.next(workUnderWay(activities), Date.now())) say(line);
      previous = status;
      before = activities;
    },
    say,
    end: () => undefined,
  };
}

function blockView(runId: string): ProgressView {
  const draw = createLogUpdate(process.stderr, { showCursor: true });
  let latest: RunStatus | undefined;
  let activities: readonly PendingActivity[] = [];
  const redraw = (): void => {
    if (latest === undefined) return;
    const width = (process.stderr.columns || 80) - 1;
    draw(renderStatus(latest, { runId, now: Date.now(), width, color: picocolors.isColorSupported, activities }));
  };
  // Times go on between two answers of the server.
  const timer = setInterval(redraw, REDRAW_MILLISECONDS);
  timer.unref();
  return {
    show: (status, underWay) => {
      latest = status;
      activities = underWay;
      redraw();
    },
    say: (line) => {
      draw.clear();
      process.stderr.write(`${line}\n`);
      redraw();
    },
    end: () => {
      clearInterval(timer);
      draw.done();
    },
  };
}
