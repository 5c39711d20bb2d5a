"""A Delta table forgets its past: old files, and the commits that name keys of rows that were merged."""

from urllib.parse import unquote

from delta import DeltaTable
from pyspark.sql import functions as F

from pipeline.lake import Lake

EVERY = "delta.checkpointInterval"
# What commits and checkpoints say of the files of a table.
NAMED = "add struct<path: string>, remove struct<path: string>, cdc struct<path: string>"


def drop_removed(lake: Lake, container: str, name: str) -> None:
    """
    Removes the files that the log names and the current version does not. A file that the log does not name may be of
    a transaction under way, and is left to a vacuum. No VACUUM LITE: it refuses a log that was cut. Deletion vectors
    stay too, which hold places of rows and no values.
    """
    path, log = lake.path(container, name), lake.paths(container, f"{name}/_delta_log")
    reading = lake.spark.read.schema(NAMED)
    commits = [lake.path(container, one) for one in log if version_of(one) >= 0 and one.endswith(".json")]
    checkpoints = [lake.path(container, one) for one in log if one.endswith(".parquet")]
    actions = reading.json(commits)
    if checkpoints:
        actions = actions.union(reading.parquet(*checkpoints))
    every = actions.select(F.explode(F.array("add.path", "remove.path", "cdc.path")).alias("path"))
    named = {f"{name}/{unquote(one)}" for (one,) in every.where("path is not null").distinct().collect()}
    # After the log was read: what a commit adds meanwhile is current, or is not named yet.
    current = {unquote(uri).rpartition("/")[2] for uri in lake.spark.read.format("delta").load(path).inputFiles()}
    for one in lake.paths(container, name):
        if one in named and one.rpartition("/")[2] not in current:
            lake.remove(container, one)


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
