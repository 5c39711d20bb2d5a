"""Which groups of a gold dataset are stale since its last publication, by the change feed of its input."""

import hashlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from delta import DeltaTable
from pyspark.sql import DataFrame, SparkSession

from pipeline import tables
from pipeline.catalog import quoted
from pipeline.feed import FAULTS, changes, is_untold
from pipeline.metric import Dataset


@dataclass(frozen=True)
class Input:
    """One version of the silver table that a dataset is computed from, how large it is, and the code that computes."""

    table: str
    version: str
    code: str
    bytes: str = ""


@dataclass(frozen=True)
class Stale:
    """`groups` holds each stale group once; `None` means all of them, and `because` says why."""

    groups: DataFrame | None
    count: int = 0
    because: str = ""


def input_of(spark: SparkSession, silver: str, dataset: Dataset) -> Input:
    """The newest version; the table's own id tells a table that was made anew from one that moved on."""
    table = DeltaTable.forPath(spark, silver)
    version = str(table.history(1).select("version").first()["version"])
    detail = table.detail().select("id", "sizeInBytes").first()
    return Input(detail["id"], version, code_of(dataset), str(detail["sizeInBytes"]))


def code_of(dataset: Dataset) -> str:
    """A release that computes otherwise must not leave rows of the one before it in the table."""
    folders = {Path(inspect.getfile(part)).parent for part in (Dataset, dataset.parts, dataset.arrange)}
    sources = sorted(path for folder in folders for path in folder.glob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


@contextmanager
def stale_groups(
    spark: SparkSession, silver: str, dataset: Dataset, before: Input | None, now: Input
) -> Iterator[Stale]:
    """The groups of all rows, old and new, that changed after `before`; held in memory while they are used."""
    reason = unlike(before, now)
    stale = Stale(None, because=reason) if before is None or reason else told(spark, silver, dataset, before, now)
    try:
        yield stale
    finally:
        if stale.groups is not None:
            stale.groups.unpersist()


def unlike(before: Input | None, now: Input) -> str:
    """Why the change feed between the two does not matter, or nothing."""
    if before is None:
        return "first publication"
    if before.code != now.code:
        return "computed by another release"
    if before.table != now.table or int(before.version) > int(now.version):
        return "the input was made anew"
    small = before.version != now.version and int(now.bytes) <= tables.SMALL_BYTES
    return "its input is small" if small else ""


def told(spark: SparkSession, silver: str, dataset: Dataset, before: Input, now: Input) -> Stale:
    """Reads the change feed; where a part of it is gone, everything is stale."""
    try:
        groups = changed(spark, silver, before, now).select(*[quoted(name) for name in dataset.groups]).distinct()
        return Stale(groups.persist(), groups.count())
    except FAULTS as fault:
        if not is_untold(fault):
            raise
        return Stale(None, because=f"the changes since version {before.version} are no longer told")


def changed(spark: SparkSession, silver: str, before: Input, now: Input) -> DataFrame:
    if before.version == now.version:
        return spark.read.format("delta").load(silver).limit(0)
    return changes(spark, silver, int(before.version) + 1, int(now.version))
