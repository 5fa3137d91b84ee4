"""Writes questions.parquet, a small Parquet file in GSM8K's layout, with pyarrow (26.0.1 wrote the stored one)."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

table = pa.table(
    {
        "question": ["How many legs do 3 spiders have?", "How many wheels do 2 cars have?"],
        "answer": ["Each has 8.\n3*8=24\n#### 24", "Each has 4.\n2*4=8\n#### 8"],
        "level": [1, 2],
    }
)
pq.write_table(table, Path(__file__).with_name("questions.parquet"), compression="snappy")
