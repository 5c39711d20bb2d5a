"""What a source lists for a run: keys, or whole rows, which are believed only when none was left out on the way."""

from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.barred import without_erased
from pipeline.catalog import Table
from pipeline.lake import Lake
from pipeline.manifest import Manifest, read_files, read_manifest


def listing(
    lake: Lake, manifest: str, table: Table, columns: tuple[str, ...], key: Callable[[], str]
) -> tuple[DataFrame, str | None]:
    """The rows of a list, without those of people who were erased, and why they are not believed."""
    listed = read_manifest(lake, manifest)
    # A list that an erasure has shortened was believed before.
    fault = None if listed.erased else cut_short(read_files(lake, listed, columns), listed)
    if fault is None:
        listed = without_erased(lake, manifest, listed, table, key)
    return read_files(lake, listed, columns), fault


def cut_short(raw: DataFrame, listed: Manifest) -> str | None:
    """Why a list is not believed. Each of its rows says how many the server listed in that part, in one snapshot."""
    if not listed.files:
        return None if listed.landed == 0 else f"the manifest says {listed.landed} keys landed, and names no file"
    counts = (F.count(F.lit(1)).alias("n"), F.min("_listed").alias("least"), F.max("_listed").alias("most"))
    parts = raw.groupBy("_metadata.file_path").agg(*counts).collect()
    for part in parts:
        if not part["least"] == part["most"] == str(part["n"]):
            return f"the source listed {part['most']} keys in a part, and {part['n']} of them came"
    found = sum(part["n"] for part in parts)
    return None if found == listed.landed else f"the manifest says {listed.landed} keys landed, its files hold {found}"
