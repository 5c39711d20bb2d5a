"""A gold dataset: one Delta commit for the groups that went stale, and the published form of the very same rows."""

from pyspark.sql import SparkSession

from pipeline.catalog import dataset_of, read_catalog
from pipeline.feed import FAULTS, is_untold
from pipeline.lake import Lake
from pipeline.metric import Dataset
from pipeline.publication import Publication, held_then, publications
from pipeline.published import arranged, form_of, put_form
from pipeline.renew import Target, renew

# Each try loses only to a run that has published the dataset in the meantime.
TRIES = 5


def publish(spark: SparkSession, lake: str, catalog: str, name: str, run: str, dataset: Dataset) -> dict:
    """
    Publishes a dataset for a run; a repeat of the run answers what its first attempt committed, and commits once more
    where that was cleared away before it had its form.
    """
    addresses = Lake(spark, lake)
    source = dataset_of(read_catalog(addresses, catalog), name)["inputs"][0]
    target, silver = Target(addresses, name, run, dataset), addresses.path("silver", source)
    done = committed(target, silver)
    form = formed(target, done)
    if form is None:
        done = committed(target, silver, anew=True)
        form = formed(target, done)
    if form is None:
        raise RuntimeError(f"what run {run} published of {name} was cleared away at once; publish again")
    path, rows = form
    return {
        "kind": "published",
        "rows": str(rows),
        "serial": done.serial,
        "published": path,
        "inputs": {source: done.input.version},
        "renewed": done.renewed,
        "because": done.because,
    }


def committed(target: Target, silver: str, anew: bool = False) -> Publication:
    """What the run has committed, if it is not to do so `anew`, or commits now."""
    for _ in range(TRIES):
        before, transaction = publications(target.lake.spark, target.gold)
        mine = None if anew else next((one for one in before if one.run == target.run), None)
        mine = mine or renew(target, silver, before[0] if before else None, transaction)
        if mine:
            return mine
    raise RuntimeError(f"other runs published {target.name} {TRIES} times meanwhile; publish again")


def formed(target: Target, done: Publication) -> tuple[str, int] | None:
    """Path and rows of the published form of a commit; `None` where its rows were cleared away before they had one."""
    lake, name, run, dataset = target.lake, target.name, target.run, target.dataset
    form = form_of(lake, name, run)
    if form:
        return form
    try:
        parts = held_then(lake, target.gold, dataset, done)
        if parts is None:
            return None
        metric = dataset.arrange(parts)
        return put_form(lake, arranged(metric), metric, name, run)
    except FAULTS as fault:
        if not is_untold(fault):
            raise
        return None
