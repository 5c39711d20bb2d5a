"""What a window does to its silver table."""

import json

import pytest
from delta import DeltaTable

from pipeline import tables, versions
from pipeline.apply import apply_window

T1, T2, T3 = "2026-01-01 00:00:01.000001", "2026-01-01 00:00:01.000002", "2026-01-01 00:00:03"


@pytest.fixture(params=[tables.SMALL_BYTES, -1], ids=["small", "large"])
def sized(request, monkeypatch):
    """The table is merged with as a small one is, and as one that is too large to be read whole; so is its window."""
    monkeypatch.setattr(tables, "SMALL_BYTES", request.param)
    if request.param < 0:
        monkeypatch.setattr(versions, "MANY", 0)


def test_the_newest_version_of_each_key_wins_inside_a_window(shop, landed, sized):
    outcome = shop.apply(1, landed(("a", "1", "1.50", T1), ("a", "2", "1.50", T2), ("b", "3", "2.00", T1)))
    assert outcome["kind"] == "applied"
    assert outcome["rows"] == {
        "in": "3",
        "merged": "2",
        "duplicates": "1",
        "quarantined": "0",
        "inserted": "2",
        "updated": "0",
        "deleted": "0",
        "unchanged": "0",
        "erased": "0",
    }
    assert shop.rows("silver", "things", "id", "n", "_window") == [("a", 2, "1"), ("b", 3, "1")]


def test_applying_a_window_twice_changes_nothing_and_answers_the_same_counts(shop, landed):
    shop.apply(1, landed(("a", "1", "1.50", T1), ("c", "1", "1.50", T1)))
    first = shop.apply(2, landed(("a", "2", "1.50", T2), ("b", "1", "1.00", T1), ("x", "-1", None, T1)))
    again = shop.apply(2)
    assert first["kind"] == "applied"
    assert again == first | {"kind": "already_applied"}
    assert len(shop.held(2)) == 1
    assert shop.table("silver", "things").count() == 3


def test_a_compaction_right_behind_the_merge_of_a_window_changes_nothing_of_what_is_told(shop, landed, spark):
    """As Databricks does by itself: in the same session, and so with the same note."""
    shop.apply(1, landed(("a", "1", "1.50", T1), ("b", "1", "1.50", T1)))
    spark.conf.set("spark.databricks.delta.autoCompact.enabled", "true")
    spark.conf.set("spark.databricks.delta.autoCompact.minNumFiles", "2")
    manifest = shop.land(2, landed(("a", "2", "1.50", T2, T2), ("c", "1", "1.00", T1)))
    first = apply_window(spark, shop.lake, "3", manifest, "things", "2", lambda: "a key")
    history = spark.sql(f"describe history delta.`{shop.folder}/silver/things`").collect()
    assert [(row["version"], row["operation"]) for row in history] == [(2, "OPTIMIZE"), (1, "MERGE"), (0, "WRITE")]
    assert history[0]["userMetadata"] == history[1]["userMetadata"]
    assert (first["version"], [first["rows"][name] for name in ("inserted", "updated", "deleted")]) == ("1", ["1"] * 3)
    assert shop.apply(2) == first | {"kind": "already_applied"}


def test_a_first_window_that_was_cut_off_before_its_commit_is_applied_by_the_next_attempt(shop, landed):
    shop.land(1, landed(("a", "1", "1.00", T1)))
    (shop.folder / "silver/things").mkdir(parents=True)
    left = shop.folder / "bronze/things/window=1/attempt=1/part-0.parquet"
    (shop.folder / "silver/things/part-0.parquet").write_bytes(left.read_bytes())
    assert shop.apply(1)["rows"]["inserted"] == "1"
    assert shop.apply(1)["kind"] == "already_applied"
    assert shop.rows("silver", "things", "id", "n") == [("a", 1)]


def test_a_row_is_put_aside_by_the_commit_protocol_of_open_source_spark_whatever_the_cluster_prefers(
    shop, landed, spark
):
    other = "org.apache.spark.sql.execution.streaming.ManifestFileCommitProtocol"
    spark.conf.set("spark.sql.sources.commitProtocolClass", other)
    manifest = shop.land(1, landed(("a", "-1", "1.00", T1)))
    apply_window(spark, shop.lake, "3", manifest, "things", "1", lambda: "a key")
    assert len(shop.held(1)) == 1


def test_a_table_asks_that_of_two_merges_with_the_same_new_key_one_fails(shop, landed, spark):
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    table = DeltaTable.forPath(spark, str(shop.folder / "silver/things"))
    assert table.detail().first()["properties"]["delta.isolationLevel"] == "Serializable"


