/** Reading what stored objects hold. */
import type { z } from "zod";
import { StoreError } from "./store-error.js";

export interface ContentLocation {
  readonly uri: string;
  readonly key: string;
  /** From 1. */
  readonly line?: number;
}

export function invalidContent({ uri, key, line }: ContentLocation, problem: string): StoreError {
  return new StoreError({
    code: "INVALID_CONTENT",
    uri,
    key: line === undefined ? key : `${key}, line ${line}`,
    problem,
  });
}

/** @throws StoreError `INVALID_CONTENT` */
export function decodeText(location: ContentLocation, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidContent(location, "this is not UTF-8 text");
  }
}

/** @throws StoreError `INVALID_CONTENT` */
export function parseJson(location: ContentLocation, content: Uint8Array | string): unknown {
  const text = typeof content === "string" ? content : decodeText(location, content);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidContent(location, `this is not JSON: ${(error as SyntaxError).message.replace(/\s+/g, " ")}`);
  }
}

/** What is wrong with a value, in one line. */
export function shapeProblem(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`))
    .join("; ");
}
