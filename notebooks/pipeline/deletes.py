"""Rows that are gone at their source: the keys in silver that a list of the source's keys does not hold."""

from collections.abc import Callable
from dataclasses import replace

from delta import DeltaTable
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.catalog import Table, quoted, read_catalog, table_of
from pipeline.lake import Lake
from pipeline.listing import listing
from pipeline.manifest import read_manifest
from pipeline.protect import protected
from pipeline.typed import typed

LIVE = "not coalesce(_deleted, false)"


def apply_deletes(
    spark: SparkSession,
    lake: str,
    catalog: str,
    manifest: str,
    txn_app: str,
    begun: str,
    key: Callable[[], str],
    most_share: float,
    most_rows: int,
    accepted: int | None = None,
) -> dict:
    """
    Marks the live rows whose keys are not in the list as deleted, once. More than both limits at once, or all of them,
    are left as they are unless a person has `accepted` as many: a list may be of an emptied or of another table. Nor
    does it say anything of what was written after it was `begun`: another run may have brought rows meanwhile.
    """
    addresses = Lake(spark, lake)
    listed = read_manifest(addresses, manifest)
    table = table_of(read_catalog(addresses, catalog), listed.table)
    path = addresses.path("silver", table.name)
    if not DeltaTable.isDeltaTable(spark, path):
        return {"kind": "compared", "live": "0", "deleted": "0"}
    identity = {"source": listed.source, "app": txn_app}
    found, _ = tables.noted(spark, path, **identity)
    if found:
        return {"kind": "compared", "live": found["note"]["live"], "deleted": found["note"]["deleted"]}
    raw, fault = listing(addresses, manifest, table, table.key, key)
    if fault:
        return {"kind": "unbalanced", "detail": fault}
    live = as_of_now(spark, path).where(LIVE).where(F.col("_updated") < F.lit(begun).cast("timestamp"))
    gone = missing(live, keys_of(raw, table, key), table).persist()
    try:
        counts = {"live": live.count(), "deleted": gone.count()}
        numbers = {name: str(number) for name, number in counts.items()}
        if not allowed(**counts, share=most_share, rows=most_rows, accepted=accepted):
            return {"kind": "stopped"} | numbers
        if counts["deleted"]:
            with tables.transaction(spark, txn_app, "1", identity | numbers):
                mark(spark, path, table, gone)
        return {"kind": "compared"} | numbers
    finally:
        gone.unpersist()


def as_of_now(spark: SparkSession, path: str) -> DataFrame:
    """The table in its newest version, and in no newer one: what a plain frame reads moves on with other writes."""
    version = tables.notes(spark, path, 1)[0][0]
    return spark.read.format("delta").option("versionAsOf", version).load(path)


def keys_of(raw: DataFrame, table: Table, key: Callable[[], str]) -> DataFrame:
    """The listed keys as silver holds keys: typed, and hashed where they identify a person."""
    own = replace(table, columns=tuple(column for column in table.columns if column.name in table.key))
    plain = raw.select(*[value.alias(name) for name, value in typed(raw, own).values.items()])
    values = {name: F.col(quoted(name)) for name in own.names}
    return plain.select(*[value.alias(name) for name, value in protected(values, own, key).items()])


def missing(live: DataFrame, keys: DataFrame, table: Table) -> DataFrame:
    """Keys of live rows that are not listed, each with the time of its last change."""
    held, listed = live.alias("t"), keys.alias("k")
    names = [quoted(name) for name in table.key]
    same = F.expr(" and ".join(f"t.{name} <=> k.{name}" for name in names))
    return held.join(listed, same, "left_anti").select(*names, "_updated")


def allowed(live: int, deleted: int, share: float, rows: int, accepted: int | None) -> bool:
    """Whether so many rows may go: none, no more than was accepted, or a few of many."""
    if deleted <= (accepted or 0):
        return True
    return deleted < live and (deleted <= rows or deleted <= share * live)


def mark(spark: SparkSession, path: str, table: Table, gone: DataFrame) -> None:
    """
    A marked row keeps its version: a later one of the same key, such as of a row that came back, wins over it. A row
    that a backfill has written meanwhile is left as it is.
    """
    gone.createOrReplaceTempView("gone_keys")
    same = " and ".join(f"t.{quoted(name)} <=> g.{quoted(name)}" for name in table.key)
    spark.sql(
        f"merge into delta.`{path}` t using gone_keys g on {same} "
        "when matched and t._updated <=> g._updated and not coalesce(t._deleted, false) "
        "then update set t._deleted = true, t._updated = current_timestamp()"
    )
