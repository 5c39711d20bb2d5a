"""Resolves the Delta jars with Ivy, once, so that every later Spark starts offline."""

import shutil
from pathlib import Path

from delta import configure_spark_with_delta_pip
from jars import FOLDER
from pyspark.sql import SparkSession


def resolve(folder: Path = FOLDER) -> list[Path]:
    """Fills the folder and names what it holds; does nothing when it is filled already."""
    if not any(folder.glob("*.jar")):
        ivy = folder / "ivy"
        builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        configure_spark_with_delta_pip(builder.config("spark.jars.ivy", str(ivy))).getOrCreate().stop()
        for jar in (ivy / "jars").glob("*.jar"):
            # Ivy names a jar group_artifact-version; Spark already brings antlr itself.
            if "antlr" not in jar.name:
                shutil.copy2(jar, folder / jar.name)
        shutil.rmtree(ivy)
    return sorted(folder.glob("*.jar"))


if __name__ == "__main__":
    for path in resolve():
        print(path.name)
