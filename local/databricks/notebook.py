"""Runs one notebook in Databricks source format, whole, in a session of its own."""

import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from dbutils import NotebookExit, dbutils
from place import inside
from pyspark.sql import SparkSession

HEADER = "# Databricks notebook source"

_loading = threading.Lock()
_seen: dict[Path, int] = {}


def run_notebook(
    folder: Path, name: str, session: SparkSession, passed: Mapping[str, str], secret: Callable[[str, str], str]
) -> str | None:
    """The value that the notebook exited with, `None` when it came to its end without one; its errors are raised."""
    path = folder / f"{name}.py"
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise FileNotFoundError(f"Notebook not found: {name}")
    source = path.read_text(encoding="utf-8")
    if not source.startswith(HEADER):
        raise ValueError(f"{name} is a file, not a notebook: its first line must be '{HEADER}'")
    forget_changed(folder)
    names = {
        "__name__": "__main__",
        "spark": session,
        "sc": session.sparkContext,
        "dbutils": dbutils(passed, secret),
        "display": lambda frame: frame.show(truncate=False),
    }
    try:
        with inside(path.parent):
            exec(compile(source, str(path), "exec"), names)  # noqa: S102 - this is what running a notebook means
    except NotebookExit as end:
        return end.result
    finally:
        # Every run appends the notebook's parent folder once more.
        sys.path[:] = dict.fromkeys(sys.path)
    return None


def forget_changed(folder: Path) -> None:
    """A module that was edited is imported anew, as a fresh notebook on Databricks would do."""
    with _loading:
        now = {path: path.stat().st_mtime_ns for path in folder.rglob("*.py")}
        if _seen and now != _seen:
            for name, module in list(sys.modules.items()):
                file = getattr(module, "__file__", None)
                if file and Path(file).is_relative_to(folder):
                    del sys.modules[name]
        _seen.clear()
        _seen.update(now)
