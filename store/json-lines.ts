/** JSON lines: one JSON document a line, each ended by a line feed. */
import type { z } from "zod";
import { canonicalJson } from "../config/canonical-json.js";
import { type ContentLocation, decodeText, invalidContent, parseJson, shapeProblem } from "./content.js";
import type { ArtifactRef, Store } from "./store.js";

/** @throws StoreError `NOT_FOUND`, or `INVALID_CONTENT` naming the first line that is not what `schema` describes */
export async function readJsonLines<Line>(store: Store, key: string, schema: z.ZodType<Line>): Promise<Line[]> {
  const location = { uri: store.uri, key };
  return parseJsonLines(decodeText(location, await store.get(key)), schema, location);
}

/**
 * Writes all lines or none, with sorted keys: equal lines make equal objects.
 *
 * @param schema where given, the lines are checked against it first
 * @throws StoreError `INVALID_CONTENT`
 */
export async function writeJsonLines<Line>(
  store: Store,
  key: string,
  lines: readonly Line[],
  schema?: z.ZodType<Line>,
): Promise<ArtifactRef> {
  const texts = lines.map((line, index) => {
    const checked = schema?.safeParse(line);
    if (checked?.success === false) {
      throw invalidContent({ uri: store.uri, key, line: index + 1 }, shapeProblem(checked.error));
    }
    return `${canonicalJson(line)}\n`;
  });
  return store.put(key, texts.join(""));
}

/** @param location what errors name */
export function parseJsonLines<Line>(text: string, schema: z.ZodType<Line>, location: ContentLocation): Line[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => {
    const at = { ...location, line: index + 1 };
    const result = schema.safeParse(parseJson(at, line));
    if (!result.success) throw invalidContent(at, shapeProblem(result.error));
    return result.data;
  });
}
