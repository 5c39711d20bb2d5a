"""The Spark of the local cluster: one process, small data, short latency, offline."""

import os
from pathlib import Path

from jars import FOLDER, jars
from pyspark.sql import SparkSession

ARCHIVE = FOLDER / "classes.jsa"
# One collector thread leaves the two cores to the work.
COMMON = "-XX:ReservedCodeCacheSize=256m -XX:+UseSerialGC"
# Short jobs never repay the second compiler; over millions of rows it halves the time, once it is warm.
COMPILERS = {"quick": "-XX:TieredStopAtLevel=1", "full": ""}
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
    "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
    "spark.sql.shuffle.partitions": "2",
    # Two partitions leave nothing to adapt, and planning each stage anew costs more than a small stage itself.
    "spark.sql.adaptive.enabled": "false",
    # Else every listing of files (a vacuum's, for one) starts thousands of tasks.
    "spark.sql.sources.parallelPartitionDiscovery.parallelism": "2",
    "spark.scheduler.mode": "FAIR",
    "spark.databricks.delta.snapshotPartitions": "1",
    # The rows of a window are cached, and the same however often they are read.
    "spark.databricks.delta.merge.materializeSource": "none",
    # One Delta merge compiles about a hundred classes; with the default room for a hundred none would be found again.
    "spark.sql.codegen.cache.maxEntries": "10000",
    # A window is cached for seconds: looking for repeated values in it costs more than the room that it saves.
    "spark.sql.inMemoryColumnarStorage.compressed": "false",
}


def java_options() -> str:
    return f"{COMMON} {COMPILERS[os.environ.get('TIDEMARK_SPARK_COMPILER', 'quick')]}"


def build(folder: Path, memory: str = "2g", cores: str = "*", settings: dict[str, str] | None = None) -> SparkSession:
    """Starts the session; `folder` takes what Spark spills and its (empty) warehouse."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local[{cores}]").appName("tidemark-local")
    mapped = f" -XX:SharedArchiveFile={ARCHIVE} -Xlog:disable" if ARCHIVE.exists() else ""
    places = {
        # All of the room from the start: a heap that grows as it fills is collected twice as often on the way.
        "spark.driver.extraJavaOptions": f"{java_options()} -Xms{memory}{mapped}",
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraClassPath": ":".join(jars()),
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    for name, value in (SETTINGS | places | (settings or {})).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("WARN")
    return session
