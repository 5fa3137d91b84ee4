import * as format from "./format.js";
import { flatterySentence, foundSentence, headlineOf, outcomeSentences, stopSentence, VERDICTS } from "./headline.js";
import type { FreshScore, RunResult } from "./result.js";

/** The headline of a report as Markdown, readable as plain text too. */
export function renderSummary(result: RunResult): string {
  const { best, usage } = result;
  const { verdict, pValue } = headlineOf(result);
  const sentences = [
    ...outcomeSentences(result),
    flatterySentence(result),
    foundSentence(result),
    stopSentence(result),
  ];
  const facts = [
    ...(best === null
      ? []
      : [
          `Valid rate ${format.percent(best.validRate)}, novel rate ${format.percent(best.novelRate)}${pValue === null ? "" : `, one-tailed ${format.probability(pValue)}`}`,
        ]),
    `${format.count(usage.questions)} questions, ${format.count(usage.tokens)} tokens, ${format.count(usage.calls)} calls, ${format.dollars(usage.usd)}, ${format.duration(totalSeconds(result))} over all stages`,
    `Run \`${result.runId}\`, digest \`${result.digest}\``,
  ];
  const blocks = [
    `# ${VERDICTS[verdict]}: ${result.objective}`,
    sentences.filter((sentence) => sentence !== undefined).join(" "),
    freshTable(result),
    facts.map((fact) => `- ${fact}`).join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function freshTable({ best, initial }: RunResult): string {
  const rows = [
    ...(best === null ? [] : [row(`best (particle ${best.particle}, iteration ${best.iteration})`, best.fresh)]),
    ...initial.map(({ particle, fresh }) => row(`initial ${particle}`, fresh)),
  ];
  return ["| generator | fresh score | 95 % interval | questions |", "|---|---:|---:|---:|", ...rows].join("\n");
}

function row(name: string, { score, low, high, questions }: FreshScore): string {
  return `| ${name} | ${format.score(score)} | ${format.interval(low, high)} | ${format.count(questions)} |`;
}

function totalSeconds({ usage }: RunResult): number {
  return Object.values(usage.seconds).reduce((sum, value) => sum + value, 0);
}
