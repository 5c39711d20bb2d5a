"""A table in order: the layout that the catalog names, few files, and nothing that no version needs."""

from delta import DeltaTable
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from pipeline.catalog import read_catalog, table_of
from pipeline.lake import Lake
from pipeline.layout import relaid

TARGET_BYTES = 128 * 1024 * 1024
# A table may hold this many files more than it needs before rewriting them is worth it.
SPARE_FILES = 4


def maintain_table(spark: SparkSession, lake: str, catalog: str, layer: str, name: str) -> dict:
    """Lays out, compacts and vacuums one table of silver or gold; counts are text."""
    addresses = Lake(spark, lake)
    path, document = addresses.path(layer, name), read_catalog(addresses, catalog)
    if not DeltaTable.isDeltaTable(spark, path):
        return {"kind": "absent", "table": name}
    delta = DeltaTable.forPath(spark, path)
    before = shape(delta)
    layout = relaid(spark, path, table_of(document, name)) if layer == "silver" else None
    compacted = layout is not None or worth_it(*before)
    if compacted:
        delta.optimize().executeCompaction()
    after = shape(delta)
    delta.vacuum(float(document["maintenance"]["vacuumHours"]))
    return {
        "kind": "maintained",
        "table": name,
        "relaid": layout,
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
