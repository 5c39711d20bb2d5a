"""Takes the rows of erased people out of bronze: what is left is named, counted and read as ever."""

from urllib.parse import unquote
from uuid import uuid4

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.erased import Erased
from pipeline.lake import Lake, making
from pipeline.typed import typed


def purge(lake: Lake, erased: Erased, manifests: list[str]) -> int:
    """Rewrites the files of these windows that hold such rows, and their manifests; answers how many rows went."""
    files, alike = {}, {}
    for path in manifests:
        document, sha256 = lake.document("bronze", path)
        document["replaces"] = document.get("replaces", sha256)
        for file in document["files"]:
            if file["rows"] != "0":
                files[file["path"]] = (path, document)
                # Files of one shape are read as one frame.
                alike.setdefault(document["fingerprint"], []).append(file["path"])
    rows = 0
    for paths in alike.values():
        frame = lake.spark.read.parquet(*[lake.path("bronze", path) for path in paths])
        # Sums of a source, which it is held against, name nobody.
        if not {name.lower() for name in erased.table.key} <= {name.lower() for name in frame.columns}:
            continue
        for file in among(lake, "bronze", paths, frame, theirs(frame, erased)):
            rows += rewrite(lake, erased, *files[file], file)
    return rows


def theirs(frame: DataFrame, erased: Erased) -> Expression:
    return erased.rows(typed(frame, erased.table).values)


def among(lake: Lake, container: str, paths: list[str], frame: DataFrame, condition: Expression) -> list[str]:
    """Of the files that a frame was read from, those with a row that meets the condition."""
    found = frame.where(condition).select("_metadata.file_path").distinct().collect()
    uris = {unquote(uri).rstrip("/") for (uri,) in found}
    return [path for path in paths if any(uri.endswith(f"/{path}") for uri in uris)]


def rewrite(lake: Lake, erased: Erased, manifest: str, document: dict, file: str) -> int:
    """The new file first, then the manifest that names it, then the old file goes: a crash leaves an orphan at most."""
    frame = lake.spark.read.parquet(lake.path("bronze", file))
    new = f"{file.rpartition('/')[0]}/kept-{uuid4().hex[:8]}.parquet"
    put_parquet(lake, "bronze", frame.where(~theirs(frame, erased)), new)
    left = lake.spark.read.parquet(lake.path("bronze", new)).count()
    drop_inputs(lake, document, frame.where(theirs(frame, erased)))
    entry = next(one for one in document["files"] if one["path"] == file)
    gone = int(entry["rows"]) - left
    entry |= {"path": new, "rows": str(left), "bytes": str(lake.size("bronze", new))}
    entry |= {"etag": "", "sha256": digest(lake, new)}
    counts = document["rows"]
    counts["landed"] = str(int(counts["landed"]) - gone)
    counts["erased"] = str(int(counts.get("erased", "0")) + gone)
    lake.replace_document("bronze", manifest, document)
    lake.remove("bronze", file)
    return gone


def drop_inputs(lake: Lake, document: dict, rows: DataFrame) -> None:
    """The raw files that these rows came in; a window that has landed reads them no more."""
    inputs = document.get("inputs") or ()
    if not inputs or "_file" not in rows.columns:
        return
    names = {name for (name,) in rows.select("_file").distinct().collect()}
    for file in inputs:
        if file["name"] in names:
            lake.remove("bronze", file["path"])


def digest(lake: Lake, path: str) -> str:
    file = lake.spark.read.format("binaryFile").load(lake.path("bronze", path))
    return file.select(F.sha2("content", 256)).first()[0]


def put_parquet(lake: Lake, container: str, rows: DataFrame, path: str) -> None:
    """One file, in the order of the rows, in the place of one that may be there."""
    folder = making(path)
    rows.coalesce(1).write.mode("overwrite").parquet(lake.path(container, folder))
    lake.settle(container, folder, path, over=True)
