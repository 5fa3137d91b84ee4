#!/usr/bin/env bash
# hyparquet 1.31.5: conditions beside $or are not looked at, and a date to be equal to is equal to all.
#
# Needs Node and npm. The file is written with hyparquet-writer 0.17.0.
# Guess: the filter of parquetReadObjects() reads as MongoDB's, whose operators it has: { split: "test", $or: [...] } wants both, { day: DATE } is
#   equality, and an operator that it does not have is an error.
# Seen: where a filter has $and, $or or $nor, that one alone counts; the columns named beside it are dropped without a word, and of two such
#   keys only one counts ($and before $or). An object in the place of a value is read as operators, and an operator that is not known
#   holds for every row: a Date has none, so { day: DATE } lets everything through, as do { id: { $regex: ... } } and { id: { gt: 3 } }.
#   Only a column that does not exist is an error. { day: { $eq: DATE } } and { $and: [{ split }, { $or }] } do what was meant.
# Output seen:
#   {"split":"test","$or":[{"id":1},{"id":3}]}: 1,3
#   {"$and":[{"split":"test"},{"$or":[{"id":1},{"id":3}]}]}: 3
#   {"$and":[{"split":"test"}],"$or":[{"id":1},{"id":3}]}: 3,4
#   {"day":"1970-01-02T00:00:00.000Z"}: 1,2,3,4
#   {"day":{"$eq":"1970-01-02T00:00:00.000Z"}}: 2
#   {"split":{"$regex":"^te"}}: 1,2,3,4
#   {"id":{"gt":3}}: 1,2,3,4
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' > package.json
npm install --silent --no-audit --no-fund hyparquet@1.31.5 hyparquet-writer@0.17.0
cat > run.mjs <<'END'
import assert from "node:assert/strict";
import { parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";

const DAY = 86_400_000;
const file = parquetWriteBuffer({
  columnData: [
    { name: "id", type: "INT32", data: [1, 2, 3, 4] },
    { name: "split", type: "STRING", data: ["train", "train", "test", "test"] },
    { name: "day", type: "TIMESTAMP", data: [0, 1, 2, 3].map((day) => new Date(day * DAY)) },
  ],
});
const either = [{ id: 1 }, { id: 3 }];
const cases = [
  [{ split: "test", $or: either }, [1, 3]],
  [{ $and: [{ split: "test" }, { $or: either }] }, [3]],
  [{ $and: [{ split: "test" }], $or: either }, [3, 4]],
  [{ day: new Date(DAY) }, [1, 2, 3, 4]],
  [{ day: { $eq: new Date(DAY) } }, [2]],
  [{ split: { $regex: "^te" } }, [1, 2, 3, 4]],
  [{ id: { gt: 3 } }, [1, 2, 3, 4]],
];
for (const [filter, seen] of cases) {
  const ids = (await parquetReadObjects({ file, filter })).map(({ id }) => id);
  console.log(`${JSON.stringify(filter)}: ${ids}`);
  assert.deepEqual(ids, seen);
}
END
node run.mjs
