"""Raw files with an erased person in them go whole: what was read of them stands in bronze, without that person."""

import gzip
import io
import re
import zipfile
from collections.abc import Callable

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.erased import Erased
from pipeline.lake import Lake
from pipeline.purge import among

# No character of a text file: a line is one cell.
NOWHERE = "\x01"


def remove_raw(lake: Lake, erased: Erased, listed: str) -> int:
    """`listed` names the document of the erasure, which tells the files that nothing needs any more, and their form."""
    document = lake.document("bronze", listed)[0]
    count = 0
    for container in sorted({file["container"] for file in document["files"]}):
        files = [file for file in document["files"] if file["container"] == container]
        plain = [file["path"] for file in files if file["packing"] == "none"]
        packed = [file["path"] for file in files if file["packing"] != "none"]
        found = [*holding_lines(lake, erased, container, plain, document["encoding"])]
        found += holding_packed(lake, erased, container, packed, document["encoding"])
        for path in found:
            lake.remove(container, path)
        count += len(found)
    return count


def holding_lines(lake: Lake, erased: Erased, container: str, paths: list[str], encoding: str) -> list[str]:
    if not paths:
        return []
    # Spark splits lines by bytes, which two-byte encodings do not allow.
    wide = str(not re.fullmatch("(?i)utf-?8|ascii|iso-8859.*|windows-125.", encoding))
    options = {"sep": NOWHERE, "quote": "", "encoding": encoding, "multiLine": wide, "maxCharsPerColumn": "-1"}
    frame = lake.spark.read.options(**options).schema("line string").csv([lake.path(container, one) for one in paths])
    return among(lake, container, paths, frame, erased.texts(F.col("line")))


def holding_packed(lake: Lake, erased: Erased, container: str, paths: list[str], encoding: str) -> list[str]:
    if not paths:
        return []
    files: DataFrame = lake.spark.read.format("binaryFile").load([lake.path(container, path) for path in paths])
    inside = F.udf(in_packed(erased.in_text(), encoding), "boolean")
    return among(lake, container, paths, files, inside(F.col("content")))


def in_packed(theirs: Callable[[str], bool], encoding: str) -> Callable[[bytes], bool]:
    def any_line(packed: io.BufferedIOBase) -> bool:
        with io.TextIOWrapper(packed, encoding, errors="replace") as lines:
            return any(theirs(line) for line in lines)

    def inside(content: bytes) -> bool:
        if content[:2] != b"PK":
            return any_line(gzip.open(io.BytesIO(content)))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(any_line(archive.open(name)) for name in archive.namelist())

    return inside
