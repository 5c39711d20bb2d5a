"""The first Delta merge of a Java machine loads thousands of classes; this one is nobody's."""

import shutil
from pathlib import Path

from pyspark.sql import SparkSession


def warm(spark: SparkSession, folder: Path) -> None:
    """Creates, merges, overwrites and reads a table of a few rows."""
    shutil.rmtree(folder, ignore_errors=True)
    path = f"file://{folder}/table"
    spark.sql(
        f"create table delta.`{path}` (id string, n int, at timestamp) using delta "
        "tblproperties ('delta.enableDeletionVectors' = 'true', 'delta.enableChangeDataFeed' = 'true')"
    )
    for start in (0, 2):
        rows = spark.range(start, start + 4).selectExpr("cast(id as string) id", "cast(id as int) n", "now() at")
        rows.write.mode("overwrite").parquet(f"file://{folder}/rows")
        source = spark.read.parquet(f"file://{folder}/rows").persist()
        source.createOrReplaceTempView("source")
        spark.sql(
            f"merge into delta.`{path}` t using source s on t.id = s.id when matched and s.at >= t.at then update set "
            "n = s.n, at = s.at when not matched then insert *"
        ).collect()
        source.unpersist()
    spark.read.format("delta").load(path).groupBy("n").count().collect()
    shutil.rmtree(folder, ignore_errors=True)
