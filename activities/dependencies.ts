import type { EndpointTakerConfig } from "../config/model-schema.js";
import type { RunConfig } from "../config/schema.js";
import type { Grader } from "../models/graders/grader.js";
import type { EmbeddedModel } from "../models/onnx/embedded-model.js";
import type { Endpoint } from "../models/openai/endpoint.js";
import type { Store } from "../store/store.js";
import type { Objective } from "../swarm/objectives/objective.js";
import type { RunInputs, RunRef } from "./run/run-inputs.js";

/** A run as activities see it: opened once in a worker and kept. */
export interface RunContext {
  readonly runId: string;
  readonly store: Store;
  readonly config: RunConfig;
  readonly inputs: RunInputs;
  /** Modules that may be imported for it: those of its {@link RunRef}. */
  readonly modules?: RunRef["modules"];
  readonly grader: Grader;
  /** What the run maximises. Reading it throws where it takes a module of the user's own that its {@link RunRef} does not name. */
  readonly objective: Objective;
}

/** What activities need from the process that they run in. */
export interface ActivityDependencies {
  openRun(run: RunRef): Promise<RunContext>;
  /** The embedded model of a bundle; one for each bundle in a process. */
  openModel(base: string): Promise<EmbeddedModel>;
  /** The endpoint of a test taker, with the limits that it has in this process. Throws EndpointError where its key is missing. */
  openEndpoint(taker: EndpointTakerConfig): Endpoint;
}
