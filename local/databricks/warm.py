"""The first Delta statements of a Java machine load thousands of classes; these ones are nobody's."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pyspark.sql import SparkSession


def warm(spark: SparkSession, folder: Path, wanted: Callable[[], bool] = lambda: True) -> None:
    """Creates, merges and reads a table of a few rows; ends between two of these when it is not `wanted`."""
    shutil.rmtree(folder, ignore_errors=True)
    for _ in steps(spark, folder):
        if not wanted():
            break
    shutil.rmtree(folder, ignore_errors=True)


def steps(spark: SparkSession, folder: Path) -> Iterator[None]:
    """What a window goes through, in its order."""
    path = f"delta.`file://{folder}/table`"
    for start in (0, 2):
        rows = spark.range(start, start + 4).selectExpr("cast(id as string) id", "cast(id as int) n", "now() at")
        rows.write.mode("overwrite").parquet(f"file://{folder}/rows")
        yield
        source = spark.read.parquet(f"file://{folder}/rows").persist()
        source.createOrReplaceTempView("source")
        source.groupBy("n").count().collect()
        yield
        if start == 0:
            spark.sql(
                f"create table {path} using delta tblproperties ('delta.enableDeletionVectors' = 'true', "
                "'delta.enableChangeDataFeed' = 'true') as select * from source"
            )
        else:
            spark.sql(
                f"merge into {path} t using source s on t.id = s.id when matched and s.at >= t.at then update set "
                "n = s.n, at = s.at when not matched then insert *"
            ).collect()
        yield
        source.unpersist()
    spark.sql(f"select n, count(*) from {path} group by n order by n").collect()
