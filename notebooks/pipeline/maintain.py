"""Compaction by file statistics, and the removal of files that no version within the retention needs."""

from delta import DeltaTable
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from pipeline.catalog import read_catalog, table_of
from pipeline.lake import Lake

TARGET_BYTES = 128 * 1024 * 1024
# A table may hold this many files more than it needs before rewriting them is worth it.
SPARE_FILES = 4
# Seven days: Delta's own floor, and more than any reader or retry of ours needs.
RETENTION_HOURS = 168


def maintain_table(spark: SparkSession, lake: str, catalog: str, table: str) -> dict:
    """Compacts and vacuums one silver table; counts are text, `compacted` says whether it was worth it."""
    addresses = Lake(spark, lake)
    name = table_of(read_catalog(addresses, catalog), table).name
    delta = DeltaTable.forPath(spark, addresses.path("silver", name))
    before = shape(delta)
    compacted = worth_it(*before)
    if compacted:
        delta.optimize().executeCompaction()
    after = shape(delta)
    delta.vacuum(RETENTION_HOURS)
    return {
        "kind": "maintained",
        "table": name,
        "compacted": compacted,
        "before": {"files": str(before[0]), "bytes": str(before[1])},
        "after": {"files": str(after[0]), "bytes": str(after[1])},
    }


def shape(delta: DeltaTable) -> tuple[int, int]:
    """Files of the current version, and their bytes."""
    row = delta.detail().select(F.col("numFiles"), F.col("sizeInBytes")).first()
    return row["numFiles"], row["sizeInBytes"]


def worth_it(files: int, size: int) -> bool:
    """Many more files than bytes: every reader opens each of them, and each may carry a deletion vector."""
    needed = -(-size // TARGET_BYTES)
    return files > needed + SPARE_FILES
