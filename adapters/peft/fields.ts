/**
 * What each field of `adapter_config.json` means for the weights beside it.
 * Source: `PeftConfig` and `LoraConfig` of PEFT 0.21.2 (`peft/config.py`; `config.py`, `layer.py` and `variants.py` of
 * `peft/tuners/lora`), and two fields that PEFT 0.2 wrote. `tests/adapters/peft` holds the table against that source.
 */

/** From what every use of an adapter honours to what only an update among adapters of equal fields does. */
export type FieldKind =
  /** Of the model, of training, or told by the names and shapes of the tensors as well. */
  | "note"
  /** One number for all modules. */
  | "size"
  /** Ranks and scales: B A of a module is multiplied with another number, or lies on another module. */
  | "scaling"
  /** There are tensors that are not A and B of one matrix of the base model. */
  | "tensors"
  /** B A is not added to the base model as it is. */
  | "space";

export interface Field {
  readonly kind: FieldKind;
  /** What the field makes of the adapter, and what to do. */
  readonly effect?: string;
  /** The field says something only where that one does. */
  readonly onlyWith?: string;
  /** Whether the order of a list's or an object's members says something; if not told, that of a list does. */
  readonly order?: "counts" | "means nothing";
  /** An empty object is the method with its defaults. */
  readonly method?: true;
}

const note: Field = { kind: "note" };

export const FIELDS: Readonly<Record<string, Field>> = {
  task_type: note,
  peft_type: note,
  auto_mapping: note,
  peft_version: note,
  base_model_name_or_path: note,
  revision: note,
  inference_mode: note,

  r: { kind: "size" },
  lora_alpha: { kind: "size" },
  use_rslora: { kind: "scaling" },
  rank_pattern: { kind: "scaling", order: "counts" },
  alpha_pattern: { kind: "scaling", order: "counts" },
  fan_in_fan_out: { kind: "scaling" },
  layer_replication: { kind: "scaling", effect: "the model has some of its layers twice" },

  // Which modules there are, the names of the tensors tell.
  target_modules: note,
  exclude_modules: note,
  layers_to_transform: note,
  layers_pattern: note,

  bias: { kind: "tensors" },
  lora_bias: { kind: "tensors" },
  modules_to_save: { kind: "tensors", order: "means nothing" },
  trainable_token_indices: { kind: "tensors" },
  ensure_weight_tying: { kind: "tensors", effect: "several modules share tensors" },
  target_parameters: { kind: "tensors", order: "means nothing", effect: "A and B are stacks of one pair an expert" },
  use_bdlora: { kind: "tensors", method: true, effect: "A or B is stored as the blocks of its diagonal" },

  init_lora_weights: { kind: "space" },
  loftq_config: { kind: "space", onlyWith: "init_lora_weights" },
  corda_config: { kind: "space", onlyWith: "init_lora_weights" },
  lora_ga_config: { kind: "space", onlyWith: "init_lora_weights" },
  use_dora: { kind: "space", effect: "columns are brought to trained lengths" },
  alora_invocation_tokens: { kind: "space", effect: "B A counts only from certain tokens on" },
  use_qalora: { kind: "space", effect: "A takes means of groups of inputs" },
  qalora_group_size: { kind: "space", onlyWith: "use_qalora" },
  monteclora_config: { kind: "space", method: true, effect: "B A is drawn at random around its mean" },
  arrow_config: { kind: "space", method: true, effect: "every token chooses among several adapters" },
  kasa_config: {
    kind: "space",
    method: true,
    effect: "PEFT takes small components out of the base model, and a diagonal stands between B and A",
  },

  lora_dropout: note,
  eva_config: note,
  velora_config: note, // another backward pass
  megatron_config: note,
  megatron_core: note,
  runtime_config: note,
  merge_weights: note, // PEFT 0.2
  enable_lora: { kind: "space", effect: "only parts of a fused projection have an A and a B" }, // PEFT 0.2
};

/** A field of another program or of a later PEFT. */
export const UNKNOWN_FIELD: Field = {
  kind: "space",
  effect: "no field of PEFT 0.21.2: take it out if it says nothing about the weights",
};
