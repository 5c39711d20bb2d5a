"""Windows of the past, merged beside the live ones: replays and backfills."""

import pytest

T1, T2, T3 = "2026-01-01 00:00:01", "2026-01-01 00:00:02", "2026-01-01 00:00:03"


def aside(shop, number: int, lane: str = "lane-1") -> dict:
    given = {"manifest": shop.manifest(number), "txn_app": f"source:things:{lane}", "txn_version": "1"}
    return shop.run("silver/apply_window", **given, aside="true")


def test_a_replayed_window_is_merged_although_later_ones_were_and_leaves_silver_as_it_was(shop, landed):
    shop.apply(1, landed(("a", "1", "1.00", T1), ("b", "1", "1.00", T1)))
    shop.apply(2, landed(("a", "2", "1.00", T2)))
    before = shop.rows("silver", "things", "id", "n", "at", "_deleted", "_window")
    outcome = aside(shop, 1)
    assert outcome["kind"] == "applied"
    assert [outcome["rows"][name] for name in ("in", "inserted", "updated", "deleted")] == ["2", "0", "0", "0"]
    assert shop.rows("silver", "things", "id", "n", "at", "_deleted", "_window") == before
    assert shop.apply(3, landed(("a", "3", "1.00", T3)))["rows"]["updated"] == "1"


def test_rows_that_silver_has_lost_come_back_by_a_replay_once(shop, landed, spark):
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    shop.apply(2, landed(("b", "1", "1.00", T2)))
    spark.sql(f"delete from delta.`{shop.folder}/silver/things` where id = 'a'")
    assert aside(shop, 1)["rows"]["inserted"] == "1"
    assert aside(shop, 1)["kind"] == "already_applied"
    assert shop.rows("silver", "things", "id", "n") == [("a", 1), ("b", 1)]


def test_what_was_found_deleted_since_does_not_come_back_by_a_window_of_the_past(shop, landed, spark):
    shop.apply(1, landed(("a", "1", "1.00", T1), ("b", "1", "1.00", T1)))
    spark.sql(f"update delta.`{shop.folder}/silver/things` set _deleted = true where id = 'a'")
    assert aside(shop, 1)["rows"]["updated"] == "0"
    assert shop.rows("silver", "things", "id", "_deleted") == [("a", True), ("b", False)]
    shop.land(2, landed(("a", "2", "1.00", T2)))
    assert aside(shop, 2, "lane-2")["rows"]["updated"] == "1"
    assert shop.rows("silver", "things", "id", "n", "_deleted") == [("a", 2, False), ("b", 1, False)]


def test_a_window_of_the_past_fills_a_column_that_was_declared_since(shop, landed, things):
    column = {"name": "extra", "type": "text", "pii": "none"}
    rows = landed(("a", "1", "1.00", T1)).project("*, 'filled' as extra")
    shop.apply(1, rows)
    things["tables"][0]["columns"].append(column)
    shop.publish_catalog()
    assert aside(shop, 1)["rows"]["updated"] == "1"
    assert shop.rows("silver", "things", "id", "n", "extra") == [("a", 1, "filled")]


@pytest.mark.parametrize("unordered", [{"replace": True}, {"order": []}])
def test_a_window_of_the_past_does_not_win_over_a_live_one_that_has_come_since(shop, landed, things, unordered):
    things["tables"][0] |= unordered
    shop.publish_catalog()
    shop.apply(1, landed(("a", "1", "1.00", T1)), app="source:things")
    assert aside(shop, 1, "lane-1")["rows"]["merged"] == "1"
    shop.apply(2, landed(("a", "2", "1.00", T1)), app="source:things")
    outcome = aside(shop, 1, "lane-2")
    assert [outcome["kind"], outcome["rows"]["inserted"], outcome["rows"]["updated"]] == ["applied", "0", "0"]
    assert shop.rows("silver", "things", "id", "n") == [("a", 2)]
    assert aside(shop, 2, "lane-3")["kind"] == "applied"
    shop.land(3, landed(("a", "3", "1.00", T1)))
    aside(shop, 3, "lane-4")
    assert shop.rows("silver", "things", "id", "n") == [("a", 3)]
