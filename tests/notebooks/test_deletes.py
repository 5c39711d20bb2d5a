"""Rows that are gone at their source, found by its keys."""

from datetime import datetime, timezone

import pytest

from pipeline.catalog import read_catalog, table_of
from pipeline.deletes import allowed, as_of_now, mark
from pipeline.lake import Lake

T1, T2 = "2026-01-01 00:00:01", "2026-01-01 00:00:02"
LIMITS = {"most_share": "0.5", "most_rows": "1", "accepted": ""}


def compare(shop, run: str, *keys: str | None, **more: str) -> dict:
    """Holds a list of keys against silver, as a run does."""
    shop.list_keys(run, [(key, len(keys)) for key in keys])
    return again(shop, run, **more)


def again(shop, run: str, **more: str) -> dict:
    return shop.compare_keys(run, **LIMITS | more)


def held(shop, landed, *ids: str | None) -> None:
    shop.apply(1, landed(*[(name, "1", "1.00", T1) for name in ids]))


def state(shop) -> list[tuple]:
    return shop.rows("silver", "things", "id", "_deleted")


def test_a_row_whose_key_is_gone_is_marked_once_and_the_others_stay(shop, landed):
    held(shop, landed, "a", "b", "c")
    outcome = compare(shop, "r1", "a", "c", "never seen")
    assert outcome == {"kind": "compared", "live": "3", "deleted": "1"}
    assert state(shop) == [("a", False), ("b", True), ("c", False)]
    version = shop.table("silver", "things").selectExpr("max(_updated)").first()
    assert again(shop, "r1") == outcome
    assert shop.table("silver", "things").selectExpr("max(_updated)").first() == version


def test_a_row_that_comes_back_wins_over_its_mark_and_an_older_window_does_not(shop, landed):
    held(shop, landed, "a", "b", "c")
    compare(shop, "r1", "a", "c")
    past = shop.run("silver/apply_window", manifest=shop.manifest(1), txn_app="lane", txn_version="1", aside="true")
    assert (past["rows"]["updated"], state(shop)[1]) == ("0", ("b", True))
    shop.apply(2, landed(("b", "2", "1.00", T2)))
    assert state(shop) == [("a", False), ("b", False), ("c", False)]


def test_more_than_both_limits_or_all_rows_are_left_until_a_person_accepts_as_many(shop, landed):
    held(shop, landed, "a", "b", "c", "d", "e")
    before = state(shop)
    assert compare(shop, "r1", "a", "b") == {"kind": "stopped", "live": "5", "deleted": "3"}
    assert compare(shop, "r2", most_rows="100") == {"kind": "stopped", "live": "5", "deleted": "5"}
    assert compare(shop, "r3", "a", "b", accepted="2")["kind"] == "stopped"
    assert state(shop) == before
    assert compare(shop, "r4", "a", "b", accepted="3") == {"kind": "compared", "live": "5", "deleted": "3"}
    assert [gone for _, gone in state(shop)] == [False, False, True, True, True]


def test_a_list_that_is_cut_short_marks_nothing(shop, landed):
    held(shop, landed, "a", "b", "c", "d")
    shop.list_keys("r1", [("a", 1)], [("b", 2)])
    said = {"kind": "unbalanced", "detail": "the source listed 2 keys in a part, and 1 of them came"}
    assert again(shop, "r1") == said
    shop.list_keys("r2", [("a", 1)], [("b", 2), ("c", 2)])
    assert [gone for _, gone in state(shop)] == [False] * 4
    assert again(shop, "r2")["deleted"] == "1"


def test_keys_are_compared_as_silver_holds_them_typed_and_hashed_and_in_part_null(shop, landed, things):
    table = things["tables"][0]
    table["columns"][0]["pii"] = "direct"
    table["key"] = ["id", "n"]
    shop.publish_catalog()
    rows = [("a", "1", "1.00", T1), ("A", "1", "1.00", T1), ("a", "02", "1.00", T1), (None, "1", "1.00", T1)]
    window = shop.land(1, landed(*rows))
    shop.run("silver/apply_window", manifest=window, txn_app="things", txn_version="1", aside="")
    keys = [("a", " 1"), ("a", "2"), (None, "1"), ("a", None), ("a", "one")]
    shop.list_keys("r1", [(*key, len(keys)) for key in keys], key=["id", "n"])
    assert again(shop, "r1") == {"kind": "compared", "live": "3", "deleted": "1"}
    assert [tuple(row) for row in shop.rows("silver", "things", "n", "_deleted")] == [(1, False), (1, True), (2, False)]


def test_a_table_that_is_not_there_yet_has_lost_nothing(shop):
    assert compare(shop, "r1", "a") == {"kind": "compared", "live": "0", "deleted": "0"}


def test_what_came_between_the_list_and_its_comparison_is_not_judged_by_the_list(shop, landed):
    held(shop, landed, "a", "b", "c")
    begun = datetime.now(timezone.utc).isoformat()
    shop.list_keys("r1", [("a", 2), ("c", 2)])
    shop.apply(2, landed(("new", "1", "1.00", T2)))
    assert again(shop, "r1", begun=begun) == {"kind": "compared", "live": "3", "deleted": "1"}
    assert state(shop) == [("a", False), ("b", True), ("c", False), ("new", False)]


def test_a_row_that_was_written_while_keys_were_compared_is_left_as_it_is(shop, landed):
    held(shop, landed, "a", "b", "c")
    session, path = shop.spark, str(shop.folder / "silver/things")
    gone = as_of_now(session, path).where("id <> 'a'").select("id", "_updated")
    shop.apply(2, landed(("b", "2", "1.00", T2)), app="a lane")
    mark(session, path, table_of(read_catalog(Lake(session, shop.lake), "3"), "things"), gone)
    assert state(shop) == [("a", False), ("b", False), ("c", True)]


@pytest.mark.parametrize(
    ("live", "deleted", "accepted", "may"),
    [
        (1000, 0, None, True),
        (0, 0, None, True),
        (1000, 10, None, True),
        (1000, 50, None, True),
        (1000, 51, None, False),
        (5, 5, None, False),
        (1000, 51, 50, False),
        (1000, 51, 51, True),
        (5, 5, 5, True),
    ],
)
def test_a_few_rows_or_a_small_share_may_go(live, deleted, accepted, may):
    assert allowed(live, deleted, share=0.05, rows=10, accepted=accepted) is may
