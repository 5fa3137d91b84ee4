import { adversarialSentences } from "./adversarial.js";
import * as format from "./format.js";
import { flatterySentence, foundSentence, headlineOf, outcomeSentences, stopSentence, VERDICTS } from "./headline.js";
import { describePointCost } from "./point-cost.js";
import type { FreshScore, RunResult } from "./result.js";
import { describeShared } from "./shared-work.js";
import { winnerSentence } from "./searched-runs.js";
import { unseenSentences } from "./unseen.js";
import { clusterSentence } from "./winning-cluster.js";

/** The headline of a report as Markdown, readable as plain text too. */
export function renderSummary(result: RunResult): string {
  const { best, usage } = result;
  const shared = describeShared(usage);
  const pointCost = describePointCost(result);
  const { verdict, pValue } = headlineOf(result);
  const sentences = [
    ...outcomeSentences(result),
    flatterySentence(result),
    ...(result.search === undefined ? [] : [winnerSentence(result.search)]),
    foundSentence(result),
    clusterSentence(result),
    stopSentence(result),
  ];
  const facts = [
    ...(best === null
      ? []
      : [
          `Valid rate ${format.percent(best.validRate)}, novel rate ${format.percent(best.novelRate)}${pValue === null ? "" : `, one-tailed ${format.probability(pValue)}`}`,
        ]),
    `${format.count(usage.questions)} questions, ${format.count(usage.tokens)} tokens, ${format.count(usage.calls)} calls, ${format.dollars(usage.usd)}, ${format.duration(totalSeconds(result))} over all stages`,
    ...(shared === undefined ? [] : [`Taken from other runs: ${shared}`]),
    ...(pointCost === undefined ? [] : [`Cost per point gained: ${pointCost}`]),
    `Run \`${result.runId}\`, digest \`${result.digest}\``,
  ];
  const blocks = [
    `# ${VERDICTS[verdict]}: ${result.objective}`,
    sentences.filter((sentence) => sentence !== undefined).join(" "),
    freshTable(result),
    ...unseenBlocks(result),
    ...(result.adversarial === undefined ? [] : [adversarialSentences(result.adversarial).join(" ")]),
    facts.map((fact) => `- ${fact}`).join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function freshTable({ best, initial }: Pick<RunResult, "best" | "initial">): string {
  const name = best === null ? "" : `best (particle ${best.particle}, iteration ${best.iteration})`;
  return table("fresh score", [...(best === null ? [] : [row(name, best.fresh)]), ...initialRows(initial)]);
}

/** What unseen test takers say: the sentences and a table of their own; nothing where there are none. */
function unseenBlocks(result: RunResult): string[] {
  const { unseen } = result;
  if (unseen === null) return [];
  const { best, initial } = unseen;
  const rows = [...(best === null ? [] : [row("best", best.fresh)]), ...initialRows(initial)];
  return [unseenSentences(result).join(" "), table("score on unseen test takers", rows)];
}

function table(score: string, rows: readonly string[]): string {
  return [`| generator | ${score} | 95 % interval | questions |`, "|---|---:|---:|---:|", ...rows].join("\n");
}

function initialRows(initial: RunResult["initial"]): string[] {
  return initial.map(({ particle, fresh }) => row(`initial ${particle}`, fresh));
}

function row(name: string, { score, low, high, questions }: FreshScore): string {
  return `| ${name} | ${format.score(score)} | ${format.interval(low, high)} | ${format.count(questions)} |`;
}

function totalSeconds({ usage }: RunResult): number {
  return Object.values(usage.seconds).reduce((sum, value) => sum + value, 0);
}
