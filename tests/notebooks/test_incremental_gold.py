"""Gold computed for what changed is gold computed anew, whatever happened in between."""

import os
import random
import shutil
from collections import Counter

import pytest
from delta import DeltaTable
from fashion import COLUMNS, user
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline import tables
from pipeline.forget import vacuum
from pipeline.lake import Lake
from pipeline.publication import publications
from pipeline.publish import publish
from pipeline.published import arranged
from pipeline.renew import Target, renew
from pipeline.text import printed
from shop.buyers_by_country import buyers_by_country
from shop.sellers_by_country_gender import sellers_by_country_gender
from shop.top_seller_countries import top_seller_countries
from shop.users import users as cleaned_users

DATASETS = {
    "users": cleaned_users,
    "buyers_by_country": buyers_by_country,
    "sellers_by_country_gender": sellers_by_country_gender,
    "top_seller_countries": top_seller_countries,
}
LIVING = COLUMNS | {"deleted_at": "timestamp"}
GONE = "2026-01-01 00:00:00"
SEEDS = int(os.environ.get("TIDEMARK_SEEDS", "1"))


@pytest.fixture(autouse=True)
def large(monkeypatch):
    """Takes the few rows of these tests for a table that is worth asking for its changes."""
    monkeypatch.setattr(tables, "SMALL_BYTES", 0)


def published(shop, name: str, run: str) -> dict:
    return publish(shop.spark.newSession(), shop.lake, "3", name, run, DATASETS[name])


@pytest.fixture
def gold(shop, users):
    """Publishes a dataset for a run, and checks table and published form against a full recomputation."""

    def check(name: str, run: str) -> dict:
        outcome = published(shop, name, run)
        silver = shop.spark.read.format("delta").load(str(shop.folder / "silver/users")).where("not _deleted")
        metric = DATASETS[name].arrange(DATASETS[name].parts(silver))
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


def living(name: str, country: str | None, gone: bool = False, **rest: object) -> tuple:
    return (*user(name, country, **rest), GONE if gone else None)


def at_random(dice: random.Random, name: str) -> tuple:
    """A user somewhere, of some sex, who sells, lists and buys more or less."""
    few, many = dice.choice([0, 0, 1, 3]), dice.choice([0, 12, 25])
    return living(
        name,
        dice.choice(["France", "Suède", "Suisse", "Îles Canaries", " ", None]),
        dice.random() < 0.2,
        gender=dice.choice("FM"),
        productsSold=dice.choice([0, few, many]),
        productsListed=dice.choice([0, few]),
        productsBought=dice.choice([0, few, many]),
        productsWished=few,
        productsPassRate=dice.choice(["0.0", "33.3", "100.0"]),
        hasAnyApp=dice.choice(["True", "False"]),
        daysSinceLastLogin=dice.randrange(700),
        seniority=dice.randrange(3000, 3300),
    )


# What is easily missed, by the name of a user: before, in the next window, and in the one after that.
BEFORE = [
    living("moves", "France", productsSold=25, productsBought=12),
    living("last of a country", "Malte", productsSold=30, productsBought=11),
    living("emigrates", "Islande", productsSold=24, productsBought=13),
    living("returns", "Suisse", productsSold=20, productsBought=10),
    living("no sex", "Suède", gender=None, productsSold=2, productsBought=1),
    living("tied", "Andorre", productsSold=21, productsBought=12),
]
NEXT = [
    living("moves", "Suède", productsSold=25, productsBought=12),
    living("last of a country", "Malte", True, productsSold=30, productsBought=11),
    living("emigrates", "Suède", productsSold=24, productsBought=13),
    living("returns", "Suisse", True, productsSold=20, productsBought=10),
    living("first of a country", "Chypre", productsSold=22, productsBought=14),
    living("tied with it", "Monaco", productsSold=21, productsBought=12),
]
LAST = [living("returns", "Suisse", productsSold=20, productsBought=10), living("no sex", None, gender=None)]


@pytest.mark.parametrize("seed", range(SEEDS))
def test_any_changes_leave_the_gold_of_a_full_recomputation(shop, users, gold, seed):
    dice = random.Random(seed)  # noqa: S311 - a game with a seed, no secret

    def some(count: int) -> list[tuple]:
        return [at_random(dice, str(number)) for number in dice.sample(range(40), count)]

    users(1, some(30) + BEFORE, LIVING)
    for name in DATASETS:
        assert published(shop, name, "r1")["because"] == "first publication"
    users(2, some(6) + NEXT, LIVING)
    DeltaTable.forPath(shop.spark, str(shop.folder / "silver/users")).optimize().executeCompaction()
    users(3, some(6) + LAST, LIVING)
    left = [(name, 22) for name in dice.sample([row[0] for row in shop.rows("silver", "users", "identifierHash")], 22)]
    shop.list_keys("r2", left, key=["identifierHash"], table="users")
    outcome = shop.compare_keys("r2", "users", most_share="1", most_rows="100", accepted="")
    assert int(outcome["deleted"]) > 0
    erased = dice.choice([row[0] for row in shop.rows("silver", "users", "identifierHash")])
    assert shop.erase(erased, "users")["silver/users"] == "1"
    for name in DATASETS:
        assert gold(name, "r2")["because"] == ""


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


def test_only_the_changed_users_are_merged_and_the_deleted_ones_go(shop, users, gold):
    users(1, [living("1", "France"), living("2", " "), living("3", None)], LIVING)
    assert gold("users", "r1")["renewed"] == "all"
    users(2, [living("1", "France", gone=True), living("4", "Suède")], LIVING)
    assert (gold("users", "r2")["renewed"], shop.rows("gold", "users", "identifierHash")) == (
        "2",
        [("2",), ("3",), ("4",)],
    )


def test_a_run_that_another_one_overtook_goes_on_from_what_that_one_published(shop, users, gold):
    users(1, [living("1", "France")], LIVING)
    published(shop, "users", "r1")
    users(2, [living("1", "Suède")], LIVING)
    target = Target(Lake(shop.spark.newSession(), shop.lake), "users", "r2", cleaned_users)
    before, transaction = publications(target.lake.spark, target.gold)
    published(shop, "users", "r3")
    assert renew(target, target.lake.path("silver", "users"), before[0], transaction) is None
    assert gold("users", "r2")["renewed"] == "0"


@pytest.mark.parametrize("name", ["users", "buyers_by_country"])
def test_a_run_whose_rows_were_cleared_away_before_they_had_their_form_publishes_them_anew(shop, users, gold, name):
    users(1, [living("1", "France", productsBought=1), living("2", "Suède", productsBought=1)], LIVING)
    form = shop.folder / "gold" / published(shop, name, "r1")["published"]
    form.unlink()
    users(2, [living("1", "Malte", productsBought=3)], LIVING)
    published(shop, name, "r2")
    table = str(shop.folder / "gold" / name)
    DeltaTable.forPath(shop.spark, table).optimize().executeCompaction()
    vacuum(shop.spark, table, 0)
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
