#!/usr/bin/env bash
# simple-statistics 7.12.1: the normal distribution function is a printed table, and the table ends at 3.09.
#
# Needs Node and npm.
# Guess: cumulativeStdNormalProbability(z) is the normal distribution function to about the precision of a double or of an error function,
#   so that 2 * cumulativeStdNormalProbability(-5) is the two-sided p of a z test, 5.7e-7.
# Seen: z is rounded to two decimals and looked up. From |z| = 3.09 on the answer is 0.001 or 0.999, so that no two-sided p falls below
#   0.002, whatever the evidence; a correction for many tests, or a threshold of 0.001, can then never pass. Near 1.96 the p of two
#   different z is the same. errorFunction() of the same library is not cut: 1 + errorFunction(-5 / sqrt(2)) is 5.7e-7.
# Output seen:
#   z = -1.961 and -1.964: p = 0.05 and 0.05
#   z = -3.5, -5, -8: p = 0.002, 0.002, 0.002
#   by errorFunction: 0.000465, 5.73e-7, 1.22e-15
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund simple-statistics@7.12.1
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { cumulativeStdNormalProbability, errorFunction } from "simple-statistics";

const p = (z) => Number((2 * cumulativeStdNormalProbability(z)).toPrecision(3));
const exact = (z) => Number((1 + errorFunction(z / Math.SQRT2)).toPrecision(3));
console.log(`z = -1.961 and -1.964: p = ${p(-1.961)} and ${p(-1.964)}`);
console.log(`z = -3.5, -5, -8: p = ${p(-3.5)}, ${p(-5)}, ${p(-8)}`);
console.log(`by errorFunction: ${exact(-3.5)}, ${exact(-5)}, ${exact(-8)}`);
assert.equal(cumulativeStdNormalProbability(-1.961), cumulativeStdNormalProbability(-1.964));
for (const z of [-3.5, -5, -8]) assert.equal(p(z), 0.002);
assert.ok(exact(-5) < 1e-6);
END
node run.mjs
