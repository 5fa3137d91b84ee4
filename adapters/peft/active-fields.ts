import { canonicalJson } from "../../config/canonical-json.js";
import type { AdapterConfig } from "./config.js";
import { type Field, FIELDS, UNKNOWN_FIELD } from "./fields.js";
import { effectOnBase, leavesBase } from "./initialisation.js";

const INITIALISATION = "init_lora_weights";

/** A field that says something about the weights. */
export interface ActiveField {
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
}

/** The fields of a configuration whose value makes a difference, in ascending order of name. */
export function activeFields(config: AdapterConfig): ActiveField[] {
  const given: Readonly<Record<string, unknown>> = config;
  const active = Object.keys(given).filter((name) => isActive(name, given));
  return active.sort().map((name) => {
    const [field, value] = [fieldOf(name), given[name]];
    return { name, value, field: name === INITIALISATION ? { ...field, effect: effectOnBase(value) } : field };
  });
}

/** Equal for two values of a field that mean the same. */
export function textOf({ field: { order }, value }: ActiveField): string {
  if (order === "counts") return JSON.stringify(value);
  if (order === "means nothing" && Array.isArray(value)) return canonicalJson(value.toSorted());
  return canonicalJson(value);
}

function fieldOf(name: string): Field {
  return (Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined) ?? UNKNOWN_FIELD;
}

function isActive(name: string, given: Readonly<Record<string, unknown>>): boolean {
  const value = given[name];
  const { kind, onlyWith, method } = fieldOf(name);
  if (kind === "note" || value === undefined || value === null || value === false) return false;
  if (onlyWith !== undefined && !isActive(onlyWith, given)) return false;
  if (name === INITIALISATION) return !leavesBase(value);
  if (name === "bias") return value !== "none";
  if (typeof value === "object" && Object.keys(value).length === 0) return method === true;
  return value !== "";
}
