"""Publishes datasets, and holds them against a full recomputation."""

from collections import Counter

import pytest
from fashion import DATASETS
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.metric import Dataset
from pipeline.publish import publish
from pipeline.published import arranged
from pipeline.text import printed


def published(shop, name: str, run: str, dataset: Dataset | None = None) -> dict:
    return publish(shop.spark.newSession(), shop.lake, "3", name, run, dataset or DATASETS[name])


@pytest.fixture
def large(monkeypatch):
    """Takes the few rows of a test for a table that is worth asking for its changes."""
    monkeypatch.setattr(tables, "SMALL_BYTES", 0)


@pytest.fixture
def gold(shop, large):
    """Publishes a dataset for a run, and checks table and published form against a full recomputation."""

    def check(name: str, run: str) -> dict:
        outcome = published(shop, name, run)
        metric = DATASETS[name].arrange(DATASETS[name].parts(shop.table("silver", "users").where("not _deleted")))
        wanted, held = arranged(metric), shop.table("gold", name)
        rows, texts = values_and_texts(wanted, metric.one_decimal)
        assert shop.form("gold", outcome["published"]) == texts
        assert held.dtypes == wanted.dtypes
        assert Counter(held.collect()) == Counter(rows)
        assert outcome["rows"] == str(len(rows))
        return outcome

    return check


def values_and_texts(frame: DataFrame, one_decimal: frozenset[str]) -> tuple[list, list[dict]]:
    """Each row as it is, and as it is published, in one go."""
    texts = [
        F.expr(printed(field.name, field.dataType, field.name in one_decimal)).alias(field.name)
        for field in frame.schema.fields
    ]
    rows = frame.select(F.struct("*").alias("values"), F.struct(*texts).alias("texts")).collect()
    return [row["values"] for row in rows], [row["texts"].asDict() for row in rows]
