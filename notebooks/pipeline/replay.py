"""Quarantined rows once more through the rules: exactly once, and never over a newer version."""

import json
from collections.abc import Callable
from functools import partial

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.account import GOOD, count, summary
from pipeline.apply import prepare
from pipeline.barred import nameless
from pipeline.catalog import Table, quoted, read_catalog, table_of
from pipeline.lake import Lake
from pipeline.merge import create, merge, recall
from pipeline.typed import typed

PICKED = "id string, window string, payload string"


def replay_rows(
    spark: SparkSession, lake: str, catalog: str, request: str, txn_app: str, txn_version: str, key: Callable[[], str]
) -> dict:
    """Merges the rows that a request names; `again` are those that break a rule still, with their reasons."""
    addresses = Lake(spark, lake)
    asked, sha256 = addresses.document("quarantine", request)
    table = table_of(read_catalog(addresses, catalog), asked["table"])
    raw = nameless(addresses, picked(addresses, asked["rows"], table), table, key)
    columns = typed(raw, table)
    # The window of a row takes the place of an order where versions tie: what came later is newer.
    later = F.col("_window").cast("decimal(38,0)").desc()
    marked = prepare(raw, columns, table, key, carried=("_id", "_window"), strict=True, last=later).persist()
    try:
        counts = count(marked, columns, table)
        path = addresses.path("silver", table.name)
        there = tables.ensure(spark, path, tables.silver_columns(table))
        names = [quoted(name) for name in table.names]
        good = marked.where(GOOD).select(*names, "_deleted", "_window", F.to_timestamp("_now").alias("_updated"))
        note = {"source": asked["source"], "app": txn_app, "txn": txn_version, "request": sha256}
        tie = "cast(s._window as decimal(38,0)) >= cast(t._window as decimal(38,0))"
        kind = "applied"
        with tables.transaction(spark, txn_app, txn_version, note):
            change = partial(merge, tie=tie) if there else create
            written = change(spark, path, table, good, counts)
        if written is None:
            found, _ = tables.noted(spark, path, **note)
            kind, written = "already_applied", found and recall(spark, path, found, table)
        again = marked.where("size(_reasons) > 0").select("_id", "_reasons").collect() if counts.quarantined else []
        stuck = [{"id": row["_id"], "reasons": row["_reasons"]} for row in again]
        return {"kind": kind, "rows": summary(counts, written), "again": stuck}
    finally:
        marked.unpersist()


def picked(lake: Lake, rows: list[dict], table: Table) -> DataFrame:
    """The rows as the source gave them, with what a person has corrected, every value as text."""
    texts = [(row["id"], row["window"], json.dumps(row["values"])) for row in rows]
    values = F.from_json("payload", "map<string,string>")
    lowered = F.transform_keys(values, lambda name, _: F.lower(name))
    held = lake.spark.createDataFrame(texts, PICKED).withColumn("values", lowered)
    columns = [F.col("values")[name.lower()].alias(name) for name in table.names]
    return held.select(*columns, F.col("id").alias("_id"), F.col("window").alias("_window"))
