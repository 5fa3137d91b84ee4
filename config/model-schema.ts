/** Models in a run config: generators, test takers and how takers are asked. */
import { z } from "zod";
import { chosenBy, decimal, integer, isRecord, listOf, oneOf, section, text } from "./fields.js";
import { SAMPLE_FROM } from "./sample-from.js";
import { isVariableName, VARIABLE_NAME_RULE } from "./variable-name.js";

const model = text(
  "a folder or embedded:NAME",
  /^(?!\s*$)(?!embedded:)|^embedded:[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/,
);

/** Characters of a name. */
export const LONGEST_ID = 100;

/** Also part of keys in the store. */
export const name = text(
  'a name of up to 100 letters, digits, ".", "_", "-" that begins with a letter or digit',
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
);

const embeddedTaker = section({
  name,
  /** A model bundle: a folder, or `embedded:NAME` for one that comes with the product. */
  base: model,
  /** A LoRA adapter in PEFT layout on that base. */
  adapter: model.optional(),
});

/** What the product itself decides in a request. */
const FIXED_FIELDS = ["model", "messages", "stream", "n", "seed"];

const endpointTaker = section({
  name,
  /** Base URL of an OpenAI-compatible server, such as `http://localhost:8000/v1`. */
  endpoint: z.string({ error: "an http(s) URL" }).refine(isEndpoint, {
    error: "must be an http:// or https:// URL without user, password, query, # and /chat/completions at its end",
  }),
  /** The model's name at the server. */
  model: text("the model's name at the endpoint"),
  /** NAME of the environment variable that holds the key; never the key. */
  apiKeyVariable: z
    .string({ error: "the NAME of an environment variable" })
    .refine(isVariableName, { error: VARIABLE_NAME_RULE })
    .optional(),
  /** System message; null sends none, for models that know no system role. */
  instructions: text("a text, or null for none").nullable().default("Give the final answer alone, on the first line."),
  /** The reply ends before one of these. */
  stop: listOf(z.string({ error: "a text" }).min(1, { error: "a text" }), "texts")
    .min(1, { error: "a list of at least one text" })
    .optional(),
  /** Sent with each call, plus the number of the sample. Not every server heeds it. */
  seed: integer({ from: 0, to: 2 ** 31 - 1 }).optional(),
  /** More fields of the request's body, such as `reasoning_effort`; null takes a field out. Never for secrets. */
  requestFields: z
    .record(z.string(), z.json(), { error: "a section with fields of the request" })
    .refine((fields) => !FIXED_FIELDS.some((field) => field in fields), {
      error: `must not hold ${FIXED_FIELDS.join(", ")}`,
    })
    .optional(),
  /** Calls at once of one worker process, at most; fewer while the server answers 429. */
  concurrency: integer({ from: 1, to: 256 }).default(8),
  /** For one call. Node's fetch waits no longer than 300 seconds. */
  timeoutSeconds: integer({ from: 1, to: 300 }).default(120),
  /** US dollars for a million tokens. */
  price: section({ inputPerMillion: decimal({ from: 0 }), outputPerMillion: decimal({ from: 0 }) }).optional(),
});

export type EmbeddedTakerConfig = z.infer<typeof embeddedTaker>;
export type EndpointTakerConfig = z.infer<typeof endpointTaker>;
export type TakerConfig = EmbeddedTakerConfig | EndpointTakerConfig;

export const takerSchema = chosenBy<TakerConfig>((value) =>
  isRecord(value) && ("endpoint" in value || "model" in value) && !("base" in value) ? endpointTaker : embeddedTaker,
);

/** How an adapter is trained. Section 3: 5 epochs, learning rate 2e-4, batch size 32. */
export const trainingFields = {
  epochs: integer({ from: 1, to: 1000 }).default(5),
  /** Ends the training early. */
  maximumSteps: integer({ from: 1 }).optional(),
  learningRate: decimal({ above: 0, to: 1 }).default(2e-4),
  batchSize: integer({ from: 1, to: 4096 }).default(32),
  /** "Starting learning rate" (section 3) without the rest; linear is the trainer's default in the authors' library. */
  schedule: oneOf(["constant", "linear", "cosine"]).default("linear"),
  /** Share of the steps in which the learning rate rises from 0. */
  warmUpShare: decimal({ from: 0, to: 1 }).default(0),
};

export const generatorsSchema = section({
  base: model,
  /** N, the generators that are fine-tuned, each a particle of the swarm. Section 2.1: N = 4. */
  clusters: integer({ from: 1, to: 100 }).default(4),
  /** Whether the base model itself is one particle more: where seed data is easy, being fine-tuned on it may be a handicap (docs/decisions/0013). */
  includeBase: z.boolean({ error: "true or false" }).optional(),
  /** k: examples in a prompt, and questions that it asks for. Section 3: k = 5. */
  examplesPerPrompt: integer({ from: 1, to: 100 }).default(5),
  sft: section({
    /** Section 3: 10k in-context learning instances. */
    instances: integer({ from: 1 }).default(10_000),
    ...trainingFields,
  }).prefault({}),
  /** The paper is silent; plain sampling draws from what the generator learnt. */
  sampling: section({
    temperature: decimal({ above: 0, to: 2 }).default(1),
    topP: decimal({ above: 0, to: 1 }).default(1),
    maxNewTokens: integer({ from: 1, to: 100_000 }).default(512),
    /**
     * Section 2.1 draws the examples from the particle's own cluster; the authors' code draws from all seed data. `found`: of what
     * the personal and the global best wrote, the questions that raise the objective; from the cluster as long as there are none.
     */
    from: oneOf(SAMPLE_FROM).default("cluster"),
    /** Of `found`: which of those questions are taken, those worth most; all of them where not set. */
    elite: section({
      share: decimal({ above: 0, to: 1 }),
      /** At least as many, where so many were found. */
      fewest: integer({ from: 1, to: 100_000 }).default(32),
    }).optional(),
  }).prefault({}),
});

export const answeringSchema = section({
  /** 0 is greedy. */
  temperature: decimal({ from: 0, to: 2 }).default(0),
  maxNewTokens: integer({ from: 1, to: 100_000 }).default(512),
  /** Answers of each taker to each question; their grades are averaged. */
  samples: integer({ from: 1, to: 100 }).default(1),
});

function isEndpoint(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash, pathname } = new URL(value);
  const isHttp = protocol === "http:" || protocol === "https:";
  return isHttp && `${username}${password}${search}${hash}` === "" && !/\/chat\/completions\/?$/.test(pathname);
}
