"""Only what changed is computed, and why all is where it can't be told."""

import shutil
from dataclasses import replace

import pytest
from delta import DeltaTable
from fashion import DATASETS, LIVING, living
from publishing import published

from pipeline.lake import Lake
from pipeline.publication import publications
from pipeline.publish import publish
from pipeline.renew import Target, renew
from pipeline.stale import input_of


def test_a_small_input_is_computed_whole_for_that_costs_less_than_to_ask_what_changed(shop, users, gold, monkeypatch):
    monkeypatch.undo()
    users(1, [living("1", "France", productsSold=1), living("2", "Suède", productsSold=1)], LIVING)
    gold("sellers_by_country_gender", "r1")
    users(2, [living("1", "Malte", productsSold=4)], LIVING)
    outcome = gold("sellers_by_country_gender", "r2")
    assert (outcome["renewed"], outcome["because"]) == ("all", "its input is small")
    assert gold("sellers_by_country_gender", "r3")["renewed"] == "0"


def test_only_the_countries_of_changed_users_are_computed_where_they_came_from_and_where_they_went(shop, users, gold):
    users(1, [living("1", "France"), living("2", "Suède"), living("3", "Suisse"), living("4", "Malte")], LIVING)
    assert gold("sellers_by_country_gender", "r1")["because"] == "first publication"
    users(2, [living("1", "Suède", productsSold=4), living("4", "Malte", gone=True)], LIVING)
    outcome = gold("sellers_by_country_gender", "r2")
    assert (outcome["renewed"], outcome["because"]) == ("3", "")
    again = gold("sellers_by_country_gender", "r3")
    assert (again["renewed"], again["inputs"]) == ("0", outcome["inputs"])


def test_only_the_changed_users_are_merged_and_the_deleted_ones_go_or_never_come(shop, users, gold):
    users(1, [living("1", "France"), living("2", " "), living("3", None)], LIVING)
    assert gold("users", "r1")["renewed"] == "all"
    users(2, [living("1", "France", gone=True), living("4", "Suède"), living("5", "Malte", gone=True)], LIVING)
    assert (gold("users", "r2")["renewed"], shop.rows("gold", "users", "identifierHash")) == (
        "3",
        [("2",), ("3",), ("4",)],
    )


def test_every_window_since_the_last_publication_counts_the_first_and_the_last_as_well(shop, users, gold):
    users(1, [living("1", "France", productsBought=1), living("2", "Suède", productsBought=1)], LIVING)
    published(shop, "buyers_by_country", "r1")
    users(2, [living("1", "Malte", productsBought=1)], LIVING)
    users(3, [living("3", "Chypre", productsBought=1)], LIVING)
    users(4, [living("2", "Suisse", productsBought=1)], LIVING)
    outcome = gold("buyers_by_country", "r2")
    assert (outcome["renewed"], outcome["because"]) == ("5", "")


def test_a_window_that_comes_while_a_dataset_is_computed_is_left_to_the_next_run(shop, users, gold, monkeypatch):
    users(1, [living("1", "France", productsBought=1), living("2", "France", productsBought=1)], LIVING)
    published(shop, "buyers_by_country", "r1")
    users(2, [living("1", "Malte", productsBought=1)], LIVING)

    def overtaken(*given):
        found = input_of(*given)
        users(3, [living("2", "Malte", productsBought=1)], LIVING)
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("pipeline.renew.input_of", overtaken)
        outcome = published(shop, "buyers_by_country", "r2")
    rows = {row["country"]: row["buyers"] for row in shop.form("gold", outcome["published"])}
    assert (rows, outcome["inputs"]) == ({"France": "1", "Malte": "1"}, {"users": "1"})
    assert gold("buyers_by_country", "r3")["renewed"] == "2"


def test_the_country_of_someone_who_was_erased_is_computed_anew(shop, users, gold):
    users(1, [living("1", "France", productsBought=1), living("2", "Suède", productsBought=1)], LIVING)
    published(shop, "buyers_by_country", "r1")
    assert shop.erase("2", "users")["silver/users"] == "1"
    outcome = gold("buyers_by_country", "r2")
    assert (outcome["renewed"], outcome["because"]) == ("1", "")


def test_another_release_leaves_nothing_of_the_one_before_it(shop, users, gold, monkeypatch):
    users(1, [living("1", "France", productsBought=1), living("2", "Suède", gender="M", productsBought=1)], LIVING)
    published(shop, "buyers_by_country", "r1")
    old = DATASETS["buyers_by_country"]
    women = replace(old, parts=lambda rows: old.parts(rows.where("gender = 'F'")))
    monkeypatch.setitem(DATASETS, "buyers_by_country", women)
    assert gold("buyers_by_country", "r2")["because"] == "computed by another release"


def test_without_the_parts_of_the_last_publication_everything_is_computed_anew(shop, users, gold):
    users(1, [living("1", "France", productsBought=1), living("2", "Suède", productsBought=1)], LIVING)
    published(shop, "buyers_by_country", "r1")
    # A lake with real folders keeps the one whose files were removed.
    for file in (shop.folder / "gold/_parts").rglob("*"):
        if file.is_file():
            file.unlink()
    users(2, [living("1", "Malte", productsBought=1)], LIVING)
    outcome = gold("buyers_by_country", "r2")
    assert (outcome["renewed"], outcome["because"]) == ("all", "the parts of the last publication are gone")


