"""One window into its silver table: exactly once, newest version first, nothing lost."""

from collections.abc import Callable
from datetime import datetime, timezone
from functools import partial

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import rules, tables
from pipeline.account import GOOD, Counts, by_file, count, summary, unbalanced, warned
from pipeline.barred import without_erased
from pipeline.catalog import Table, quoted, read_catalog, table_of
from pipeline.lake import Lake
from pipeline.manifest import Manifest, read_files, read_manifest
from pipeline.merge import create, merge, recall, replace
from pipeline.protect import protected
from pipeline.quarantine import as_given, broken_rows, by_name, payload, quarantine, rejected_lines
from pipeline.typed import Typed, typed
from pipeline.versions import ranked

# Where versions tie, a window of the past does not bring back what silver has since taken for deleted.
PAST = "(s._deleted or not coalesce(t._deleted, false))"


def apply_window(
    spark: SparkSession,
    lake: str,
    catalog: str,
    manifest: str,
    txn_app: str,
    txn_version: str,
    key: Callable[[], str],
    aside: bool = False,
) -> dict:
    """
    Applies the window that a manifest names and says what became of its rows; `key` fetches the hashing key. A window
    `aside` is of the past: what silver has since taken for deleted does not come back by the version that it knew.
    """
    addresses = Lake(spark, lake)
    window = read_manifest(addresses, manifest)
    table = table_of(read_catalog(addresses, catalog), window.table)
    window = without_erased(addresses, manifest, window, table, key)
    raw = read_files(addresses, window, table.names)
    columns = typed(raw, table)
    marked = prepare(raw, columns, table, key, rows=window.landed).persist()
    try:
        counts = count(marked, columns, table)
        warnings = warned(counts, columns)
        lines = rejected_lines(addresses, window)
        rejected = by_name(lines) if window.rejects else {}
        files = by_file(counts, rejected)
        fault = unbalanced(window, counts, sum(rejected.values()), files)
        if fault:
            return {"kind": "unbalanced", "detail": fault, "rows": summary(counts), "warnings": warnings}
        failed = [{"rule": rule, "rows": str(n)} for rule, n in counts.broken["fail"].items() if n]
        if failed:
            return {"kind": "failed_rule", "rows": summary(counts), "failed": failed, "warnings": warnings}
        # A file of which no line is a row says nothing of its table, least of all that it is empty.
        nothing = counts.rows == 0 and window.rejected > 0
        txn = (txn_app, txn_version)
        done = unwritten(counts) if nothing else write(addresses, window, table, marked, counts, txn, aside)
        if done["kind"] != "conflict":
            kept = broken_rows(marked).unionByName(lines)
            quarantine(addresses, manifest, kept, counts.quarantined + window.rejected)
        told = {"rows": done["rows"] | {"erased": str(window.erased)}, "files": files, "warnings": warnings}
        return done | told
    finally:
        marked.unpersist()


def prepare(
    raw: DataFrame,
    columns: Typed,
    table: Table,
    key: Callable[[], str],
    carried: tuple[str, ...] = (),
    strict: bool = False,
    last: Expression | None = None,
    rows: int = 0,
) -> DataFrame:
    """
    Typed columns, `_reasons` to quarantine, `_failed` and `_warned` rules, `_deleted`, the raw row, the rank, and the
    columns to be carried along. With `strict` a rule that would fail its window quarantines the row. `rows` tells how
    many there are, where that is known: of many, a Spark job looks at the keys at once.
    """
    text = F.lit(None).cast("string")
    file, line = [F.col(name).cast("string") if name in raw.columns else text for name in ("_file", "_row")]
    quarantining = rules.broken(table, "quarantine") | (rules.broken(table, "fail") if strict else {})
    casted = raw.select(
        *[value.alias(name) for name, value in columns.values.items()],
        rules.named(columns.failed).alias("_cast"),
        as_given(raw).alias("_raw"),
        file.alias("_from"),
        line.alias("_line"),
        *carried,
    )
    checked = casted.select(
        "*",
        F.concat("_cast", rules.named(quarantining)).alias("_reasons"),
        rules.named(rules.broken(table, "fail")).alias("_failed"),
        rules.named(rules.broken(table, "warn")).alias("_warned"),
        deleted(table).alias("_deleted"),
    )
    plain = {name: F.col(quoted(name)) for name in table.names}
    own = [
        "_reasons",
        "_failed",
        "_warned",
        "_deleted",
        "_from",
        "_line",
        *carried,
        F.when(F.size("_reasons") > 0, payload("_raw")).alias("_raw"),
        # Text, and turned into a time only behind the cache: a time as a literal is compiled into the generated code,
        # so that every window would compile every stage of its merge anew (seconds instead of milliseconds).
        F.lit(datetime.now(timezone.utc).isoformat()).alias("_now"),
    ]
    safe = checked.select(*[value.alias(name) for name, value in protected(plain, table, key).items()], *own)
    return ranked(safe, table, F.size("_reasons") == 0, last, rows)


