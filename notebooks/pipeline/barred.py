"""Whom the ledger of erasures names does not come in again, whatever brings them."""

from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.blank import blank_logs
from pipeline.catalog import Table, quoted
from pipeline.erased import erased_of
from pipeline.lake import Lake
from pipeline.manifest import Manifest, read_manifest
from pipeline.purge import purge
from pipeline.typed import typed


def without_erased(lake: Lake, manifest: str, window: Manifest, table: Table, key: Callable[[], str]) -> Manifest:
    """
    The window as its manifest names it once the rows of erased people are out of its files: neither silver nor
    quarantine ever sees them, and bronze keeps none. A repeat finds them gone, and the same counts.
    """
    erased = erased_of(lake, table, key)
    if erased is None:
        return window
    blank_logs(lake, erased, [path.partition("/")[2] for path in window.rejects])
    purge(lake, erased, [manifest])
    return read_manifest(lake, manifest)


def nameless(lake: Lake, rows: DataFrame, table: Table, key: Callable[[], str]) -> DataFrame:
    """Rows to be replayed; those of erased people have lost their key, and so stay where they are."""
    erased = erased_of(lake, table, key)
    if erased is None:
        return rows
    known = rows.withColumn("_theirs", erased.rows(typed(rows, table).values))
    own = {name: F.when(~F.col("_theirs"), F.col(quoted(name))) for name in table.key}
    return known.withColumns(own).drop("_theirs")