def test_an_older_version_never_overwrites_a_newer_one(shop, landed, sized):
    shop.apply(1, landed(("a", "1", "1.00", T3), ("b", "1", "1.00", None)))
    outcome = shop.apply(2, landed(("a", "2", "1.00", T2), ("b", "2", "1.00", T1)))
    assert (outcome["rows"]["updated"], outcome["rows"]["unchanged"]) == ("1", "1")
    assert shop.rows("silver", "things", "id", "n") == [("a", 1), ("b", 2)]


def test_a_row_that_lost_its_cursor_is_as_new_as_its_window(shop, landed, sized):
    shop.apply(1, landed(("a", "1", "1.00", T1), ("b", "1", "1.00", None)))
    shop.apply(2, landed(("a", "2", "1.00", None), ("b", "2", "1.00", T1)))
    assert shop.rows("silver", "things", "id", "n") == [("a", 2), ("b", 2)]
    shop.apply(1, landed(("a", "9", "1.00", T1), ("b", "9", "1.00", None)), app="replay")
    assert shop.rows("silver", "things", "id", "n") == [("a", 2), ("b", 2)]


def test_equal_cursors_take_the_later_window_and_equal_contents_are_left_alone(shop, landed, sized):
    shop.apply(1, landed(("a", "1", "1.00", T1), ("b", "1", "1.00", T1)))
    outcome = shop.apply(2, landed(("a", "9", "1.00", T1), ("b", "1", "1.00", T1)))
    assert (outcome["rows"]["updated"], outcome["rows"]["unchanged"]) == ("1", "1")
    assert shop.rows("silver", "things", "id", "n", "_window") == [("a", 9, "2"), ("b", 1, "1")]


def test_ties_inside_a_window_are_decided_by_content_whatever_the_order_of_the_rows(shop, landed, sized):
    rows = [("a", "1", "1.00", T1), ("a", "2", "0.50", T1), ("a", "2", "1.00", T1)]
    shop.apply(1, landed(*rows), app="one")
    first = shop.rows("silver", "things", "id", "n", "price")
    outcome = shop.apply(2, landed(*reversed(rows)), app="two")
    assert outcome["rows"]["unchanged"] == "1"
    assert shop.rows("silver", "things", "id", "n", "price") == first
    assert first[0][1] == 2


def test_a_soft_deleted_row_is_kept_and_marked_and_counted_once(shop, landed, sized):
    shop.apply(1, landed(("a", "1", "1.00", T1), ("b", "1", "1.00", T1)))
    gone = shop.apply(2, landed(("a", "1", "1.00", T2, T2), ("b", "2", "1.00", T2)))
    touched = shop.apply(3, landed(("a", "5", "1.00", T3, T2)))
    assert (gone["rows"]["deleted"], touched["rows"]["deleted"]) == ("1", "0")
    assert shop.rows("silver", "things", "id", "_deleted") == [("a", True), ("b", False)]


def test_a_broken_row_goes_to_quarantine_with_its_reasons_and_its_raw_payload(shop, landed):
    bad = [("a", "one", "1.239", T1), (None, "1", "1.00", T1), ("c", "-1", "1.00", T1)]
    outcome = shop.apply(1, landed(*bad, ("d", "1", "1.00", T1)))
    assert (outcome["rows"]["quarantined"], outcome["rows"]["merged"]) == ("3", "1")
    held = {json.loads(row["payload"])["id"]: row for row in shop.held(1)}
    assert json.loads(held["a"]["reasons"]) == ["type:n", "type:price", "n_positive"]
    assert json.loads(held[None]["reasons"]) == ["key:id"]
    assert json.loads(held["c"]["reasons"]) == ["n_positive"]
    assert json.loads(held["a"]["payload"]) == {"id": "a", "n": "one", "price": "1.239", "at": T1, "gone": None}


def test_a_rule_that_warns_lets_the_row_in_and_says_so(shop, landed):
    outcome = shop.apply(1, landed(("a", "1", "100.00", T1), ("b", "1", None, T1)))
    assert outcome["warnings"] == [{"rule": "cheap", "rows": "1"}]
    assert outcome["rows"]["merged"] == "2"


def test_a_rule_that_fails_stops_the_window_before_anything_is_written(shop, landed):
    outcome = shop.apply(1, landed(("impossible", "1", None, T1), ("a", "-1", None, T1)))
    assert outcome["kind"] == "failed_rule"
    assert outcome["failed"] == [{"rule": "sane", "rows": "1"}]
    assert not (shop.folder / "silver").exists()
    assert not (shop.folder / "quarantine").exists()


def test_another_manifest_for_an_applied_window_is_a_conflict_and_writes_nothing(shop, landed):
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    outcome = shop.apply(1, landed(("b", "1", "1.00", T1), ("c", "-1", "1.00", T1)))
    assert outcome["kind"] == "conflict"
    assert "another manifest" in outcome["detail"]
    assert shop.rows("silver", "things", "id") == [("a",)]
    assert not (shop.folder / "quarantine").exists()


