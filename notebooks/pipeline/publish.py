"""A gold dataset: one Delta commit for the groups that went stale, and the published form of the very same rows."""

from pyspark.sql import SparkSession

from pipeline.catalog import dataset_of, read_catalog
from pipeline.lake import Lake
from pipeline.metric import Dataset
from pipeline.publication import Publication, held, publications
from pipeline.published import arranged, put_form
from pipeline.renew import Target, renew

# Each try loses only to a run that has published the dataset in the meantime.
TRIES = 5


def publish(spark: SparkSession, lake: str, catalog: str, name: str, run: str, dataset: Dataset) -> dict:
    """Publishes a dataset for a run; a repeat of the run answers what its first attempt committed."""
    addresses = Lake(spark, lake)
    source = dataset_of(read_catalog(addresses, catalog), name)["inputs"][0]
    target = Target(addresses, name, run, dataset)
    done = committed(target, addresses.path("silver", source))
    parts = held(addresses, target.gold, dataset, done)
    if parts is None:
        raise ValueError(f"what run {run} published of {name} was cleared away since; publish in a new run")
    metric = dataset.arrange(parts)
    path, rows = put_form(addresses, arranged(metric), metric, name, run)
    return {
        "kind": "published",
        "rows": str(rows),
        "version": done.version,
        "published": path,
        "inputs": {source: done.input.version},
        "renewed": done.renewed,
        "because": done.because,
    }


def committed(target: Target, silver: str) -> Publication:
    for _ in range(TRIES):
        before, transaction = publications(target.lake.spark, target.gold)
        mine = next((one for one in before if one.run == target.run), None)
        mine = mine or renew(target, silver, before[0] if before else None, transaction)
        if mine:
            return mine
    raise RuntimeError(f"other runs published {target.name} {TRIES} times meanwhile; publish again")