def test_a_run_that_another_one_overtook_goes_on_from_what_that_one_published(shop, users, gold):
    users(1, [living("1", "France")], LIVING)
    published(shop, "users", "r1")
    users(2, [living("1", "Suède")], LIVING)
    target = Target(Lake(shop.spark.newSession(), shop.lake), "users", "r2", DATASETS["users"])
    before, transaction = publications(target.lake.spark, target.gold)
    published(shop, "users", "r3")
    assert renew(target, target.lake.path("silver", "users"), before[0], transaction) is None
    assert gold("users", "r2")["renewed"] == "0"


def test_a_compaction_right_behind_a_publication_is_none(shop, users, large, spark):
    users(1, [living("1", "France"), living("2", "Suède")], LIVING)
    published(shop, "users", "r1")
    users(2, [living("1", "Malte")], LIVING)
    spark.conf.set("spark.databricks.delta.autoCompact.enabled", "true")
    spark.conf.set("spark.databricks.delta.autoCompact.minNumFiles", "2")
    outcome = publish(spark, shop.lake, "3", "users", "r2", DATASETS["users"])
    gold = str(shop.folder / "gold/users")
    assert DeltaTable.forPath(spark, gold).history(1).first()["operation"] == "OPTIMIZE"
    assert [(one.run, one.version) for one in publications(spark, gold)[0]] == [("r2", "1"), ("r1", "0")]
    assert published(shop, "users", "r2") == outcome


@pytest.mark.parametrize("name", ["users", "buyers_by_country"])
def test_a_run_whose_rows_were_cleared_away_before_they_had_their_form_publishes_them_anew(shop, users, gold, name):
    users(1, [living("1", "France", productsBought=1), living("2", "Suède", productsBought=1)], LIVING)
    form = shop.folder / "gold" / published(shop, name, "r1")["published"]
    form.unlink()
    users(2, [living("1", "Malte", productsBought=3)], LIVING)
    published(shop, name, "r2")
    table = str(shop.folder / "gold" / name)
    DeltaTable.forPath(shop.spark, table).optimize().executeCompaction()
    shop.spark.conf.set("spark.databricks.delta.retentionDurationCheck.enabled", "false")
    DeltaTable.forPath(shop.spark, table).vacuum(0)
    for part in (shop.folder / "gold/_parts" / name).glob("r1-*"):
        shutil.rmtree(part)
    assert gold(name, "r1")["renewed"] == "0"
    assert gold(name, "r1")["renewed"] == "0"


def test_the_users_go_on_from_a_version_that_the_log_no_longer_makes(shop, users, gold):
    for number, country in ((1, "France"), (2, "Suède")):
        users(number, [living(str(number), country)], LIVING)
        published(shop, "users", f"r{number}")
    users(3, [living("1", "Malte")], LIVING)
    table = shop.folder / "gold/users"
    shop.spark.sql(f"alter table delta.`{table}` set tblproperties ('delta.checkpointInterval' = '1')")
    for file in (table / "_delta_log").glob("*00.*"):
        file.unlink()
    outcome = gold("users", "r3")
    assert (outcome["renewed"], outcome["because"]) == ("1", "")


def test_a_gap_in_the_history_is_said_and_everything_computed_anew(shop, users, gold):
    for step in (1, 2):
        users(step, [living(str(step), "France", productsBought=step)], LIVING)
        published(shop, "buyers_by_country", f"r{step}")
    users(3, [living("1", "Suède", productsBought=1)], LIVING)
    shop.spark.sql(
        f"alter table delta.`{shop.folder}/silver/users` set tblproperties ('delta.enableChangeDataFeed' = 'false')"
    )
    shop.spark.sql(
        f"alter table delta.`{shop.folder}/silver/users` set tblproperties ('delta.enableChangeDataFeed' = 'true')"
    )
    outcome = gold("buyers_by_country", "r3")
    assert (outcome["renewed"], outcome["because"]) == ("all", "the changes since version 1 are no longer told")


def test_a_table_that_was_made_anew_is_not_taken_for_one_that_moved_on(shop, users, gold):
    users(1, [living("1", "France", productsBought=1)], LIVING)
    published(shop, "buyers_by_country", "r1")
    users(2, [living("2", "Suède", productsBought=1)], LIVING)
    silver = f"delta.`{shop.folder}/silver/users`"
    shop.spark.sql(f"create or replace table {silver} using delta as select * from {silver}")
    assert gold("buyers_by_country", "r2")["because"] == "the input was made anew"


def test_a_new_column_rewrites_the_cleaned_users_but_no_aggregate(shop, users, gold):
    users(1, [living("1", "France", productsBought=1)], LIVING)
    published(shop, "users", "r1")
    published(shop, "buyers_by_country", "r1")
    users(2, [(*living("2", "France", productsBought=1), "x")], LIVING | {"nickname": "text"})
    assert gold("users", "r2")["because"] == "its columns changed"
    assert gold("buyers_by_country", "r2")["renewed"] == "1"


def test_of_all_publications_the_later_one_has_the_higher_serial_also_when_the_table_was_made_anew(shop, users):
    users(1, [living("1", "France", productsBought=1)], LIVING)
    serials = [published(shop, "buyers_by_country", run)["serial"] for run in ("r1", "r2")]
    assert published(shop, "buyers_by_country", "r1")["serial"] == serials[0]
    shutil.rmtree(shop.folder / "gold/buyers_by_country")
    serials.append(published(shop, "buyers_by_country", "r3")["serial"])
    assert [int(one) for one in serials] == sorted({int(one) for one in serials})
