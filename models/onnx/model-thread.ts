/** Entry of a model thread: holds one bundle and answers one request at a time. */
import { parentPort, workerData } from "node:worker_threads";
import type { Bundle } from "./bundle.js";
import { embed } from "./embed.js";
import { generate } from "./generate.js";
import { OpenedModel } from "./opened-model.js";
import {
  describeFailure,
  type RequestName,
  SharedWork,
  type ThreadCall,
  type ThreadReply,
  type ThreadRequests,
} from "./thread-requests.js";
import { trainAdapter } from "./train-adapter.js";

type Handlers = {
  readonly [Name in RequestName]: (
    model: OpenedModel,
    input: ThreadRequests[Name]["input"],
    report: (report: ThreadRequests[Name]["report"]) => void,
  ) => Promise<ThreadRequests[Name]["output"]>;
};

const handlers: Handlers = {
  generate: async (model, { requests, order, adapter, sampling, shared }, report) => {
    const work = new SharedWork(shared);
    await generate(model, {
      requests,
      adapter,
      sampling,
      claim: () => order[work.next()],
      finish: (request, generation) => report({ request, generation }),
      stopped: () => work.stopped,
    });
    return undefined;
  },
  embed: (model, input) => embed(model, input),
  train: (model, { shared, ...input }, report) => {
    const work = new SharedWork(shared);
    return trainAdapter(model, {
      ...input,
      progress: (progress) => report({ progress }),
      checkpoint: (checkpoint) => report({ checkpoint }),
      stopped: () => work.stopped,
    });
  },
};

const port = parentPort!;
const opened = OpenedModel.open((workerData as { bundle: Bundle }).bundle);

async function answer<Name extends RequestName>({ name, input }: ThreadCall<Name>): Promise<void> {
  try {
    const output = await handlers[name](await opened, input, (report) => reply({ kind: "report", report }));
    reply({ kind: "done", output });
  } catch (error) {
    reply({ kind: "failed", error: describeFailure(error) });
  }
}

function reply(message: ThreadReply): void {
  port.postMessage(message);
}

// An error in opening is told to each caller.
opened.catch(() => {});
port.on("message", (call: ThreadCall) => void answer(call));