def deleted(table: Table) -> Expression:
    """A row is deleted when its soft-delete column is true, or holds a time."""
    if table.deleted is None:
        return F.lit(False)
    column = F.col(quoted(table.deleted))
    kind = next(c.cast_type for c in table.columns if c.name == table.deleted)
    return F.coalesce(column, F.lit(False)) if kind == "boolean" else column.isNotNull()


def unwritten(counts: Counts) -> dict:
    """A window that is applied by leaving the table as it is."""
    return {"kind": "applied", "rows": summary(counts), "version": ""}


def write(
    lake: Lake, window: Manifest, table: Table, marked: DataFrame, counts: Counts, txn: tuple[str, str], aside: bool
) -> dict:
    spark, path = lake.spark, lake.path("silver", table.name)
    columns = tables.silver_columns(table)
    there = tables.ensure(spark, path, columns)
    if there and aside and overtaken(spark, path, table, window, txn[0]):
        return unwritten(counts)
    winners = marked.where(GOOD).select(
        *[quoted(name) for name in table.names],
        "_deleted",
        F.lit(window.window).alias("_window"),
        F.to_timestamp("_now").alias("_updated"),
    )
    identity = {"source": window.source, "window": window.window, "app": txn[0]}
    with tables.transaction(spark, *txn, identity | {"manifest": window.sha256, "txn": txn[1]}):
        tie = PAST if aside else "true"
        change = create if not there else replace if table.replace else partial(merge, tie=tie)
        written = change(spark, path, table, winners, counts)
        kind = "applied"
        if written is None:
            found, complete = tables.noted(spark, path, **identity)
            fault = contradiction(window, found, complete)
            if fault:
                return {"kind": "conflict", "detail": fault, "rows": summary(counts)}
            kind, written = "already_applied", found and recall(spark, path, found, table)
    return {"kind": kind, "rows": summary(counts, written), "version": written.version if written else ""}


def overtaken(spark: SparkSession, path: str, table: Table, window: Manifest, lane: str) -> bool:
    """
    Whether a live window has come after this one, which was live too, where nothing in the rows says which is newer:
    the older one would win over it. One that commits while this one is written fails it, and it looks again.
    """
    if table.order and not table.replace:
        return False
    live = {"source": window.source, "app": lane.rpartition(":")[0]}
    history = tables.notes(spark, path)
    own, newest = tables.newest(history, **live, manifest=window.sha256), tables.newest(history, **live)
    return own is not None and newest is not None and int(own["version"]) < int(newest["version"])


def contradiction(window: Manifest, found: dict | None, complete: bool) -> str | None:
    """Why a window that Delta skipped is not simply one that it holds already."""
    if found is None:
        return f"window {window.window} of {window.source} was never applied, but a later one was" if complete else None
    if found["note"].get("manifest") == window.sha256:
        return None
    return f"window {window.window} of {window.source} was applied in version {found['version']} from another manifest"
