"""A window as its manifest names it: readers use these files and never list a folder."""

from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql.types import StringType, StructField, StructType

from pipeline.lake import Lake


@dataclass(frozen=True)
class Manifest:
    """
    `rejects` are the session logs of the copy, container first; `names` those that senders gave, by kept name; `erased`
    are the rows that landed and are no longer in the files.
    """

    source: str
    table: str
    window: str
    files: tuple[tuple[str, str], ...]
    landed: int
    rejected: int
    rejects: tuple[str, ...]
    names: dict[str, str]
    sha256: str
    erased: int


def read_manifest(lake: Lake, path: str) -> Manifest:
    document, sha256 = lake.document("bronze", path)
    return Manifest(
        source=document["source"],
        table=document["table"],
        window=document["window"],
        files=tuple((file["container"], file["path"]) for file in document["files"] if file.get("rows") != "0"),
        landed=int(document["rows"]["landed"]),
        rejected=int(document["rows"]["rejected"]),
        rejects=tuple(document.get("rejects") or ()),
        names={file["path"].rsplit("/", 1)[-1]: file["name"] for file in document.get("inputs") or ()},
        # A manifest that an erasure has shortened is still the one that was applied.
        sha256=document.get("replaces", sha256),
        erased=int(document["rows"].get("erased", "0")),
    )


def read_files(lake: Lake, manifest: Manifest, columns: tuple[str, ...]) -> DataFrame:
    """The rows of a window with the types that bronze gave them; a window without files is an empty frame."""
    paths = [lake.path(container, path) for container, path in manifest.files]
    if not paths:
        schema = StructType([StructField(name, StringType()) for name in columns])
        return lake.spark.createDataFrame([], schema)
    # Parquet files of one window may come from several deliveries, the later ones with a column more.
    return lake.spark.read.option("mergeSchema", len(paths) > 1).parquet(*paths)
