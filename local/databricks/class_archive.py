"""Keeps the classes that a warm Spark has loaded in an archive, once, so that every later start maps them from disk.

Java checks the archive against its own build and the class path, and does without when they are not the same.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from session import ARCHIVE, build, java_options
from warm import warm


def archive(path: Path = ARCHIVE) -> None:
    """Writes the archive when the Java process of one warmed-up session ends; does nothing when it is there already."""
    if path.exists():
        return
    folder = Path(tempfile.mkdtemp(prefix="tidemark-classes-"))
    options = {"spark.driver.extraJavaOptions": f"{java_options()} -XX:ArchiveClassesAtExit={path} -Xlog:cds=off"}
    session = build(folder, settings=options)
    java = session.sparkContext._gateway.proc
    warm(session.newSession(), folder / "warm")
    session.stop()
    # Java ends with its standard input, and writes the archive before it does.
    java.stdin.close()
    java.wait()
    shutil.rmtree(folder)


if __name__ == "__main__":
    archive()
    sys.stdout.write(f"{ARCHIVE}\n")
