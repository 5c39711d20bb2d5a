"""Rows that break a rule, and lines that are no rows, kept with the reason until someone decides about them."""

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.catalog import quoted
from pipeline.lake import Lake, making
from pipeline.manifest import Manifest

TECHNICAL = ("_window", "_file", "_row")
COLUMNS = ("kind", "file", "line", "reasons", "payload")
LOG = "Timestamp string, Level string, OperationName string, OperationItem string, Message string"
# The service's own samples have a blank behind each comma.
LOG_FORM = {"header": "true", "multiLine": "true", "quote": '"', "escape": '"', "ignoreLeadingWhiteSpace": "true"}
# How Data Factory says where a line is; of some faults it does not.
PLACE = r"^[\s\S]*?source '(.*)' with row number (\d+): "


def as_given(raw: DataFrame) -> Expression:
    """The row as the source gave it, every value as text, so that nothing is rounded on its way back."""
    return F.struct(*[F.col(quoted(name)).cast("string").alias(name) for name in raw.columns if name not in TECHNICAL])


def payload(given: str) -> Expression:
    """Such a row as JSON; to be asked for the rows that need it alone, since it costs more than all the rest."""
    return F.to_json(given, {"ignoreNullFields": "false"})


def path_of(manifest: str) -> str:
    """Where the rows of a window are kept, below the quarantine container."""
    return manifest.replace("_manifests/", "rows/").replace(".json", ".parquet")


def rejected_lines(lake: Lake, window: Manifest) -> DataFrame:
    """The lines that the copy left out, as its session logs keep them, with file and number where they say so."""
    if not window.rejects:
        return lake.spark.createDataFrame([], ", ".join(f"{name} string" for name in COLUMNS))
    paths = [lake.path(*path.split("/", 1)) for path in window.rejects]
    log = lake.spark.read.options(**LOG_FORM, mode="FAILFAST").schema(LOG).csv(paths)
    log = log.where("OperationName = 'TabularRowSkip'")
    name = F.nullif(F.regexp_extract("Message", PLACE, 1), F.lit(""))
    names = F.create_map(*[F.lit(text) for pair in window.names.items() for text in pair]) if window.names else None
    return log.select(
        F.lit("line").alias("kind"),
        (name if names is None else F.coalesce(names[name], name)).alias("file"),
        F.nullif(F.regexp_extract("Message", PLACE, 2), F.lit("")).alias("line"),
        F.concat(F.lit("malformed: "), F.regexp_replace("Message", f"{PLACE}|\\n[\\s\\S]*", "")).alias("reason"),
        F.col("OperationItem").alias("payload"),
    ).select("kind", "file", "line", F.to_json(F.array("reason")).alias("reasons"), "payload")


def by_name(lines: DataFrame) -> dict[str | None, int]:
    """How many lines were left out of each file; `None` stands for those that name none."""
    return {row["file"]: row["count"] for row in lines.groupBy("file").count().collect()}


def broken_rows(marked: DataFrame) -> DataFrame:
    return marked.where("size(_reasons) > 0").select(
        F.lit("row").alias("kind"),
        F.col("_from").alias("file"),
        F.col("_line").alias("line"),
        F.to_json("_reasons").alias("reasons"),
        F.col("_raw").alias("payload"),
    )


def quarantine(lake: Lake, manifest: str, rows: DataFrame, count: int) -> None:
    """
    Puts the rows of a window in place, once: a repeat finds them there. A row is known ever after by its place in this
    file, so their order does not depend on how Spark read them.
    """
    target = path_of(manifest)
    if count == 0 or lake.exists("quarantine", target):
        return
    folder = making(target)
    ordered = rows.coalesce(1).sortWithinPartitions("kind", "file", F.col("line").cast("bigint"), "payload", "reasons")
    ordered.write.mode("overwrite").parquet(lake.path("quarantine", folder))
    lake.settle("quarantine", folder, target)
