import { describe, expect, it } from "vitest";
import { openTokenizer } from "../../../models/onnx/tokenizer.js";
import { BUNDLES, readGolden } from "./golden.js";

describe.each(["tiny", "small"] as const)("the tokenizer of the %s bundle", (name) => {
  it("encodes as the Python tokenizer does", async () => {
    const tokenizer = await openTokenizer({ directory: BUNDLES[name] });
    const { encodings } = await readGolden(name);
    for (const { text, ids } of encodings) expect(tokenizer.encode(text), JSON.stringify(text)).toEqual(ids);
  });

  it("gives a text back after encoding and decoding it", async () => {
    const tokenizer = await openTokenizer({ directory: BUNDLES[name] });
    const { encodings } = await readGolden(name);
    for (const { text } of encodings) {
      if (!/<\w+>/.test(text)) expect(tokenizer.decode(tokenizer.encodeContinuation(text))).toBe(text);
    }
  });
});
