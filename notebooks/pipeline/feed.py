"""The change feed of a Delta table, which is told only as long as its files and its log are kept."""

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

# What Delta and Spark say when a version, or what changed since, can't be told: never recorded, or vacuumed, or cleaned
# away.
UNTOLD = (
    "DELTA_MISSING_CHANGE_DATA",
    "DELTA_VERSION_NOT_FOUND",
    "DELTA_TRUNCATED_TRANSACTION_LOG",
    "DELTA_EMPTY_DIRECTORY",
    "FAILED_READ_FILE.FILE_NOT_EXIST",
    # What Databricks says of it, and open-source Spark does not: https://docs.databricks.com/error-messages/error-classes
    "DELTA_CHANGE_DATA_FILE_NOT_FOUND",
    "DELTA_FILE_NOT_FOUND_DETAILED",
    "DELTA_MISSING_FILES_UNEXPECTED_VERSION",
    "DELTA_UNSUPPORTED_TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION_DURATION",
    "FAILED_READ_FILE.DBR_FILE_NOT_EXIST",
)
# Some of these come without a condition, as the text of a Java exception.
FAULTS = (PySparkException, Py4JJavaError)


def changes(spark: SparkSession, path: str, first: int, last: int) -> DataFrame:
    """What the versions from `first` to `last` changed; to be read within `try … except FAULTS`."""
    feed = spark.read.format("delta").option("readChangeFeed", "true")
    return feed.option("startingVersion", first).option("endingVersion", last).load(path)


def is_untold(fault: Exception) -> bool:
    return any(f"[{condition}]" in str(fault) for condition in UNTOLD)
