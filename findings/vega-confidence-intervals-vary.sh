#!/usr/bin/env bash
# vega 6.4.0 with vega-lite 6.4.3: a picture with extent "ci" is another picture each time it is drawn.
#
# Needs Node and npm.
# Guess: a chart is a function of its specification and its data, so two renderings are the same bytes; a 95 % interval of a mean is computed
#   from the mean and its deviation.
# Seen: the intervals are a bootstrap of 1,000 resamples with Math.random, drawn anew for each view. Two renderings of one
#   specification differ, and so does what data the view holds. extent "stderr" and "stdev" do not vary. A specification has no field for
#   a seed; setRandom(randomLCG(SEED)) of vega is for the whole process and has to be called before each view, as every view draws on.
# Output seen:
#   ci, twice: differ
#   stderr, twice: same
#   ci, one seed for both: differ
#   ci, seeded before each: same
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund vega@6.4.0 vega-lite@6.4.3
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { parse, randomLCG, setRandom, View } from "vega";
import { compile } from "vega-lite";

const values = Array.from({ length: 40 }, (_, index) => ({ iteration: index % 4, score: ((index * 37) % 101) / 101 }));

async function draw(extent) {
  const { spec } = compile({
    data: { values },
    mark: { type: "errorband", extent },
    encoding: { x: { field: "iteration", type: "quantitative" }, y: { field: "score", type: "quantitative" } },
  });
  return new View(parse(spec), { renderer: "none" }).toSVG();
}

const seen = {};
seen["ci, twice"] = (await draw("ci")) === (await draw("ci"));
seen["stderr, twice"] = (await draw("stderr")) === (await draw("stderr"));
setRandom(randomLCG(7));
seen["ci, one seed for both"] = (await draw("ci")) === (await draw("ci"));
setRandom(randomLCG(7));
const first = await draw("ci");
setRandom(randomLCG(7));
seen["ci, seeded before each"] = first === (await draw("ci"));
for (const [name, same] of Object.entries(seen)) console.log(`${name}: ${same ? "same" : "differ"}`);
assert.deepEqual(Object.values(seen), [false, true, false, true]);
END
node run.mjs
