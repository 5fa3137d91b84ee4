/** Answers from the endpoint of the second argument into the store of the first, until it is done or killed. */
import { MockActivityEnvironment } from "@temporalio/testing";
import { answerQuestions } from "../../activities/answer-questions.js";
import { endpointRun, REQUEST } from "./endpoint-run.js";

const [directory = "", endpoint = ""] = process.argv.slice(2);
const { dependencies } = await endpointRun(directory, { endpoint, concurrency: 4 });
await new MockActivityEnvironment().run(answerQuestions, dependencies, REQUEST);
