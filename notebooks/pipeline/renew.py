"""Renews the stale groups of a gold dataset in one commit, or all groups where it can't be told which are stale."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from uuid import uuid4

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.catalog import quoted
from pipeline.lake import Lake
from pipeline.metric import Dataset
from pipeline.narrow import narrowed
from pipeline.publication import Publication, held
from pipeline.published import arranged
from pipeline.stale import input_of, stale_groups


@dataclass(frozen=True)
class Target:
    """The gold table of a dataset, as one run writes it."""

    lake: Lake
    name: str
    run: str
    dataset: Dataset

    @property
    def gold(self) -> str:
        return self.lake.path("gold", self.name)


def renew(target: Target, silver: str, before: Publication | None, transaction: int) -> Publication | None:
    """
    Brings the table up to the newest version of its input. `None` when another run published since `before`: the
    transactions of a dataset are numbered, and Delta takes each number once.
    """
    spark, dataset = target.lake.spark, target.dataset
    now = input_of(spark, silver, dataset)
    rows = spark.read.format("delta").option("versionAsOf", now.version).load(silver).where("not _deleted")
    with stale_groups(spark, silver, dataset, before and before.input, now) as stale:
        began = before.began if before else str(time.time_ns() // 10**6)
        planned = Publication(target.run, now, "all", stale.because, "", began)
        if before is None or stale.groups is None:
            return overwrite(target, dataset.parts(rows), planned, transaction)
        old = held(target.lake, target.gold, dataset, before)
        if old is None:
            gone = replace(planned, because="the parts of the last publication are gone")
            return overwrite(target, dataset.parts(rows), gone, transaction)
        fresh = dataset.parts(matching(rows, stale.groups, dataset, "left_semi"))
        if fresh.dtypes != old.dtypes:
            return overwrite(target, dataset.parts(rows), replace(planned, because="its columns changed"), transaction)
        planned = replace(planned, renewed=str(stale.count))
        if dataset.by_row:
            return merge(target, stale.groups, fresh, planned, transaction)
        others = matching(old, stale.groups, dataset, "left_anti")
        return overwrite(target, others.unionByName(fresh), planned, transaction)


def matching(rows: DataFrame, groups: DataFrame, dataset: Dataset, how: str) -> DataFrame:
    """Null-safe: rows without a country are a group like any other."""
    return rows.join(F.broadcast(groups), [rows[name].eqNullSafe(groups[name]) for name in dataset.groups], how)


def overwrite(target: Target, parts: DataFrame, planned: Publication, transaction: int) -> Publication | None:
    """The gold table anew, from the parts of all groups."""
    lake, dataset = target.lake, target.dataset
    if not dataset.by_row:
        # A name that no other attempt has: a commit that names this file means this very content.
        planned = replace(planned, parts=f"_parts/{target.name}/{target.run}-{uuid4().hex[:8]}")
        parts.coalesce(1).write.parquet(lake.path("gold", planned.parts))
        kept = lake.spark.read.schema(parts.schema).parquet(lake.path("gold", planned.parts))
        parts = arranged(dataset.arrange(kept))
    options = {"overwriteSchema": "true"} | properties(dataset)
    written = parts.write.format("delta").mode("overwrite").options(**options)
    return commit(target, planned, transaction, lambda: written.save(target.gold))


def properties(dataset: Dataset) -> dict[str, str]:
    """Statistics only where they can skip a file; deletion vectors, so that a merge costs what changed."""
    if not dataset.by_row:
        return {"delta.dataSkippingNumIndexedCols": "0"}
    keys = ",".join(quoted(name) for name in dataset.groups)
    return {"delta.enableDeletionVectors": "true", "delta.dataSkippingStatsColumns": keys}


def merge(target: Target, groups: DataFrame, fresh: DataFrame, planned: Publication, transaction: int):
    """The rows of the stale groups in the gold table: new, changed and vanished ones."""
    names, spark = target.dataset.groups, target.lake.spark
    keys = groups.select(*[F.col(quoted(name)).alias(f"_{at}") for at, name in enumerate(names)])
    rows = fresh.withColumn("_kept", F.lit(True))
    on = [keys[f"_{at}"].eqNullSafe(rows[name]) for at, name in enumerate(names)]
    keys.join(rows, on, "left").createOrReplaceTempView("stale_rows")
    same = " and ".join(f"t.{quoted(name)} <=> s._{at}" for at, name in enumerate(names))
    among, values = narrowed(groups, {name: name for name in names}, "t", int(planned.renewed))
    columns = [quoted(name) for name in fresh.columns]
    statement = (
        f"merge into delta.`{target.gold}` t using stale_rows s on {same} and {among} "
        "when matched and s._kept is null then delete "
        f"when matched then update set {', '.join(f't.{column} = s.{column}' for column in columns)} "
        f"when not matched and s._kept then insert ({', '.join(columns)}) "
        f"values ({', '.join(f's.{column}' for column in columns)})"
    )
    return commit(target, planned, transaction, lambda: spark.sql(statement, values).collect())


def commit(target: Target, planned: Publication, transaction: int, write) -> Publication | None:
    spark = target.lake.spark
    before = tables.last_commit(spark)
    with tables.transaction(spark, target.name, str(transaction), planned.note()):
        write()
        version = tables.committed(spark, target.gold, before)
    return None if version is None else replace(planned, version=version)
