"""Silver held against its source: by counts and content in buckets of the key, then down to the keys that differ."""

from collections.abc import Callable

from delta import DeltaTable
from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import rules
from pipeline.apply import prepare
from pipeline.catalog import Table, quoted, read_catalog, table_of
from pipeline.content import Reach, bucket, reached, sums
from pipeline.deletes import LIVE, as_of_now
from pipeline.lake import Lake
from pipeline.listing import listing
from pipeline.manifest import Manifest, read_files, read_manifest
from pipeline.typed import typed
from pipeline.versions import RANK

# Buckets that are followed down to their keys, and their rows together: so many names fit into the parameters of a job,
# and so many rows a server gives without being felt.
FOLLOWED = 1000
FOLLOWED_ROWS = 100_000
NEWEST = f"{RANK} = 1"
SHOWN = 50


def compare_sums(spark: SparkSession, lake: str, catalog: str, manifest: str, reach: Reach) -> dict:
    """Which buckets differ between the sums of the source and those of silver; by name those that are followed."""
    listed, table, rows = opened(spark, lake, catalog, manifest, reach)
    given = read_files(Lake(spark, lake), listed, ("_bucket", "_rows", "_digest")).select(
        "_bucket", F.col("_rows").cast("bigint"), F.col("_digest").cast("decimal(38,0)")
    )
    held = sums(rows, table).withColumn("_digest", F.col("_digest").cast("decimal(38,0)"))
    both = given.alias("g").join(held.alias("h"), "_bucket", "full_outer")
    same = F.expr("g._rows <=> h._rows and g._digest <=> h._digest")
    rows_of = [F.coalesce(F.col(f"{side}._rows"), F.lit(0)) for side in "gh"]
    found = both.select("_bucket", *rows_of, same).orderBy("_bucket").collect()
    unequal = [(name, max(there, here)) for name, there, here, equal in found if not equal]
    return {
        "kind": "summed",
        "source": str(sum(row[1] for row in found)),
        "silver": str(sum(row[2] for row in found)),
        "differing": str(len(unequal)),
        "buckets": followed(unequal),
    }


def followed(buckets: list[tuple[str, int]]) -> list[str]:
    """Names of the first ones, as many as are looked at; one in any case."""
    names, total = [], 0
    for name, rows in buckets[:FOLLOWED]:
        total += rows
        if names and total > FOLLOWED_ROWS:
            break
        names.append(name)
    return names


def compare_rows(
    spark: SparkSession,
    lake: str,
    catalog: str,
    manifest: str,
    reach: Reach,
    buckets: list[str],
    key: Callable[[], str],
) -> dict:
    """
    The keys of these buckets that differ, and how. What has moved on since the watermark, and what waits in quarantine,
    is left out on both sides.
    """
    _, table, rows = opened(spark, lake, catalog, manifest, reach)
    raw, fault = listing(Lake(spark, lake), manifest, table, (*table.names, "_moved", "_listed"), key)
    if fault:
        return {"kind": "unbalanced", "detail": fault}
    source = prepare(raw, typed(raw, table), table, key, carried=("_moved",)).persist()
    try:
        apart = F.expr("_moved = '1' or size(_reasons) > 0")
        theirs = source.where(~apart).where(NEWEST).where(LIVE).select(*map(quoted, table.names))
        left_out = source.where(apart).select(*map(quoted, table.key))
        ours = without(rows.where(bucket(table).isin(buckets)), left_out, table).select(*map(quoted, table.names))
        found = differences(theirs, ours, table).persist()
        try:
            shown = found.orderBy("key").limit(SHOWN).collect()
            return {"kind": "traced", "differing": str(found.count()), "keys": [row.asDict() for row in shown]}
        finally:
            found.unpersist()
    finally:
        source.unpersist()


def opened(
    spark: SparkSession, lake: str, catalog: str, manifest: str, reach: Reach
) -> tuple[Manifest, Table, DataFrame]:
    """What the source gave, and the live rows of silver up to the watermark."""
    addresses = Lake(spark, lake)
    listed = read_manifest(addresses, manifest)
    table = table_of(read_catalog(addresses, catalog), listed.table)
    path = addresses.path("silver", table.name)
    if not DeltaTable.isDeltaTable(spark, path):
        raise ValueError(f"silver has no table {table.name}; run its source before it is compared")
    return listed, table, as_of_now(spark, path).where(LIVE).where(reached(reach))


def without(rows: DataFrame, keys: DataFrame, table: Table) -> DataFrame:
    return rows.alias("r").join(keys.alias("k"), same_key("r", "k", table), "left_anti")


def differences(theirs: DataFrame, ours: DataFrame, table: Table) -> DataFrame:
    """Key as text, how it differs, and in which columns: names alone, never a value."""
    a, b = theirs.withColumn("_here", F.lit(True)).alias("a"), ours.withColumn("_here", F.lit(True)).alias("b")
    unequal = rules.named({n: F.expr(f"not (a.{quoted(n)} <=> b.{quoted(n)})") for n in table.names})
    here, there = F.col("a._here").isNotNull(), F.col("b._here").isNotNull()
    how = F.when(~there, "source").when(~here, "silver").otherwise("both")
    key = F.concat_ws(" / ", *[F.expr(f"cast(coalesce(a.{quoted(n)}, b.{quoted(n)}) as string)") for n in table.key])
    columns = F.when(here & there, unequal).otherwise(F.array().cast("array<string>"))
    joined = a.join(b, same_key("a", "b", table), "full_outer")
    return joined.select(key.alias("key"), how.alias("held"), columns.alias("columns")).where(
        "held <> 'both' or size(columns) > 0"
    )


def same_key(left: str, right: str, table: Table) -> Expression:
    return F.expr(" and ".join(f"{left}.{quoted(name)} = {right}.{quoted(name)}" for name in table.key))
