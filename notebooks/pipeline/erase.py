"""Erases people from every layer of the lake; a repeat finds nothing more to do."""

from collections.abc import Callable

from delta import DeltaTable
from pyspark.sql import Column as Expression
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from pipeline.blank import blank
from pipeline.catalog import quoted, read_catalog, table_of
from pipeline.erased import erased_of
from pipeline.forget import cut_log, drop_removed
from pipeline.lake import Lake
from pipeline.purge import purge
from pipeline.raw import remove_raw


def erase_subject(
    spark: SparkSession,
    lake: str,
    catalog: str,
    name: str,
    source: str,
    raw: str,
    purge_now: bool,
    key: Callable[[], str],
) -> dict:
    """Everyone whom the ledger names is erased from the table and what came of it; counts are text."""
    addresses = Lake(spark, lake)
    document = read_catalog(addresses, catalog)
    table = table_of(document, name)
    erased = erased_of(addresses, table, key)
    if erased is None:
        raise ValueError(f"the ledger names nobody who was erased from {name}; write the erasure down first")
    hours = int(document["maintenance"]["vacuumHours"])
    held = erased.kept({column: F.col(quoted(column)) for column in table.key})
    manifests = addresses.healed("bronze", f"_manifests/{source}")
    # The quarantine before bronze: a window that is applied again puts its rows aside anew only while they are there.
    aside = blank(addresses, erased, source, manifests)
    # And raw files before it too, so that those are counted which the rows of bronze name.
    whole = remove_raw(addresses, erased, raw)
    places = [
        {"place": f"bronze/{source}", "rows": str(purge(addresses, erased, manifests)), "detail": "rows"},
        {"place": f"quarantine/{source}", "rows": str(aside), "detail": "rows and lines, their places stay"},
        {"place": f"raw/{source}", "rows": str(whole), "detail": "whole files"},
        erase_rows(addresses, f"silver/{name}", held, table.key, hours, purge_now),
    ]
    datasets = [entry["name"] for entry in document["datasets"] if name in entry["inputs"]]
    places += [erase_rows(addresses, f"gold/{dataset}", held, table.key, hours, purge_now) for dataset in datasets]
    return {"kind": "erased", "places": [place for place in places if place is not None]}


def erase_rows(
    lake: Lake, place: str, theirs: Expression, keys: tuple[str, ...], hours: int, purge_now: bool
) -> dict | None:
    """Deletes the rows, rewrites the files that deletion vectors still hold them in, and removes the old files."""
    container, _, name = place.partition("/")
    spark, path = lake.spark, lake.path(container, name)
    if not DeltaTable.isDeltaTable(spark, path):
        return None
    frame = spark.read.format("delta").load(path)
    if not set(keys) <= set(frame.columns):
        return None
    found = frame.where(theirs)
    rows = found.count()
    if rows:
        # A merge, not a delete: the condition of a delete is kept in the log, word by word.
        found.select(*[quoted(column) for column in keys]).distinct().createOrReplaceTempView("erased_keys")
        same = " and ".join(f"t.{quoted(column)} <=> s.{quoted(column)}" for column in keys)
        spark.sql(f"merge into delta.`{path}` t using erased_keys s on {same} when matched then delete").collect()
    spark.sql(f"reorg table delta.`{path}` apply (purge)").collect()
    DeltaTable.forPath(spark, path).vacuum(float(hours))
    if purge_now:
        drop_removed(lake, container, name)
        cut_log(lake, container, name)
    gone = "rows; old versions are gone" if purge_now else f"rows; old versions go after {hours} h"
    return {"place": place, "rows": str(rows), "detail": gone}
