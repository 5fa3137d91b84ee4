"""Writes the Parquet files of this folder with pyarrow (26.0.1 wrote the stored ones)."""

from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent

# GSM8K's layout.
table = pa.table(
    {
        "question": ["How many legs do 3 spiders have?", "How many wheels do 2 cars have?"],
        "answer": ["Each has 8.\n3*8=24\n#### 24", "Each has 4.\n2*4=8\n#### 8"],
        "level": [1, 2],
    }
)
pq.write_table(table, HERE / "questions.parquet", compression="snappy")
for codec in ["gzip", "zstd", "brotli", "lz4"]:
    pq.write_table(table, HERE / f"questions-{codec}.parquet", compression=codec)

# One question for each type that an answer may have; of the other columns one row is enough.
types = {
    "integer": pa.array([2**53 + 1], pa.int64()),
    "unsigned": pa.array([2**64 - 1], pa.uint64()),
    "single": pa.array([0.1], pa.float32()),
    "double": pa.array([0.1], pa.float64()),
    "decimal": pa.array([Decimal("12345678901234567.89")], pa.decimal128(20, 2)),
    "small_decimal": pa.array([Decimal("-0.05")], pa.decimal128(5, 2)),
    "boolean": pa.array([True], pa.bool_()),
    "date": pa.array([date(2024, 2, 29)], pa.date32()),
    "instant": pa.array([datetime(2024, 2, 29, 12, 0, 0, 1, timezone.utc)], pa.timestamp("us", tz="UTC")),
    "local": pa.array([datetime(1969, 12, 31, 23, 59, 59, 500_000)], pa.timestamp("ms")),
    "bytes": pa.array([b"\xff\x00"], pa.binary()),
    "missing": pa.array([float("nan")], pa.float64()),
    "list": pa.array([[0.1, None]], pa.list_(pa.float32())),
    "structure": pa.array([{"cost": Decimal("0.10"), "share": 0.3}], pa.struct([("cost", pa.decimal128(4, 2)), ("share", pa.float32())])),
    "map": pa.array([[("half", Decimal("0.5"))]], pa.map_(pa.string(), pa.decimal128(4, 1))),
}
pq.write_table(pa.table({"question": ["Which types are there?"], **types}), HERE / "types.parquet", compression="none")
for name in ["boolean", "date", "decimal", "single", "integer", "list"]:
    row = pa.table({"id": pa.array([7], pa.int64()), "question": ["What is it?"], "answer": types[name]})
    pq.write_table(row, HERE / f"answer-{name}.parquet", compression="none")

# Two texts, the second of which is Latin-1, declared as UTF-8.
texts = b"What is it?" + "Où?".encode("latin-1")
offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in [0, 11, 14]))
array = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(texts)])
pq.write_table(pa.table({"question": array}), HERE / "latin-1.parquet", compression="none")
