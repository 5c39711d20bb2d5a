"""Rows that break a rule, kept with the reason until someone repairs the rule or the source."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.lake import Lake
from pipeline.manifest import Manifest

COLUMNS = {
    "source": "string",
    "window": "string",
    "file": "string",
    "reasons": "array<string>",
    "payload": "string",
    "quarantined": "timestamp",
}


def quarantine(lake: Lake, window: Manifest, marked: DataFrame, rows: int) -> None:
    """Appends the broken rows inside the caller's transaction, so that a repeat adds nothing."""
    if rows == 0:
        return
    path = lake.path("quarantine", window.table)
    tables.ensure(lake.spark, path, COLUMNS)
    marked.where("size(_reasons) > 0").select(
        F.lit(window.source).alias("source"),
        F.lit(window.window).alias("window"),
        F.col("_from").alias("file"),
        F.col("_reasons").alias("reasons"),
        F.col("_raw").alias("payload"),
        F.to_timestamp("_now").alias("quarantined"),
    ).write.format("delta").mode("append").save(path)
