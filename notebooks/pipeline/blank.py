"""What was put aside of erased people loses its words, not its place: a row is known for good by where it stands."""

import json

from pyspark.sql import functions as F

from pipeline.erased import Erased
from pipeline.lake import Lake, making
from pipeline.purge import among, put_parquet
from pipeline.quarantine import LOG, LOG_FORM, PLACE, path_of

ERASED = '["erased"]'


def blank(lake: Lake, erased: Erased, source: str, manifests: list[str]) -> int:
    """Rows and lines in quarantine, in the logs of the copies that left lines out, and in requests of replays."""
    logs = [path for manifest in manifests for path in lake.document("bronze", manifest)[0].get("rejects") or ()]
    held = [path for path in map(path_of, manifests) if lake.exists("quarantine", path)]
    lines = blank_logs(lake, erased, [path.partition("/")[2] for path in logs])
    return blank_rows(lake, erased, held) + lines + blank_requests(lake, erased, source)


def blank_rows(lake: Lake, erased: Erased, paths: list[str]) -> int:
    if not paths:
        return 0
    every, rows = lake.spark.read.parquet(*[lake.path("quarantine", path) for path in paths]), 0
    for path in among(lake, "quarantine", paths, every, erased.texts(F.col("payload"))):
        frame = lake.spark.read.parquet(lake.path("quarantine", path))
        theirs = erased.texts(F.col("payload"))
        rows += frame.where(theirs).count()
        empty = F.when(F.col("kind") == "row", "{}").otherwise("")
        words = {"payload": (empty, F.col("payload")), "reasons": (F.lit(ERASED), F.col("reasons"))}
        blanked = frame.withColumn("_theirs", theirs).withColumns(
            {name: F.when(F.col("_theirs"), new).otherwise(old) for name, (new, old) in words.items()}
        )
        put_parquet(lake, "quarantine", blanked.drop("_theirs"), path)
    return rows


def blank_logs(lake: Lake, erased: Erased, paths: list[str]) -> int:
    """The log keeps the line's place and loses the line; a rerun counts its lines again."""
    if not paths:
        return 0
    for path in paths:
        lake.heal("quarantine", path)
    reading = lake.spark.read.options(**LOG_FORM).schema(LOG)
    every, rows = reading.csv([lake.path("quarantine", path) for path in paths]), 0
    theirs = erased.texts(F.concat_ws("\n", "OperationItem", "Message"))
    for path in among(lake, "quarantine", paths, every, theirs):
        frame = reading.csv(lake.path("quarantine", path)).withColumn("_theirs", theirs)
        rows += frame.where("_theirs").count()
        place = F.regexp_extract("Message", PLACE, 0)
        blanked = frame.withColumns(
            {
                "OperationItem": F.when(F.col("_theirs"), F.lit("")).otherwise(F.col("OperationItem")),
                "Message": F.when(F.col("_theirs"), F.concat(place, F.lit("erased"))).otherwise(F.col("Message")),
            }
        )
        put_log(lake, blanked.drop("_theirs"), path)
    return rows


def put_log(lake: Lake, rows, path: str) -> None:
    folder = making(path)
    options = {"header": "true", "quoteAll": "true", "quote": '"', "escape": '"', "emptyValue": ""}
    rows.coalesce(1).write.mode("overwrite").options(**options).csv(lake.path("quarantine", folder))
    lake.settle("quarantine", folder, path, over=True)


def blank_requests(lake: Lake, erased: Erased, source: str) -> int:
    """What replays were asked for, with the corrected values; a replay has ended before an erasure begins."""
    theirs, rows = erased.in_text(), 0
    for path in lake.healed("quarantine", "replays"):
        document = lake.document("quarantine", path)[0]
        held = [row for row in document["rows"] if document["source"] == source and theirs(json.dumps(row["values"]))]
        for row in held:
            row["values"] = {}
        if held:
            lake.replace_document("quarantine", path, document)
        rows += len(held)
    return rows
