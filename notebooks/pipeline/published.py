"""The published form of a dataset: its cells as text, its rows in the published order, in one file a run."""

from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as F

from pipeline.catalog import quoted
from pipeline.lake import Lake
from pipeline.metric import Metric
from pipeline.text import as_text


def arranged(metric: Metric) -> DataFrame:
    """The published columns in the published order, in one partition that later writes keep."""
    ordered = metric.frame.coalesce(1).sortWithinPartitions(*metric.order)
    return ordered.select(*[quoted(name) for name in metric.columns])


def form_of(lake: Lake, dataset: str, run: str) -> tuple[str, int] | None:
    """Path and rows of the form that a run has put in place."""
    path = path_of(dataset, run)
    return (path, lake.spark.read.parquet(lake.path("gold", path)).count()) if lake.exists("gold", path) else None


def put_form(lake: Lake, rows: DataFrame, metric: Metric, dataset: str, run: str) -> tuple[str, int]:
    """Its path and its rows. Put in place by a rename, so that a reader sees all of it or nothing."""
    path, folder, written = path_of(dataset, run), f"_published/{dataset}/_{run}", Observation()
    texts = as_text(rows, metric.one_decimal).observe(written, F.count(F.lit(1)).alias("rows"))
    texts.write.mode("overwrite").parquet(lake.path("gold", folder))
    lake.settle("gold", folder, path)
    return path, written.get["rows"]


def path_of(dataset: str, run: str) -> str:
    return f"_published/{dataset}/{run}.parquet"
