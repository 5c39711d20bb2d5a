"""Gold computed for what changed is gold computed anew, whatever happened in between."""

import os
import random

import pytest
from delta import DeltaTable
from fashion import DATASETS, LIVING, living
from publishing import published

SEEDS = int(os.environ.get("TIDEMARK_SEEDS", "1"))


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
