"""A gold dataset: one Delta commit, and the published form made of the very same input version."""

from delta import DeltaTable
from pyspark.sql import DataFrame, SparkSession

from pipeline import tables
from pipeline.catalog import dataset_of, quoted, read_catalog
from pipeline.lake import Lake
from pipeline.metric import Compute, Metric
from pipeline.text import as_text


def publish(spark: SparkSession, lake: str, catalog: str, dataset: str, run: str, compute: Compute) -> dict:
    """Publishes a dataset for a run; a repeat of the run computes from the input version of the first attempt."""
    addresses = Lake(spark, lake)
    source = dataset_of(read_catalog(addresses, catalog), dataset)["inputs"][0]
    path, published = addresses.path("gold", dataset), f"_published/{dataset}/{run}.parquet"
    silver = addresses.path("silver", source)
    version = str(DeltaTable.forPath(spark, silver).history(1).first()["version"])
    metric = compute(live(spark, silver, version))
    result = arranged(metric).persist()
    try:
        rows = result.count()
        app = f"{dataset}:{run}"
        with tables.transaction(spark, app, "1", {"app": app, "inputs": {source: version}}):
            result.write.format("delta").mode("overwrite").option("overwriteSchema", "true").save(path)
        committed = tables.last_commit(spark)
        if committed is None:
            committed, version, result, rows = recall(spark, path, app, silver, source, compute)
        form(addresses, as_text(result, metric.one_decimal), dataset, run, published)
    finally:
        result.unpersist()
    return {
        "kind": "published",
        "rows": str(rows),
        "version": committed,
        "published": published,
        "inputs": {source: version},
    }


def live(spark: SparkSession, silver: str, version: str) -> DataFrame:
    """The rows of one version of a silver table that are not deleted."""
    return spark.read.format("delta").option("versionAsOf", version).load(silver).where("not _deleted")


def arranged(metric: Metric) -> DataFrame:
    """The published columns in the published order, in one partition that later writes keep."""
    ordered = metric.frame.coalesce(1).sortWithinPartitions(*metric.order)
    return ordered.select(*[quoted(name) for name in metric.columns])


def recall(
    spark: SparkSession, path: str, app: str, silver: str, source: str, compute: Compute
) -> tuple[str, str, DataFrame, int]:
    """What an earlier attempt of this run committed, computed once more from the input version that it noted."""
    found, _ = tables.noted(spark, path, app=app)
    if found is None:
        raise ValueError(f"{app} was committed to {path}, but its commit has left the history; publish in a new run")
    version = found["note"]["inputs"][source]
    result = arranged(compute(live(spark, silver, version))).persist()
    return found["version"], version, result, result.count()


def form(lake: Lake, text: DataFrame, dataset: str, run: str, published: str) -> None:
    """One Parquet file, put in place by a rename, so that a reader sees all of it or nothing."""
    if lake.exists("gold", published):
        return
    folder = f"_published/{dataset}/_{run}"
    text.write.mode("overwrite").parquet(lake.path("gold", folder))
    lake.settle("gold", folder, published)
