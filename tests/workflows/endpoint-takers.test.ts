import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { EvaluationSummary } from "../../activities/summarise-evaluation.js";
import { prepareRun } from "../../client/stage-run.js";
import { canonicalJson } from "../../config/canonical-json.js";
import { loadConfig } from "../../config/load-config.js";
import { TASK_QUEUES, workflowId } from "../../config/queues.js";
import { graderFor } from "../../models/graders/registry.js";
import { answerPrompt } from "../../models/prompts.js";
import { keys } from "../../store/keys.js";
import type { EvaluateQuestionsInput } from "../../workflows/evaluate-questions.js";
import { writeSmallRun } from "../client/small-run.js";
import { type Behaviour, protocolError, startFakeServer, userMessage } from "../models/openai/fake-server.js";
import { SwarmEngine } from "../support/swarm-engine.js";
import { useTemporal } from "../support/temporal.js";
import { temporaryDirectory } from "../support/temporary-directory.js";

const engine = new SwarmEngine(useTemporal());
const KEY = "sk-test-0123456789abcdef";
const VARIABLE = "ENDPOINT_TEST_API_KEY";

const QUESTIONS = ["A", "B", "C", "D", "E"].map((node, index) => ({
  id: `q${index}`,
  question: `In the graph A-B-C D-E, is there a path between ${node} and ${node === "A" ? "C" : "A"}?`,
}));

/** Has a test taker answer all questions, on a real Temporal server. */
async function evaluate(id: string, endpoint: string) {
  const { config } = await writeSmallRun(join(await temporaryDirectory(), "run"));
  const taker = `{name: remote, endpoint: "${endpoint}", model: small, apiKeyVariable: ${VARIABLE}}`;
  const prepared = await prepareRun(await loadConfig(config, { id, set: [`takers.0=${taker}`] }));
  const folder = keys.fresh(id, "given");
  const { run } = await prepared.stage(async (writes) => {
    const lines = QUESTIONS.map((question) => `${canonicalJson(question)}\n`).join("");
    await writes.put(keys.questions(folder), lines);
  });
  await engine.startWorkers();
  const client = await engine.client();
  const handle = await client.workflow.start<(input: EvaluateQuestionsInput) => Promise<EvaluationSummary>>(
    "evaluateQuestions",
    { workflowId: workflowId(id), taskQueue: TASK_QUEUES.cpu, args: [{ run, folder }] },
  );
  const outcome = await handle.result().then(
    (summary) => ({ summary, error: undefined }),
    (error: unknown) => ({ summary: undefined, error }),
  );
  return { ...outcome, history: historyToJSON(await handle.fetchHistory()) };
}

/** The true answer, in the words of a chat model. */
function truth(question: string): Behaviour {
  const examined = graderFor("graphs").examine(question);
  return { text: `The answer is ${examined.valid ? examined.truth : "unknown"}.\n\nThat follows from the edges.` };
}

it("a taker behind an endpoint that fails now and then answers all questions, graded from free text", async () => {
  vi.stubEnv(VARIABLE, KEY);
  const server = await startFakeServer((request) => {
    if (request.earlier === 0) return { status: 429, headers: { "retry-after": "0.01" } };
    const asked = QUESTIONS.find(({ question }) => answerPrompt(question) === userMessage(request));
    // Four right answers of five.
    return asked === undefined || asked.id === "q4" ? { text: "I cannot tell." } : truth(asked.question);
  });
  const { summary, history } = await evaluate("endpoint-evaluation", server.url);
  expect(summary?.questions).toBe(5);
  expect(summary?.takers[0]?.performance.score).toBeCloseTo(0.8, 12);
  expect(server.requests).toHaveLength(10);
  expect(history).not.toContain(KEY);
});

it("a taker whose key is refused ends the work at once, with the server's words and without the key", async () => {
  vi.stubEnv(VARIABLE, KEY);
  const server = await startFakeServer(({ headers }) =>
    protocolError(401, `Incorrect API key provided: ${headers.authorization ?? ""}`),
  );
  const { error, history } = await evaluate("endpoint-refusal", server.url);
  expect(error).toMatchObject({ name: "WorkflowFailedError" });
  expect(history).toContain("Incorrect API key provided");
  expect(history).not.toContain(KEY);
});
