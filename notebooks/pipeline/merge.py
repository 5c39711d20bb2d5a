"""The one write of a window into silver."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.account import Counts, Written
from pipeline.catalog import Table, quoted
from pipeline.feed import FAULTS, changes, is_untold
from pipeline.narrow import narrowed
from pipeline.versions import differs, newer_or_equal, tied


def create(spark: SparkSession, path: str, table: Table, rows: DataFrame, counts: Counts) -> Written | None:
    """The table with its first rows, in one commit; fails, to be tried again, where another run was faster."""
    # Not as `create table … as select`, which refuses a folder where an attempt that was cut off left its files.
    made = rows.write.format("delta").mode("errorifexists").options(**tables.silver_properties(table))
    laid = {"partitioned": made.partitionBy, "clustered": made.clusterBy}.get(table.layout, lambda *_: made)
    laid(*table.layout_columns).save(path)
    return Written(tables.committed(spark, path, None), counts.merged, 0, 0 if table.replace else counts.deleted)


def merge(
    spark: SparkSession, path: str, table: Table, rows: DataFrame, counts: Counts, tie: str = "true"
) -> Written | None:
    """Newer versions win, equal contents stay untouched; `None` when Delta holds this transaction already."""
    names = (*table.names, "_deleted")
    same = " and ".join(f"t.{quoted(name)} = s.{quoted(name)}" for name in table.key)
    newer = newer_or_equal(table.order, "s", "t", tie)
    every = [quoted(name) for name in (*names, "_window", "_updated")]
    before = tables.last_commit(spark)
    among, values = "true", []
    if not tables.is_small(spark, path):
        among, values = narrowed(rows, {name: name for name in table.key}, "t", counts.merged)
    if values:
        rows = without_held(spark, path, table, rows, f"{same} and {among}", values)
    else:
        newer = f"{newer} and {differs(names, 's', 't')}"
    rows.createOrReplaceTempView("window_rows")
    answer = spark.sql(
        f"merge into delta.`{path}` t using window_rows s on {same} and {among} "
        f"when matched and {newer} then update set {', '.join(f't.{name} = s.{name}' for name in every)} "
        f"when not matched then insert ({', '.join(every)}) values ({', '.join(f's.{name}' for name in every)})",
        values,
    ).first()
    version = tables.committed(spark, path, before)
    if answer is None or version is None:
        return None
    gone = newly_deleted(spark, path, version, table) if counts.deleted else 0
    return Written(version, answer["num_inserted_rows"], answer["num_updated_rows"], gone)


def without_held(spark: SparkSession, path: str, table: Table, rows: DataFrame, met: str, values: list) -> DataFrame:
    """
    The rows without those that the table holds already, content and all, for an update would not be worth its cost;
    `met` joins the two. As a condition of the merge this would make Delta decode every column of the table once more,
    though mostly no cursor ties; and whatever another writer does to a row that is left out comes after it.
    """
    rows.createOrReplaceTempView("window_rows")
    key = [quoted(name) for name in table.key]
    near, bounds = abreast(rows, table)
    keys = (
        f"select {', '.join(f's.{name}' for name in key)} from delta.`{path}` t "
        f"join window_rows s on {met} where {near} and {tied(table.order, 's', 't')}"
    )
    if spark.sql(keys, values + bounds).isEmpty():
        return rows
    held = spark.sql(f"{keys} and not {differs((*table.names, '_deleted'), 's', 't')}", values + bounds)
    return rows.join(held.localCheckpoint(), list(table.key), "left_anti")


def abreast(rows: DataFrame, table: Table) -> tuple[str, list]:
    """
    What a tie implies about the target's first cursor, as SQL with its arguments: files of which all rows are older,
    mostly all files, are not opened, by their statistics.
    """
    if not table.order:
        return "true", []
    name = quoted(table.order[0].column)
    kind = rows.schema[table.order[0].column].dataType.simpleString()
    ends = [F.min(name).cast("string"), F.max(name).cast("string")]
    bounds = list(rows.agg(*ends).first() or ())
    return f"(t.{name} between cast(? as {kind}) and cast(? as {kind}) or t.{name} is null)", bounds


def replace(spark: SparkSession, path: str, table: Table, rows: DataFrame, counts: Counts) -> Written | None:
    """The window becomes the whole content of the table, in one commit; every row of it counts as inserted."""
    before = tables.last_commit(spark)
    rows.write.format("delta").mode("overwrite").save(path)
    version = tables.committed(spark, path, before)
    return None if version is None else Written(version, counts.merged, 0, 0)


def recall(spark: SparkSession, path: str, found: dict, table: Table) -> Written:
    """What an earlier commit of this window wrote, from the history."""
    metrics, version = found["metrics"], found["version"]
    written = int(metrics.get("numOutputRows", "0"))
    if table.replace:
        return Written(version, written, 0, 0)
    gone = told_deleted(spark, path, version, table) if table.deleted else 0
    # The first window of a table creates it, and that commit counts just rows.
    inserted, updated = metrics.get("numTargetRowsInserted", written), metrics.get("numTargetRowsUpdated", 0)
    return Written(version, int(inserted), int(updated), gone)


def told_deleted(spark: SparkSession, path: str, version: str, table: Table) -> int:
    """Those of a commit, or none where its change feed is gone: a table may have been vacuumed since."""
    try:
        return newly_deleted(spark, path, version, table)
    except FAULTS as fault:
        if not is_untold(fault):
            raise
        return 0


def newly_deleted(spark: SparkSession, path: str, version: str, table: Table) -> int:
    """Keys that are deleted after the commit and were not before it."""
    marked = changes(spark, path, int(version), int(version)).where("_deleted")
    sides = marked.groupBy(*[quoted(name) for name in table.key]).agg(
        F.bool_or(F.col("_change_type").isin("insert", "update_postimage")).alias("after"),
        F.bool_or(F.col("_change_type") == "update_preimage").alias("before"),
    )
    return sides.where("after and not before").count()
