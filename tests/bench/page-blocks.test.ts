import { expect, it } from "vitest";
import { assemblePage, readBlocks } from "../../bench/results/page-blocks.js";

const PAGE = `# Results

What all tables have in common.

<!-- table main -->

## Main

One | two

<!-- table options -->

## Options
`;

it("a page is made again of its head and its blocks", () => {
  const blocks = readBlocks(PAGE);
  expect([...blocks]).toEqual([
    ["main", "## Main\n\nOne | two"],
    ["options", "## Options"],
  ]);
  expect(assemblePage("# Results\n\nWhat all tables have in common.", blocks)).toBe(PAGE);
});

it("a page that is not there yet has no blocks", () => {
  expect(readBlocks("")).toEqual(new Map());
});
