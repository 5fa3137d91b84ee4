import type { RunRef } from "../../activities/run/run-inputs.js";
import type { SampleSummary } from "../../activities/sample-questions.js";
import type { Writer } from "../../activities/sampling/writer.js";
import type { RandomKey } from "../../swarm/random.js";
import { cpu, gpu } from "../activity-options.js";

export interface Writing {
  readonly run: RunRef;
  readonly writer: Writer;
  /** Where the questions go. */
  readonly folder: string;
  readonly random: RandomKey;
  /** Valid new questions wanted. */
  readonly count: number;
  /** Whether other runs may have the same written. */
  readonly share?: boolean | undefined;
}

/** Has a baseline's writer write. */
export function write({ writer, ...wanted }: Writing): Promise<SampleSummary> {
  const { share: _, ...drawn } = wanted;
  switch (writer.kind) {
    case "split":
      return cpu.drawSplit({ ...drawn, split: writer.split });
    case "generators":
      return gpu.sampleMixture({ ...wanted, adapters: writer.adapters, counts: "valid" });
    case "model": {
      const { adapter, examples } = writer;
      return gpu.sampleQuestions({
        ...wanted,
        adapter,
        cluster: null,
        examples: examples === null ? undefined : [examples],
        counts: "valid",
      });
    }
  }
}
