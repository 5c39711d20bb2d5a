"""What became of the rows of a window: no row is lost or made up on its way."""

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline import rules
from pipeline.catalog import Table
from pipeline.manifest import Manifest
from pipeline.typed import Typed
from pipeline.versions import RANK

GOOD = f"size(_reasons) = 0 and {RANK} = 1"
OLDER = f"size(_reasons) = 0 and {RANK} > 1"


# What becomes of the rows of a file that landed.
ENDS = ("landed", "merged", "duplicates", "quarantined")


@dataclass(frozen=True)
class Counts:
    """
    Each is counted by itself, so that `rows = merged + duplicates + quarantined` says something. `deleted` are those of
    the merged that say so; `files` holds the ends of the rows of each file that a row names.
    """

    rows: int
    merged: int
    duplicates: int
    quarantined: int
    deleted: int
    broken: dict[str, dict[str, int]]
    files: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Written:
    """`deleted` are the rows that were live, or unknown, before this commit and are deleted since."""

    version: str
    inserted: int
    updated: int
    deleted: int


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
    found = (
        marked.groupBy("_from")
        .agg(
            F.count(F.lit(1)).alias("landed"),
            F.count_if(F.expr(GOOD)).alias("merged"),
            F.count_if(F.expr(OLDER)).alias("duplicates"),
            F.count_if(F.size("_reasons") > 0).alias("quarantined"),
            F.count_if(F.expr(f"{GOOD} and _deleted")).alias("deleted"),
            *sums,
        )
        .collect()
    )

    def total(name: str) -> int:
        return sum(row[name] for row in found)

    broken = {action: {name: total(f"{action} {name}") for name in listed} for action, listed in names.items()}
    files = {row["_from"]: {end: row[end] for end in ENDS} for row in found if row["_from"] is not None}
    return Counts(*[total(name) for name in (*ENDS, "deleted")], broken, files)


def by_file(counts: Counts, lines: dict[str | None, int]) -> list[dict]:
    """The account of each file, from its rows and from the lines that its copy left out."""
    files = sorted({*counts.files, *lines} - {None})
    none = dict.fromkeys(ENDS, 0)
    return [
        {"file": file, "rejected": str(lines.get(file, 0))}
        | {end: str(n) for end, n in counts.files.get(file, none).items()}
        for file in files
    ]


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
