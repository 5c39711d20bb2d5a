"""One window into its silver table: exactly once, newest version first, nothing lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from pipeline import rules, tables
from pipeline.catalog import Table, quoted, read_catalog, table_of
from pipeline.lake import Lake
from pipeline.manifest import Manifest, read_files, read_manifest
from pipeline.merge import Written, merge, recall, replace
from pipeline.protect import protected
from pipeline.quarantine import quarantine
from pipeline.typed import Typed, typed
from pipeline.versions import RANK, ranked

GOOD = f"size(_reasons) = 0 and {RANK} = 1"


@dataclass(frozen=True)
class Counts:
    """`rows = merged + duplicates + quarantined`; `broken` by rule name and action."""

    rows: int
    merged: int
    quarantined: int
    broken: dict[str, dict[str, int]]

    @property
    def duplicates(self) -> int:
        return self.rows - self.merged - self.quarantined


def apply_window(
    spark: SparkSession, lake: str, catalog: str, manifest: str, txn_app: str, txn_version: str, key: Callable[[], str]
) -> dict:
    """Applies the window that a manifest names and says what became of its rows; `key` fetches the hashing key."""
    addresses = Lake(spark, lake)
    window = read_manifest(addresses, manifest)
    table = table_of(read_catalog(addresses, catalog), window.table)
    raw = read_files(addresses, window, table.names)
    columns = typed(raw, table)
    marked = prepare(raw, columns, table, key).persist()
    try:
        counts = count(marked, columns, table)
        warnings = warned(counts, columns)
        if counts.rows != window.landed:
            detail = f"the manifest says {window.landed} rows, its files hold {counts.rows}; copy the window again"
            return {"kind": "conflict", "detail": detail, "rows": summary(counts), "warnings": warnings}
        failed = [{"rule": rule, "rows": str(n)} for rule, n in counts.broken["fail"].items() if n]
        if failed:
            return {"kind": "failed_rule", "rows": summary(counts), "failed": failed, "warnings": warnings}
        return write(addresses, window, table, marked, counts, (txn_app, txn_version)) | {"warnings": warnings}
    finally:
        marked.unpersist()


def prepare(raw: DataFrame, columns: Typed, table: Table, key: Callable[[], str]) -> DataFrame:
    """Typed columns, `_reasons` to quarantine, `_failed` and `_warned` rules, `_deleted`, the raw row, the rank."""
    payload = F.to_json(F.struct(*[F.col(quoted(name)) for name in raw.columns]), {"ignoreNullFields": "false"})
    file = F.col("_file") if "_file" in raw.columns else F.lit(None).cast("string")
    casted = raw.select(
        *[value.alias(name) for name, value in columns.values.items()],
        rules.named(columns.failed).alias("_cast"),
        payload.alias("_raw"),
        file.alias("_from"),
    )
    checked = casted.select(
        "*",
        F.concat("_cast", rules.named(rules.broken(table, "quarantine"))).alias("_reasons"),
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
        F.when(F.size("_reasons") > 0, F.col("_raw")).alias("_raw"),
        # Text, and turned into a time only behind the cache: a time as a literal is compiled into the generated code,
        # so that every window would compile every stage of its merge anew (seconds instead of milliseconds).
        F.lit(datetime.now(timezone.utc).isoformat()).alias("_now"),
    ]
    safe = checked.select(*[value.alias(name) for name, value in protected(plain, table, key).items()], *own)
    return ranked(safe, table, F.size("_reasons") == 0)


def deleted(table: Table) -> Expression:
    """A row is deleted when its soft-delete column is true, or holds a time."""
    if table.deleted is None:
        return F.lit(False)
    column = F.col(quoted(table.deleted))
    kind = next(c.cast_type for c in table.columns if c.name == table.deleted)
    return F.coalesce(column, F.lit(False)) if kind == "boolean" else column.isNotNull()


def count(marked: DataFrame, columns: Typed, table: Table) -> Counts:
    """Everything that the report needs, in one pass, which also fills the cache for the merge."""
    quarantining = [*columns.failed, *rules.broken(table, "quarantine")]
    names = {
        "quarantine": quarantining,
        "fail": [rule.name for rule in table.rules if rule.action == "fail"],
        "warn": [rule.name for rule in table.rules if rule.action == "warn"],
    }
    array = {"quarantine": "_reasons", "fail": "_failed", "warn": "_warned"}
    # A row on its way to quarantine neither warns nor stops its window.
    judged = {"quarantine": F.lit(True)}
    sums = [
        F.count_if(judged.get(action, F.size("_reasons") == 0) & F.array_contains(array[action], name)).alias(
            f"{action} {name}"
        )
        for action, listed in names.items()
        for name in listed
    ]
    row = marked.agg(
        F.count(F.lit(1)).alias("rows"),
        F.count_if(F.expr(GOOD)).alias("merged"),
        F.count_if(F.size("_reasons") > 0).alias("quarantined"),
        *sums,
    ).first()
    broken = {action: {name: row[f"{action} {name}"] for name in listed} for action, listed in names.items()}
    return Counts(row["rows"], row["merged"], row["quarantined"], broken)


def warned(counts: Counts, columns: Typed) -> list[dict]:
    found = {**counts.broken["warn"], **counts.broken["quarantine"]}
    shape = [(f"absent:{name}", counts.rows) for name in columns.absent]
    shape += [(f"undeclared:{name}", counts.rows) for name in columns.undeclared]
    return [{"rule": rule, "rows": str(n)} for rule, n in [*found.items(), *shape] if n]


def write(lake: Lake, window: Manifest, table: Table, marked: DataFrame, counts: Counts, txn: tuple[str, str]) -> dict:
    spark, path = lake.spark, lake.path("silver", table.name)
    columns = tables.silver_columns(table)
    tables.ensure(spark, path, columns, tables.layout_of(table), tables.silver_properties(table))
    winners = marked.where(GOOD).select(
        *[quoted(name) for name in table.names],
        "_deleted",
        F.lit(window.window).alias("_window"),
        F.to_timestamp("_now").alias("_updated"),
    )
    identity = {"source": window.source, "window": window.window, "app": txn[0]}
    with tables.transaction(spark, *txn, identity | {"manifest": window.sha256, "txn": txn[1]}):
        whole = table.replace
        written = replace(spark, path, winners, counts.merged) if whole else merge(spark, path, table, winners)
        kind = "applied"
        if written is None:
            found, complete = tables.noted(spark, path, **identity)
            fault = contradiction(window, found, complete)
            if fault:
                return {"kind": "conflict", "detail": fault, "rows": summary(counts)}
            kind, written = "already_applied", found and recall(spark, path, found, table)
        quarantine(lake, window, marked, counts.quarantined)
    return {"kind": kind, "rows": summary(counts, written), "version": written.version if written else ""}


def contradiction(window: Manifest, found: dict | None, complete: bool) -> str | None:
    """Why a window that Delta skipped is not simply one that it holds already."""
    if found is None:
        return f"window {window.window} of {window.source} was never applied, but a later one was" if complete else None
    if found["note"].get("manifest") == window.sha256:
        return None
    return f"window {window.window} of {window.source} was applied in version {found['version']} from another manifest"


def summary(counts: Counts, written: Written | None = None) -> dict[str, str]:
    done = written or Written("", 0, 0, 0)
    numbers = {
        "in": counts.rows,
        "merged": counts.merged,
        "duplicates": counts.duplicates,
        "quarantined": counts.quarantined,
        "inserted": done.inserted,
        "updated": done.updated,
        "deleted": done.deleted,
        "unchanged": counts.merged - done.inserted - done.updated if written else 0,
    }
    return {name: str(number) for name, number in numbers.items()}
