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

const TELL_MILLISECONDS = 1000;

const handlers: Handlers = {
  generate: async (model, { requests, order, adapter, sampling, shared }, report) => {
    const work = new SharedWork(shared);
    await generate(model, {
      requests,
      adapter,
      sampling,
      claim: () => order[work.next()],
      finish: (request, generation) => report({ request, generation }),
      wrote: nowAndThen((tokens) => report({ tokens })),
      stopped: () => work.stopped,
    });
    return undefined;
  },
  embed: (model, { shared, ...input }, report) => {
    const work = new SharedWork(shared);
    return embed(model, { ...input, done: (texts) => report({ texts }), stopped: () => work.stopped });
  },
  train: (model, { shared, ...input }, report) => {
    const work = new SharedWork(shared);
    return trainAdapter(model, {
      ...input,
      progress: (progress) => report({ progress }),
      part: (part) => report({ part }),
      checkpoint: (checkpoint) => report({ checkpoint }),
      stopped: () => work.stopped,
    });
  },
};

const port = parentPort!;
const opened = OpenedModel.open((workerData as { bundle: Bundle }).bundle, (graph) =>
  reply({ kind: "loading", graph }),
);

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

/** Adds counts up and tells them at most once a second: steps of small models take a millisecond. */
function nowAndThen(tell: (count: number) => void): (count: number) => void {
  let [told, sum] = [performance.now(), 0];
  return (count) => {
    sum += count;
    if (performance.now() - told < TELL_MILLISECONDS) return;
    tell(sum);
    [told, sum] = [performance.now(), 0];
  };
}

// An error in opening is told to each caller.
opened.catch(() => {});
port.on("message", (call: ThreadCall) => void answer(call));
