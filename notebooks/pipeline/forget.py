"""A Delta table forgets its past: old files, and the commits that name keys of rows that were merged."""

from delta import DeltaTable
from pyspark.sql import SparkSession

from pipeline.lake import Lake

CHECK = "spark.databricks.delta.retentionDurationCheck.enabled"
EVERY = "delta.checkpointInterval"


def vacuum(spark: SparkSession, path: str, hours: int) -> None:
    spark.conf.set(CHECK, "false")
    try:
        DeltaTable.forPath(spark, path).vacuum(float(hours))
    finally:
        spark.conf.unset(CHECK)


def cut_log(lake: Lake, container: str, name: str) -> None:
    """
    A commit of its own writes a checkpoint, and what is older goes. A table knows from its checkpoint which windows it
    holds; what each of them wrote is no longer told.
    """
    path = lake.path(container, name)
    lake.spark.sql(f"alter table delta.`{path}` set tblproperties ('{EVERY}' = '1')")
    last = DeltaTable.forPath(lake.spark, path).history(1).select("version").first()["version"]
    lake.spark.sql(f"alter table delta.`{path}` unset tblproperties ('{EVERY}')")
    log = lake.paths(container, f"{name}/_delta_log")
    if not any(version_of(one) == last and ".checkpoint" in one for one in log):
        raise RuntimeError(f"{container}/{name} wrote no checkpoint of version {last}; its log stays, run it again")
    for one in log:
        if 0 <= version_of(one) < last:
            lake.remove(container, one)


def version_of(path: str) -> int:
    """The version that a file of the log is of, or -1."""
    first = path.rpartition("/")[2].partition(".")[0]
    return int(first) if first.isdigit() else -1
