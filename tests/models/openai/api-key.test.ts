import { describe, expect, it } from "vitest";
import { excerpt, readApiKey } from "../../../models/openai/api-key.js";

describe("an endpoint's key", () => {
  it("is read from the variable that the config names", () => {
    expect(readApiKey("THE_KEY", { THE_KEY: "sk-1234" })).toBe("sk-1234");
    expect(readApiKey(undefined, { THE_KEY: "sk-1234" })).toBeUndefined();
  });

  it.each([undefined, ""])("that is %j is missing", (value) => {
    expect(() => readApiKey("THE_KEY", { THE_KEY: value })).toThrow(
      expect.objectContaining({ code: "MISSING_KEY", message: expect.stringContaining("THE_KEY") as unknown }),
    );
  });

  it.each(["sk-12\n34", "sk-1234 ", "sk-1234é"])(
    "that cannot be sent (%j) is an error that does not quote it",
    (value) => {
      expect(() => readApiKey("THE_KEY", { THE_KEY: value })).toThrow(
        expect.objectContaining({ code: "INVALID_KEY", message: expect.not.stringContaining("1234") as unknown }),
      );
    },
  );
});

describe("an excerpt of what a server said", () => {
  it("is one line without the key", () => {
    expect(excerpt("you sent\n  sk-1234, and sk-1234", "sk-1234")).toMatch(/^you sent \S.*[^4]$/);
    expect(excerpt("you sent\n  sk-1234, and sk-1234", "sk-1234")).not.toContain("sk-1234");
  });

  it("is short, and holds no part of a key at its end", () => {
    const text = `${"x".repeat(296)}sk-1234`;
    expect(excerpt(text, "sk-1234")).not.toContain("sk-1");
    expect(excerpt("y".repeat(5000), undefined).length).toBeLessThan(400);
  });

  it("keeps a placeholder that is no secret", () => {
    expect(excerpt("exit", "x")).toBe("exit");
  });
});
