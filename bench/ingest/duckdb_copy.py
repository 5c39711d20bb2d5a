"""One table of MySQL as one Parquet file, read by DuckDB's MySQL extension."""

import os
import sys

import duckdb

extension, options, table, target = sys.argv[1:]
connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
connection.execute(f"load '{extension}'")
connection.execute(f"attach '{os.environ['BENCH_MYSQL']} {options}' as source (type mysql, read_only)")
connection.execute(f"copy (select * from source.{table}) to '{target}/copy.parquet' (format parquet)")
