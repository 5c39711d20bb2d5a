"""The one write of a window into silver."""

from __future__ import annotations

from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.catalog import Table, quoted
from pipeline.versions import differs, newer_or_equal


@dataclass(frozen=True)
class Written:
    """`deleted` are the rows that were live, or unknown, before this commit and are deleted since."""

    version: str
    inserted: int
    updated: int
    deleted: int


def merge(spark: SparkSession, path: str, table: Table, rows: DataFrame, tie: str = "true") -> Written | None:
    """Newer versions win, equal contents stay untouched; `None` when Delta holds this transaction already."""
    names = (*table.names, "_deleted")
    rows.createOrReplaceTempView("window_rows")
    same = " and ".join(f"t.{quoted(name)} = s.{quoted(name)}" for name in table.key)
    newer = f"{newer_or_equal(table.order, 's', 't', tie)} and {differs(names, 's', 't')}"
    every = [quoted(name) for name in (*names, "_window", "_updated")]
    before = tables.last_commit(spark)
    answer = spark.sql(
        f"merge into delta.`{path}` t using window_rows s on {same} "
        f"when matched and {newer} then update set {', '.join(f't.{name} = s.{name}' for name in every)} "
        f"when not matched then insert ({', '.join(every)}) values ({', '.join(f's.{name}' for name in every)})"
    ).first()
    version = tables.last_commit(spark)
    if answer is None or version is None or version == before:
        return None
    gone = newly_deleted(spark, path, version) if table.deleted else 0
    return Written(version, answer["num_inserted_rows"], answer["num_updated_rows"], gone)


def replace(spark: SparkSession, path: str, rows: DataFrame, count: int) -> Written | None:
    """The window becomes the whole content of the table, in one commit; every row of it counts as inserted."""
    before = tables.last_commit(spark)
    rows.write.format("delta").mode("overwrite").save(path)
    version = tables.last_commit(spark)
    return None if version is None or version == before else Written(version, count, 0, 0)


def recall(spark: SparkSession, path: str, found: dict, table: Table) -> Written:
    """What an earlier commit of this window wrote, from the history."""
    metrics, version = found["metrics"], found["version"]
    if table.replace:
        return Written(version, int(metrics.get("numOutputRows", "0")), 0, 0)
    gone = newly_deleted(spark, path, version) if table.deleted else 0
    return Written(version, int(metrics["numTargetRowsInserted"]), int(metrics["numTargetRowsUpdated"]), gone)


def newly_deleted(spark: SparkSession, path: str, version: str) -> int:
    feed = spark.read.format("delta").option("readChangeFeed", "true")
    changes = feed.option("startingVersion", version).option("endingVersion", version).load(path).where("_deleted")
    row = changes.agg(
        F.count_if(F.col("_change_type").isin("insert", "update_postimage")).alias("after"),
        F.count_if(F.col("_change_type") == "update_preimage").alias("before"),
    ).first()
    return row["after"] - row["before"]
