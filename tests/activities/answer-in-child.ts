/** Answers from the endpoint of the second argument into the store of the first, until it is done or killed: as many questions, so many at once. */
import { MockActivityEnvironment } from "@temporalio/testing";
import { answerQuestions } from "../../activities/answer-questions.js";
import { endpointRun, questions, REQUEST } from "./endpoint-run.js";

const [directory = "", endpoint = "", count = "", concurrency = ""] = process.argv.slice(2);
const taker = { endpoint, concurrency: Number(concurrency) };
const { dependencies } = await endpointRun(directory, taker, {}, questions(Number(count)));
await new MockActivityEnvironment().run(answerQuestions, dependencies, REQUEST);
