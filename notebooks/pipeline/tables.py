"""Delta tables by path: created on first use, widened by new columns, written once per transaction."""

import json
from contextlib import contextmanager

from delta import DeltaTable
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from pipeline.catalog import Table, quoted

LAST_COMMIT = "spark.databricks.delta.lastCommitVersionInSession"
NOTE = "spark.databricks.delta.commitInfo.userMetadata"
# Commits among which a writer looks for its own first; that many others rarely come between.
NEAR = 10
# A table up to this size is read whole sooner than it takes to find out what of it is concerned.
SMALL_BYTES = 16 * 1024 * 1024
OWN_COLUMNS = {"_deleted": "boolean", "_window": "string", "_updated": "timestamp"}


def silver_columns(table: Table) -> dict[str, str]:
    return {column.name: column.sql_type for column in table.columns} | OWN_COLUMNS


def ensure(spark: SparkSession, path: str, columns: dict[str, str]) -> bool:
    """Adds the columns that the table lacks; a column of another type raises. False when there is no table yet."""
    if not DeltaTable.isDeltaTable(spark, path):
        return False
    held = {field.name.lower(): field.dataType.simpleString() for field in spark.read.format("delta").load(path).schema}
    for name, kind in columns.items():
        if held.get(name.lower(), kind) != kind:
            raise ValueError(
                f"column {name} of {path} is {held[name.lower()]}, the catalog says {kind}; rebuild the table or "
                "declare the held type"
            )
    added = {name: kind for name, kind in columns.items() if name.lower() not in held}
    if added:
        declared = ", ".join(f"{quoted(name)} {kind}" for name, kind in added.items())
        spark.sql(f"alter table delta.`{path}` add columns ({declared})")
    return True


def is_small(spark: SparkSession, path: str) -> bool:
    return DeltaTable.forPath(spark, path).detail().first()["sizeInBytes"] <= SMALL_BYTES


def silver_properties(table: Table) -> dict[str, str]:
    """
    Deletion vectors, so that a merge costs what changed; statistics only where they can skip a file. Serializable:
    Databricks looks for conflicts row by row, and two merges that insert the same new key have no row in common.
    https://learn.microsoft.com/azure/databricks/optimizations/isolation-level
    """
    every = dict.fromkeys([*table.key, *[order.column for order in table.order], *table.layout_columns])
    # Delta refuses statistics of a column that is the name of a folder.
    names = [name for name in every if table.layout != "partitioned" or name not in table.layout_columns]
    return {
        "delta.enableChangeDataFeed": "true",
        "delta.enableDeletionVectors": "true",
        "delta.isolationLevel": "Serializable",
        "delta.dataSkippingStatsColumns": ",".join(quoted(name) for name in names),
    }


@contextmanager
def transaction(spark: SparkSession, app: str, version: str, note: dict):
    """Every Delta write inside belongs to this transaction of `app`: done once, skipped ever after."""
    settings = {
        "spark.databricks.delta.write.txnAppId": app,
        "spark.databricks.delta.write.txnVersion": version,
        NOTE: json.dumps(note, sort_keys=True),
    }
    for name, value in settings.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name in settings:
            spark.conf.unset(name)


def last_commit(spark: SparkSession) -> str | None:
    """Version of the newest commit of this session, `None` before the first; a skipped write leaves it as it was."""
    return spark.conf.get(LAST_COMMIT, None)


def committed(spark: SparkSession, path: str, before: str | None) -> str | None:
    """
    The version that this transaction has written since the last commit was `before`; `None` where Delta skipped it. The
    last commit may be another by now: Databricks compacts small files behind a merge, in the same session.
    https://learn.microsoft.com/azure/databricks/delta/tune-file-size
    """
    last = last_commit(spark)
    if last in (None, before):
        return None
    # The first commit of a table compacts nothing, and to look costs a job of Spark.
    if last == "0":
        return last
    own = json.loads(spark.conf.get(NOTE))
    found = newest(notes(spark, path, NEAR), **own) or newest(notes(spark, path), **own)
    return found["version"]


def noted(spark: SparkSession, path: str, **wanted: str) -> tuple[dict | None, bool]:
    """The newest commit whose note carries these values, and whether the whole history was still there to be read."""
    history = notes(spark, path)
    found = newest(history, **wanted)
    return found, found is not None or (bool(history) and history[-1][0] == "0")


def newest(history: list[tuple[str, dict, dict]], **wanted: str) -> dict | None:
    """The first of these commits whose note carries these values."""
    for version, note, metrics in history:
        if all(note.get(name) == value for name, value in wanted.items()):
            return {"version": version, "note": note, "metrics": metrics}
    return None


def notes(spark: SparkSession, path: str, limit: int | None = None) -> list[tuple[str, dict, dict]]:
    """
    Version, note and metrics of each commit that the history tells of, newest first; no note is an empty one. What a
    compaction is noted with is of the write that it follows.
    """
    table = DeltaTable.forPath(spark, path)
    history = table.history() if limit is None else table.history(limit)
    note = F.when(F.col("operation") != "OPTIMIZE", F.col("userMetadata"))
    rows = history.select("version", note, "operationMetrics").collect()
    return [(str(version), json.loads(note or "{}"), metrics or {}) for version, note, metrics in rows]
