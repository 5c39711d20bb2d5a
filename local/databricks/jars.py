"""Where the Delta jars of the local Spark lie: beside the interpreter, resolved once at install time."""

import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "delta-jars"


def jars() -> list[str]:
    """Paths of the resolved jars; raises with the cure when nothing was resolved yet."""
    found = sorted(str(jar) for jar in FOLDER.glob("*.jar"))
    if not found:
        raise FileNotFoundError(f"no Delta jars in {FOLDER}: run `python local/databricks/warm_jars.py` once")
    return found
