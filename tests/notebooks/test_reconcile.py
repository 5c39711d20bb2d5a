"""Silver held against its source: the buckets that differ, and the keys in them."""

import hashlib
import json
from pathlib import Path

import pytest

from pipeline.catalog import table_from
from pipeline.content import bucket, sums
from pipeline.reconcile import followed

T1, T2, T3 = "2026-01-01 00:00:01", "2026-01-01 00:00:02", "2026-01-01 00:00:03"
REACH = {"cursor": "at", "cursor_kind": "timestamp", "up_to": f"{T2}.000000"}
ROWS = ["id", "n", "price", "at", "gone", "_moved"]


def held(shop, landed, *ids: str) -> None:
    shop.apply(1, landed(*[(name, "1", "1.50", T1) for name in ids]))


def sums_of(shop, run: str, *rows: tuple) -> dict:
    """Compares what a source with these rows would give, as Spark computes it: the SQL has a test of its own."""
    given = shop.spark.createDataFrame(rows, "id string, n string, price string, at string, gone string")
    typed = given.selectExpr(
        "id", "int(n) n", "cast(price as decimal(5,2)) price", "timestamp(at) at", "timestamp(gone) gone"
    )
    found = sums(typed.where("gone is null"), table_from(shop.catalog["tables"][0])).collect()
    texts = [(row["_bucket"], str(row["_rows"]), str(row["_digest"])) for row in found]
    shop.list_rows(run, ["_bucket", "_rows", "_digest"], texts)
    return shop.run("silver/compare_sums", manifest=f"_manifests/things/{run}.json", **REACH)


def keys_of(shop, run: str, *rows: tuple, ids: tuple[str, ...]) -> dict:
    """Follows the buckets of these ids down; rows are (id, n, price, at, gone, moved)."""
    asked = shop.spark.createDataFrame([(name,) for name in ids], "id string")
    buckets = [row[0] for row in asked.select(bucket(table_from(shop.catalog["tables"][0]))).collect()]
    shop.list_rows(run, [*ROWS, "_listed"], [(*row, str(len(rows))) for row in rows])
    given = {"manifest": f"_manifests/things/{run}.json", "buckets": ",".join(buckets)}
    return shop.run("silver/compare_rows", **given, **REACH)


def test_equal_contents_have_equal_sums_in_whatever_order_and_later_rows_do_not_count(shop, landed):
    held(shop, landed, "a", "b", "c")
    shop.apply(2, landed(("late", "1", "1.50", T3), ("gone", "1", "1.50", T1, T1)))
    rows = [(name, "1", "1.5", T1, None) for name in "cab"] + [("gone", "1", "1.5", T1, T1)]
    agrees = {"kind": "summed", "source": "3", "silver": "3", "differing": "0", "buckets": []}
    assert sums_of(shop, "r1", *rows) == agrees


def test_the_sums_of_silver_are_of_the_texts_that_a_source_makes_of_the_same_rows(shop):
    content = json.loads((Path(__file__).parents[1] / "support/content.json").read_text())
    columns = [{"name": name, "type": kind} for name, kind in content["types"].items()]
    table = table_from({"name": "t", "key": content["key"], "columns": columns})
    given = shop.spark.createDataFrame([row["values"] for row in content["rows"]], [c["name"] for c in columns])
    typed = given.select(*[given[column.name].cast(column.cast_type).alias(column.name) for column in table.columns])
    texts = {row["key"]: row["text"] for row in content["rows"]}

    def sha(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    wanted = sorted((sha(key)[:3], 1, int(sha(text)[:15], 16)) for key, text in texts.items())
    assert sorted((row[0], row[1], int(row[2])) for row in sums(typed, table).collect()) == wanted


@pytest.mark.parametrize(
    "changed",
    [("2", "1.50", T1), (None, "1.50", T1), ("1", "1.51", T1), ("1", None, T1), ("1", "1.50", f"{T1}.000001")],
)
def test_one_changed_cell_is_one_bucket_that_differs(shop, landed, changed):
    held(shop, landed, "a", "b")
    found = sums_of(shop, "r1", ("a", "1", "1.50", T1, None), ("b", *changed, None))
    assert (found["source"], found["silver"], found["differing"], len(found["buckets"])) == ("2", "2", "1", 1)


def test_a_row_on_one_side_alone_is_one_bucket_that_differs(shop, landed):
    held(shop, landed, "a", "b")
    assert sums_of(shop, "r1", ("a", "1", "1.50", T1, None))["differing"] == "1"
    assert sums_of(shop, "r2", *[(name, "1", "1.50", T1, None) for name in "abc"])["differing"] == "1"


def test_so_many_buckets_are_followed_as_hold_the_rows_that_a_server_gives_and_one_in_any_case():
    assert followed([("001", 60_000), ("002", 40_000), ("003", 1)]) == ["001", "002"]
    assert followed([("001", 200_000), ("002", 1)]) == ["001"]
    assert followed([(f"{at:03x}", 1) for at in range(4096)]) == [f"{at:03x}" for at in range(1000)]
    assert followed([]) == []


def test_the_keys_that_differ_are_named_with_their_columns_and_no_value(shop, landed):
    held(shop, landed, "a", "b", "c", "d")
    rows = [("a", "1", "1.50", T1, None, "0"), ("b", "7", None, T1, None, "0"), ("d", "1", "1.50", T1, T1, "0")]
    found = keys_of(shop, "r1", *rows, ("e", "1", "1.50", T1, None, "0"), ids=("a", "b", "c", "d", "e"))
    assert found == {
        "kind": "traced",
        "differing": "4",
        "keys": [
            {"key": "b", "held": "both", "columns": ["n", "price"]},
            {"key": "c", "held": "silver", "columns": []},
            {"key": "d", "held": "silver", "columns": []},
            {"key": "e", "held": "source", "columns": []},
        ],
    }


def test_what_moved_on_since_or_waits_in_quarantine_does_not_differ(shop, landed):
    held(shop, landed, "a", "b", "c")
    rows = [("a", "2", "1.50", T3, None, "1"), ("b", "-1", "1.50", T1, None, "0"), ("new", "1", "1.50", T3, None, "1")]
    found = keys_of(shop, "r1", *rows, ("c", "one", "1.50", T1, None, "0"), ids=("a", "b", "c", "new"))
    assert (found["differing"], found["keys"]) == ("0", [])


def test_rows_outside_the_buckets_are_not_held_against_anything(shop, landed):
    held(shop, landed, "a", "b")
    assert keys_of(shop, "r1", ids=("b",))["keys"] == [{"key": "b", "held": "silver", "columns": []}]


def test_a_list_of_rows_that_is_cut_short_says_nothing(shop, landed):
    held(shop, landed, "a")
    shop.list_rows("r1", [*ROWS, "_listed"], [("a", "1", "1.50", T1, None, "0", "2")])
    given = {"manifest": "_manifests/things/r1.json", "buckets": "000"}
    assert shop.run("silver/compare_rows", **given, **REACH)["kind"] == "unbalanced"
