"""What is kept of rows that did not go in, what a replay does with them, and that every row is accounted for."""

import json

T1, T2, T3 = "2026-01-01 00:00:01.000001", "2026-01-01 00:00:02", "2026-01-01 00:00:03"


def row(window: str, id: str, n: str | None, at: str = T1, name: str | None = None) -> dict:
    values = {"ID": id, "n": n, "price": "1.10", "at": at, "gone": None, "more": "ignored"}
    return {"id": name or f"things.{window}.{id}", "window": window, "values": values}


def test_every_row_of_a_window_and_of_each_file_is_accounted_for(shop, landed):
    rows = [("a", "1", "1.00", T1), ("a", "2", "1.00", T2), ("b", "-1", "1.00", T1), ("c", "1", "1.00", T1)]
    frame = landed(*rows).project("*, if(id = 'c', 'two.csv', 'one.csv') as _file")
    lines = [("one.csv", "7", "too many fields", 'x,y,"z\nw",,,'), ("three.csv", "2", "no end", "q")]
    outcome = shop.apply(1, frame, rejected=lines)
    none = {"landed": "0", "merged": "0", "duplicates": "0", "quarantined": "0"}
    assert outcome["files"] == [
        {"file": "one.csv", "rejected": "1", "landed": "3", "merged": "1", "duplicates": "1", "quarantined": "1"},
        {"file": "three.csv", "rejected": "1"} | none,
        {"file": "two.csv", "rejected": "0", "landed": "1", "merged": "1", "duplicates": "0", "quarantined": "0"},
    ]
    held = shop.held(1)
    assert [(r["kind"], r["file"], r["line"], json.loads(r["reasons"])) for r in held] == [
        ("line", "one.csv", "7", ["malformed: too many fields"]),
        ("line", "three.csv", "2", ["malformed: no end"]),
        ("row", "one.csv", None, ["n_positive"]),
    ]
    assert held[0]["payload"] == 'x,y,"z\nw",,,'
    assert shop.apply(1)["files"] == outcome["files"]
    assert shop.held(1) == held


def test_a_log_that_does_not_hold_every_rejected_line_fails_the_window_before_it_writes(shop, landed):
    path = shop.land(1, landed(("a", "1", "1.00", T1)), rejected=[("one.csv", "7", "no", "x")])
    (shop.folder / "quarantine/things/window=1/log.csv").write_text(
        "Timestamp,Level,OperationName,OperationItem,Message\n"
    )
    outcome = shop.apply(1)
    assert outcome["kind"] == "unbalanced"
    assert "1 rows were rejected, the logs of the copy hold 0" in outcome["detail"]
    assert path and not (shop.folder / "silver").exists()


def test_a_file_of_which_no_line_is_a_row_is_kept_and_empties_no_table(shop, landed):
    shop.catalog["tables"][0]["replace"] = True
    shop.publish_catalog()
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    outcome = shop.apply(2, landed(), rejected=[("one.csv", "1", "no", "x")])
    assert (outcome["kind"], outcome["files"][0]["rejected"]) == ("applied", "1")
    assert len(shop.held(2)) == 1
    assert shop.rows("silver", "things", "id") == [("a",)]


def test_a_replay_merges_just_its_rows_under_the_rules_of_today_and_does_so_once(shop, landed):
    shop.apply(1, landed(("a", "-1", "1.10", T1), ("b", "1", "1.00", T1)))
    asked = [row("1", "a", "-1"), row("1", "x", "-5")]
    refused = shop.replay("r1", *asked)
    assert (refused["rows"]["inserted"], len(refused["again"])) == ("0", 2)
    shop.catalog["tables"][0]["rules"][0]["check"] = "n >= -1"
    shop.publish_catalog()
    done = shop.replay("r2", *asked)
    assert done["kind"] == "applied"
    assert done["rows"]["inserted"] == "1"
    assert done["again"] == [{"id": "things.1.x", "reasons": ["n_positive"]}]
    assert shop.replay("r2", *asked) == done | {"kind": "already_applied"}
    got = shop.rows("silver", "things", "id", "n", "price", "_window")
    assert [(i, n, str(p), w) for i, n, p, w in got] == [("a", -1, "1.10", "1"), ("b", 1, "1.00", "1")]


def test_a_replayed_row_never_overwrites_a_newer_one(shop, landed):
    shop.apply(1, landed(("a", "-1", "1.10", T1), ("b", "-1", "1.10", T2)))
    shop.apply(2, landed(("a", "7", "1.10", T2), ("b", "8", "1.10", T2)))
    # 'a' has a later time in silver; 'b' the same time, from a later window.
    done = shop.replay("r", row("1", "a", "1", T1), row("1", "b", "1", T2))
    assert (done["rows"]["updated"], done["rows"]["unchanged"], done["again"]) == ("0", "2", [])
    assert shop.rows("silver", "things", "id", "n") == [("a", 7), ("b", 8)]


def test_of_two_replayed_versions_of_a_row_the_one_of_the_later_window_wins_a_tie(shop, landed):
    shop.apply(1, landed(("z", "1", "1.00", T1)))
    shop.replay("r", row("10", "a", "1"), row("9", "a", "2"))
    assert shop.rows("silver", "things", "id", "n", "_window")[0] == ("a", 1, "10")


def test_a_rule_that_would_fail_a_window_holds_a_replayed_row_back(shop, landed):
    shop.apply(1, landed(("z", "1", "1.00", T1)))
    done = shop.replay("r", row("1", "impossible", "1"), row("1", "a", "1"))
    assert done["again"] == [{"id": "things.1.impossible", "reasons": ["sane"]}]
    assert [i for (i,) in shop.rows("silver", "things", "id")] == ["a", "z"]


def test_rows_of_two_vintages_of_a_file_fit_into_one_table_by_name(shop, landed):
    shop.apply(1, landed(("a", "1", "1.00", T1)).project("* exclude (price)"))
    shop.apply(2, landed(("b", "1", "2.00", T1)).project("\"at\", 'new' as extra, price, id, n, gone"))
    assert prices(shop) == [("a", 1, None), ("b", 1, "2.00")]


def test_files_of_two_vintages_in_one_window_fit_as_well_whichever_comes_first(shop, landed):
    old = landed(("a", "1", "9.99", T1)).project("* exclude (price)")
    new = landed(("b", "2", "2.00", T1)).project("\"at\", price, 'new' as extra, id, n, gone")
    shop.apply(1, old, new)
    assert prices(shop) == [("a", 1, None), ("b", 2, "2.00")]
    shop.apply(2, new.project("* replace ('c' as id)"), old.project("* replace ('d' as id)"))
    assert prices(shop) == [("a", 1, None), ("b", 2, "2.00"), ("c", 2, "2.00"), ("d", 1, None)]


def prices(shop) -> list[tuple]:
    rows = shop.rows("silver", "things", "id", "n", "price")
    return [(name, n, None if price is None else str(price)) for name, n, price in rows]
