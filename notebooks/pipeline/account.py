"""What became of the rows of a window: no row is lost or made up on its way."""

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline import rules
from pipeline.catalog import Table
from pipeline.manifest import Manifest
from pipeline.merge import Written
from pipeline.typed import Typed
from pipeline.versions import RANK

GOOD = f"size(_reasons) = 0 and {RANK} = 1"
OLDER = f"size(_reasons) = 0 and {RANK} > 1"


@dataclass(frozen=True)
class Counts:
    """Each is counted by itself, so that `rows = merged + duplicates + quarantined` says something."""

    rows: int
    merged: int
    duplicates: int
    quarantined: int
    broken: dict[str, dict[str, int]]


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
        F.count_if(F.expr(OLDER)).alias("duplicates"),
        F.count_if(F.size("_reasons") > 0).alias("quarantined"),
        *sums,
    ).first()
    broken = {action: {name: row[f"{action} {name}"] for name in listed} for action, listed in names.items()}
    return Counts(row["rows"], row["merged"], row["duplicates"], row["quarantined"], broken)


def by_file(marked: DataFrame, lines: DataFrame) -> list[dict]:
    """The account of each file, from its rows and from the lines that its copy left out."""
    landed = marked.where("_from is not null").select(
        F.col("_from").alias("file"),
        F.lit(0).alias("rejected"),
        F.lit(1).alias("landed"),
        F.expr(GOOD).cast("int").alias("merged"),
        F.expr(OLDER).cast("int").alias("duplicates"),
        F.expr("size(_reasons) > 0").cast("int").alias("quarantined"),
    )
    none = [F.lit(0).alias(name) for name in ("landed", "merged", "duplicates", "quarantined")]
    both = landed.unionByName(lines.where("file is not null").select("file", F.lit(1).alias("rejected"), *none))
    names = ("rejected", "landed", "merged", "duplicates", "quarantined")
    rows = both.groupBy("file").agg(*[F.sum(name).alias(name) for name in names]).orderBy("file").collect()
    return [{"file": row["file"]} | {name: str(row[name]) for name in names} for row in rows]


def unbalanced(window: Manifest, counts: Counts, lines: int, files: list[dict]) -> str | None:
    """Why the window does not add up: no row may be lost or made up between the copy and silver."""
    if counts.rows != window.landed:
        return f"the manifest says {window.landed} rows landed, its files hold {counts.rows}"
    if lines != window.rejected:
        return f"the manifest says {window.rejected} rows were rejected, the logs of the copy hold {lines}"
    if counts.rows != counts.merged + counts.duplicates + counts.quarantined:
        parts = f"{counts.merged} merged, {counts.duplicates} duplicates, {counts.quarantined} quarantined"
        return f"{counts.rows} rows landed, but {parts}"
    landed = sum(int(file["landed"]) for file in files)
    return f"{counts.rows} rows landed, but by file {landed}" if files and landed != counts.rows else None


def warned(counts: Counts, columns: Typed) -> list[dict]:
    found = {**counts.broken["warn"], **counts.broken["quarantine"]}
    shape = [(f"absent:{name}", counts.rows) for name in columns.absent]
    shape += [(f"undeclared:{name}", counts.rows) for name in columns.undeclared]
    return [{"rule": rule, "rows": str(n)} for rule, n in [*found.items(), *shape] if n]


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
