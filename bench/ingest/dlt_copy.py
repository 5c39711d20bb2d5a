"""One table of MySQL as Parquet files, loaded by dlt with the backend that the command line names."""

import json
import os
import sys

import dlt
from dlt.sources.sql_database import sql_table

backend, options, table, target = sys.argv[1:]
url = os.environ["BENCH_MYSQL"]
given = json.loads(options)
if backend == "connectorx":
    given["conn"] = url.replace("mysql+pymysql:", "mysql:")
source = sql_table(credentials=url, table=table, backend=backend, backend_kwargs=given)
pipeline = dlt.pipeline(
    "bench",
    destination=dlt.destinations.filesystem(bucket_url=f"file://{target}"),
    dataset_name="copy",
    pipelines_dir=f"{target}/_work",
)
pipeline.run(source, loader_file_format="parquet")
