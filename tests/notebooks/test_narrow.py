"""What a merge of few rows says of its target, so that the rest of the table stays out of its join."""

import pytest

from pipeline import narrow
from pipeline.narrow import narrowed


@pytest.fixture
def target(spark):
    rows = spark.createDataFrame([("a", 1), ("b", 2), ("it's", 3), (None, 4)], "id string, n int")
    rows.createOrReplaceTempView("target")
    return rows


def kept(spark, rows, names, count=1) -> set[int]:
    condition, values = narrowed(rows, names, "t", count)
    return {row["n"] for row in spark.sql(f"select n from target t where {condition}", values).collect()}


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [(["a", "it's"], {1, 3}), (["b", None], {2, 4}), ([None], {4}), ([], set()), (["zz"], set())],
)
def test_rows_of_the_target_that_no_row_of_the_window_can_meet_are_ruled_out_and_no_others(spark, target, ids, wanted):
    rows = spark.createDataFrame([(id,) for id in ids], "key string")
    assert kept(spark, rows, {"key": "id"}) == wanted


def test_a_column_that_cannot_be_named_leaves_it_to_the_next_one(spark, target):
    rows = spark.sql("select timestamp'2026-01-01' as at, 2 as n")
    assert kept(spark, rows, {"at": "id", "n": "n"}) == {2}
    assert narrowed(rows.select("at"), {"at": "id"}, "t", 1) == ("true", [])


def test_a_merge_of_many_rows_names_none_of_them(spark, target):
    rows = spark.createDataFrame([("a",)], "key string")
    assert narrowed(rows, {"key": "id"}, "t", narrow.MANY)[1] == ["a"]
    assert narrowed(rows, {"key": "id"}, "t", narrow.MANY + 1) == ("true", [])


def test_the_join_of_a_small_window_and_a_large_table_goes_by_what_is_named(shop, landed, monkeypatch):
    """A condition that rules everything out makes a key that is there a new one."""
    shop.apply(1, landed(("a", "1", "1.50", "2026-01-01 00:00:00.000001")))
    monkeypatch.setattr("pipeline.tables.SMALL_BYTES", -1)
    monkeypatch.setattr("pipeline.merge.narrowed", lambda *_: ("false", []))
    assert shop.apply(2, landed(("a", "2", "1.50", "2026-01-01 00:00:00.000002")))["rows"]["inserted"] == "1"
