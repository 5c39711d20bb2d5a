"""Raw files with an erased person in them go whole: what was read of them stands in bronze, without that person."""

import gzip
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator

from pyspark.sql import functions as F

from pipeline.erased import Erased
from pipeline.lake import Lake
from pipeline.purge import among

# No character of a text file: a line is one cell.
NOWHERE = "\x01"
# What Spark takes for a pattern in a path.
SIGNS = re.compile(r"[][{}*?\\]")
# A packed file is one value to Spark, which holds it several times over: a larger one is not looked into.
LARGEST = 512 << 20
# A line of more characters is not looked through: what is no text may have no line end at all.
LONGEST = 1 << 20
# Below this a ratio says nothing, as in shared/files/unpack.ts.
RATIO_FROM = 16 << 20


def remove_raw(lake: Lake, erased: Erased, listed: str) -> int:
    """
    `listed` names the document of the erasure, which tells the files that nothing needs any more, their form, and what
    their source takes for a bomb. What cannot be looked through goes as well, for nobody can say that it holds nobody.
    """
    document = lake.document("bronze", listed)[0]
    encoding, count = document["encoding"], 0
    for container in sorted({file["container"] for file in document["files"]}):
        files = there(lake, container, [file for file in document["files"] if file["container"] == container])
        seen = [file for file in files if not hidden(file["path"])]
        plain = [file["path"] for file in seen if file["packing"] == "none"]
        packed = [file["path"] for file in seen if file["packing"] != "none"]
        found = [file["path"] for file in files if hidden(file["path"])]
        found += holding_lines(lake, erased, container, plain, encoding)
        found += holding_packed(lake, erased, container, packed, encoding, document["limits"])
        for path in found:
            lake.remove(container, path)
        count += len(found)
    return count


def there(lake: Lake, container: str, files: list[dict]) -> list[dict]:
    """Those that lie there still: an attempt before this one, or their sender, may have removed some since."""
    found = set(lake.paths(container, posixpath.commonpath([file["path"] for file in files])))
    return [file for file in files if file["path"] in found]


def hidden(path: str) -> bool:
    """Whether Spark passes a file by for its name, however it is asked for it."""
    name = path.rpartition("/")[2]
    return name.startswith(("_", ".")) or name.endswith("._COPYING_")


def literal(lake: Lake, container: str, paths: list[str]) -> list[str]:
    """Addresses for Spark's readers, which take some signs of a name for a pattern."""
    return [lake.path(container, SIGNS.sub(r"\\\g<0>", path)) for path in paths]


def holding_lines(lake: Lake, erased: Erased, container: str, paths: list[str], encoding: str) -> list[str]:
    if not paths:
        return []
    # Spark splits lines by bytes, which two-byte encodings do not allow.
    wide = str(encoding.startswith("UTF-16"))
    # Of encodings with one byte a letter it knows but this one, in which every byte is a letter.
    known, theirs = encoding if encoding.startswith("UTF") else "ISO-8859-1", erased.in_text()

    def inside(line: str | None) -> bool:
        if line is not None and known != encoding:
            line = line.encode(known).decode(encoding, "replace")
        return theirs(line)

    options = {"sep": NOWHERE, "quote": "", "encoding": known, "multiLine": wide, "maxCharsPerColumn": "-1"}
    frame = lake.spark.read.options(**options).schema("line string").csv(literal(lake, container, paths))
    return among(lake, container, paths, frame, F.udf(inside, "boolean")(F.col("line")))


def holding_packed(
    lake: Lake, erased: Erased, container: str, paths: list[str], encoding: str, limits: dict
) -> list[str]:
    if not paths:
        return []
    files = lake.spark.read.format("binaryFile").load(literal(lake, container, paths))
    inside = F.udf(in_packed(erased.in_text(), encoding, limits), "boolean")
    # Two questions: Spark reads the content of those alone that are small enough by the first condition.
    small = files.where(F.col("length") <= LARGEST)
    large = among(lake, container, paths, files, F.col("length") > LARGEST)
    return large + among(lake, container, paths, small, inside(F.col("content")))


def in_packed(theirs: Callable[[str], bool], encoding: str, limits: dict) -> Callable[[bytes], bool]:
    """Whether a packed file has such a line, or cannot be unpacked within the limits of its source."""
    longest, ratio_from = LONGEST, RATIO_FROM

    def texts(content: bytes) -> Iterator[io.BufferedIOBase]:
        if content[:2] != b"PK":
            with gzip.open(io.BytesIO(content)) as text:
                yield text
            return
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield archive.open(name)

    def lines(content: bytes) -> Iterator[str | None]:
        """`None` where it goes no further."""
        left = min(limits["megabytes"] << 20, max(ratio_from, limits["ratio"] * len(content)))
        try:
            for text in texts(content):
                with io.TextIOWrapper(text, encoding, errors="replace") as reader:
                    while line := reader.readline(longest):
                        left -= len(line)
                        if left < 0 or len(line) == longest:
                            yield None
                            return
                        yield line
        except Exception:
            # Each library has its own errors for what is cut short, encrypted or no archive.
            yield None

    def inside(content: bytes) -> bool:
        return any(line is None or theirs(line) for line in lines(content))

    return inside