def test_a_window_that_delta_would_skip_in_silence_is_a_conflict(shop, landed):
    shop.apply(7, landed(("a", "1", "1.00", T1)))
    outcome = shop.apply(5, landed(("b", "1", "1.00", T1)))
    assert outcome["kind"] == "conflict"
    assert "never applied" in outcome["detail"]


def test_half_a_copy_is_refused_by_the_count_of_its_manifest(shop, landed):
    shop.land(1, landed(("a", "1", "1.00", T1)), landed=2)
    outcome = shop.apply(1)
    assert outcome["kind"] == "unbalanced"
    assert "manifest says 2 rows landed, its files hold 1" in outcome["detail"]


def test_a_new_column_of_the_catalog_is_added_and_an_undeclared_one_is_only_reported(shop, landed):
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    shop.catalog["tables"][0]["columns"].append({"name": "colour", "type": "text", "pii": "none"})
    shop.publish_catalog()
    later = landed(("b", "1", "1.00", T1)).project("*, 'red' as colour, 'x' as surprise")
    outcome = shop.apply(2, later)
    older = shop.apply(3, landed(("c", "1", "1.00", T1)))
    assert outcome["warnings"] == [{"rule": "undeclared:surprise", "rows": "1"}]
    assert older["warnings"] == [{"rule": "absent:colour", "rows": "1"}]
    assert shop.rows("silver", "things", "id", "colour") == [("a", None), ("b", "red"), ("c", None)]


def test_columns_are_matched_by_name_and_never_by_position(shop, landed):
    shop.apply(1, landed(("a", "1", "2.00", T1)).project('gone, "at", price, n as "N", id'))
    assert [(i, n, str(p)) for i, n, p in shop.rows("silver", "things", "id", "n", "price")] == [("a", 1, "2.00")]


def test_a_direct_identifier_is_hashed_with_the_key_and_never_stored(shop, landed):
    shop.catalog["tables"][0]["columns"].append({"name": "email", "type": "text", "pii": "direct"})
    shop.publish_catalog()
    shop.apply(1, landed(("a", "1", "1.00", T1)).project("*, 'eva@example.org' as email"))
    # hmac.new(b"a key", b"eva@example.org", sha256), computed with openssl
    wanted = "3dc090fda1d1af8058a8dbbd19ccba95f1b7c0b5ffa28d1cc059d213de725844"
    assert shop.rows("silver", "things", "email") == [(wanted,)]


def test_a_replaced_table_holds_just_the_last_window(shop, landed):
    shop.catalog["tables"][0]["replace"] = True
    shop.publish_catalog()
    shop.apply(1, landed(("a", "1", "1.00", T1), ("b", "1", "1.00", T1)))
    first = shop.apply(2, landed(("c", "1", "1.00", T1)))
    again = shop.apply(2)
    assert shop.rows("silver", "things", "id") == [("c",)]
    assert again == first | {"kind": "already_applied"}


def test_a_replaced_table_is_emptied_by_a_window_without_rows(shop, landed):
    shop.catalog["tables"][0]["replace"] = True
    shop.publish_catalog()
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    outcome = shop.apply(2, landed())
    assert (outcome["kind"], outcome["rows"]["merged"]) == ("applied", "0")
    assert shop.rows("silver", "things", "id") == []


def test_a_replaced_table_keeps_the_rows_of_totals_whose_key_is_null(shop, landed):
    shop.catalog["tables"][0] |= {"replace": True, "rules": []}
    shop.publish_catalog()
    outcome = shop.apply(1, landed(("a", "1", "1.00", T1), (None, "2", "1.00", T1)))
    assert outcome["kind"] == "applied", outcome
    assert (outcome["rows"]["merged"], outcome["rows"]["quarantined"]) == ("2", "0")
    assert sorted(shop.rows("silver", "things", "n")) == [(1,), (2,)]


def test_a_window_without_files_is_applied_as_well(shop, landed):
    shop.apply(1, landed(("a", "1", "1.00", T1)))
    outcome = shop.apply(2, landed())
    assert (outcome["kind"], outcome["rows"]["in"]) == ("applied", "0")
    assert shop.apply(2)["kind"] == "already_applied"


def test_a_merge_rewrites_no_row_that_did_not_change(shop, landed):
    shop.apply(1, landed(*[(f"k{i}", "1", "1.00", T1) for i in range(50)]))
    shop.apply(2, landed(("k7", "2", "1.00", T2)))
    history = shop.spark.sql(f"describe history delta.`{shop.folder}/silver/things` limit 1").first()
    assert history["operationMetrics"]["numTargetRowsCopied"] == "0"
    assert history["operationMetrics"]["numTargetDeletionVectorsAdded"] == "1"
