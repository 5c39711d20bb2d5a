"""What a commit of a gold table says of itself, so that the next publication can go on from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from delta import DeltaTable
from pyspark.sql import DataFrame, SparkSession

from pipeline import tables
from pipeline.lake import Lake
from pipeline.metric import Dataset
from pipeline.stale import Input

# Far more publications than lie between two attempts of one run, and commits that are none (compaction) besides.
LOOKED_AT = 100


@dataclass(frozen=True)
class Publication:
    """
    `renewed` counts the groups that were computed, or is `all`, and `because` says why it was all of them; `parts` is
    the file with the parts of every group, empty where the gold table itself holds them. `began` is when the line of
    publications began that this one goes on, in milliseconds.
    """

    run: str
    input: Input
    renewed: str
    because: str
    parts: str
    began: str = "0"
    version: str = ""

    @property
    def serial(self) -> str:
        """
        A whole number, higher for the later one of two publications of the dataset. The version alone is none, since a
        table that is made anew counts from 0 again.
        """
        return str(int(self.began) * 10**9 + int(self.version))

    def note(self) -> dict:
        return {name: value for name, value in asdict(self).items() if name != "version"}


def publications(spark: SparkSession, gold: str) -> tuple[list[Publication], int]:
    """The publications that the history tells of, newest first, and the transaction that follows them."""
    if not DeltaTable.isDeltaTable(spark, gold):
        return [], 0
    history = tables.notes(spark, gold, LOOKED_AT)
    found = [
        Publication(**(note | {"input": Input(**note["input"]), "version": version}))
        for version, note, _ in history
        if "parts" in note
    ]
    return found, int(found[0].version if found else history[0][0]) + 1


def held(lake: Lake, gold: str, dataset: Dataset, newest: Publication) -> DataFrame | None:
    """The parts of all groups as the newest publication left them; `None` when they were cleared away since."""
    # What comes after it, such as a compaction, changes no row; its own version may be vacuumed by then.
    return lake.spark.read.format("delta").load(gold) if dataset.by_row else kept(lake, newest)


def held_then(lake: Lake, gold: str, dataset: Dataset, publication: Publication) -> DataFrame | None:
    """The same of any publication; reading them fails as `is_untold` says where the version was vacuumed since."""
    if not dataset.by_row:
        return kept(lake, publication)
    return lake.spark.read.format("delta").option("versionAsOf", publication.version).load(gold)


def kept(lake: Lake, publication: Publication) -> DataFrame | None:
    # Whoever removes the files may leave their folder.
    there = any(path.endswith(".parquet") for path in lake.paths("gold", publication.parts))
    return lake.spark.read.parquet(lake.path("gold", publication.parts)) if there else None
