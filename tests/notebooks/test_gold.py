"""The gold datasets: a hand-computed set, and the published tables cell by cell where the real data lie at hand."""

import csv
import gzip
import os
from pathlib import Path

import duckdb
import pytest
from fashion import COLUMNS, user

PUBLISHED = {
    "buyers_by_country": "Buyers-repartition-by-country.csv",
    "sellers_by_country_gender": "Comparison-of-Sellers-by-Gender-and-Country.csv",
    "top_seller_countries": "Countries-with-Top-Sellers-(Fashion-C2C).csv",
}
REAL = os.environ.get("TIDEMARK_REAL_DATA")


def published(shop, outcome: dict) -> list[dict]:
    return shop.form("gold", outcome["published"])


def test_buyers_are_counted_by_country_with_the_top_buyers_first(shop, users):
    users(
        1,
        [
            user("-1", productsBought=10, productsWished=3, daysSinceLastLogin=5),
            user("-2", gender="M", productsBought=1, socialProductsLiked=8, daysSinceLastLogin=2),
            user("3", country="Suède", productsBought=1, daysSinceLastLogin=356),
            user("4", country="Suisse", productsBought=1, daysSinceLastLogin=1269),
            user("5", country="Italie"),
        ],
    )
    outcome = shop.run("gold/buyers_by_country", dataset="buyers_by_country", run="r1")
    rows = published(shop, outcome)
    assert (outcome["kind"], outcome["rows"], outcome["inputs"]) == ("published", "3", {"users": "0"})
    # 1269 before 356: the last tie is broken by the sum as text.
    assert [row["country"] for row in rows] == ["France", "Suisse", "Suède"]
    wanted = {
        "buyers": "2",
        "topbuyers": "1",
        "topbuyerratio": "50.0",
        "topfemalebuyersratio": "100.0",
        "boughtperwishlistratio": "366.67",
        "boughtperlikeratio": "137.5",
        "meanproductsbought": "5.5",
        "meanofflinedays": "3.5",
        "toptotalproductsbought": "10",
    }
    assert {name: rows[0][name] for name in wanted} == wanted
    swiss = {name: rows[1][name] for name in ("topbuyerratio", "toptotalproductsbought", "topmeanproductsbought")}
    assert swiss == {"topbuyerratio": "0.0", "toptotalproductsbought": "0", "topmeanproductsbought": None}


def test_sellers_have_a_row_for_each_sex_and_three_totals_at_the_end(shop, users):
    users(
        1,
        [
            user("1", country="Îles Canaries", productsListed=1, productsPassRate="0.0", hasAnyApp="True"),
            user("2", country="Ukraine", productsSold=2, productsPassRate="50.5"),
            user("3", country="Ukraine", productsSold=1, productsPassRate="0.0", seniority=3001, hasAnyApp="True"),
            user("4", country="Ukraine", gender="M", productsSold=1, productsPassRate="100.0"),
            user("5", country="Ukraine", productsBought=4),
        ],
    )
    rows = published(shop, shop.run("gold/sellers_by_country_gender", dataset="sellers_by_country_gender", run="r1"))
    keys = [(row["country"], row["sex"], row["nbsellers"]) for row in rows]
    assert keys == [
        ("Ukraine", "Female", "2"),
        ("Ukraine", "Male", "1"),
        ("Îles Canaries", "Female", "1"),
        (None, "Female", "3"),
        (None, "Male", "1"),
        (None, None, "4"),
    ]
    assert [row["meansellerpassrate"] for row in rows[:2]] == ["25.25", "100.0"]
    assert [row["percentofappusers"] for row in rows] == ["50.0", None, "100.0", "66.0", None, "50.0"]
    assert rows[0]["meanseniority"] == "3000.5"


def test_top_sellers_are_ordered_by_their_share_and_means_keep_24_digits(shop, users):
    users(
        1,
        [
            user("1", productsSold=20, productsListed=0),
            user("2", productsSold=1, productsListed=3),
            user("3", productsSold=2, gender="M"),
            user("4", country="Italie", productsSold=25, productsListed=0),
            user("5", country="Belgique", productsSold=19),
        ],
    )
    rows = published(shop, shop.run("gold/top_seller_countries", dataset="top_seller_countries", run="r1"))
    assert [row["country"] for row in rows] == ["Italie", "France"]
    assert (rows[0]["bestsoldratio"], rows[1]["countrysoldratio"]) == (None, "7.67")
    assert rows[1]["meanproductssold"] == "7.666666666666666666666666"
    assert rows[1]["topsellerratio"] == "33.3"


def test_users_are_cleaned_typed_and_without_the_deleted_ones(shop, users):
    columns = {"identifierHash": "text", "country": "text", "productsSold": "integer", "deleted_at": "timestamp"}
    rows = [("-9223372036854775807", "Îles Turques-et-Caïques ", "3", None), ("2", " ", "0", "2026-01-01 00:00:00")]
    users(1, [*rows, ("3", " ", "0", None)], columns)
    outcome = shop.run("gold/users", dataset="users", run="r1")
    assert [tuple(row.values()) for row in published(shop, outcome)] == [
        ("-9223372036854775807", "Îles Turques-et-Caïques", "3", None),
        ("3", None, "0", None),
    ]
    assert dict(shop.table("gold", "users").dtypes)["productsSold"] == "int"


def test_the_published_form_is_one_single_file(shop, users):
    users(1, [user("1", productsBought=1)])
    outcome = shop.run("gold/buyers_by_country", dataset="buyers_by_country", run="r1")
    folder = (shop.folder / "gold" / outcome["published"]).parent
    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == ["r1.parquet"]
    assert (folder / "r1.parquet").is_file()


@pytest.mark.parametrize("dataset", ["users", "buyers_by_country"])
def test_a_repeated_run_answers_the_same_although_silver_and_gold_have_moved_on(shop, users, dataset):
    def run(name: str) -> tuple[dict, list[dict]]:
        outcome = shop.run(f"gold/{dataset}", dataset=dataset, run=name)
        return outcome, published(shop, outcome)

    users(1, [user("1", productsBought=1)])
    first = run("r1")
    (shop.folder / "gold" / first[0]["published"]).unlink()
    users(2, [user("1", productsBought=4), user("2", country="Italie", productsBought=1)])
    assert len(run("r2")[1]) == 2
    assert run("r1") == first


@pytest.mark.skipif(not REAL, reason="TIDEMARK_REAL_DATA names no folder with users.csv.gz and published/")
def test_every_published_cell_of_the_real_data_is_met(shop, users):
    folder = Path(REAL)
    with gzip.open(folder / "users.csv.gz", "rt", encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    columns = {name: COLUMNS.get(name, "text") for name in header}
    users(1, [], columns)
    raw = duckdb.read_csv(str(folder / "users.csv.gz"), all_varchar=True)
    outcome = shop.apply(2, raw, table="users")
    assert outcome["rows"] | {"in": "98913", "merged": "98913", "quarantined": "0"} == outcome["rows"]
    cells = 0
    for dataset, name in PUBLISHED.items():
        with (folder / "published" / name).open(encoding="utf-8", newline="") as handle:
            head, *wanted = list(csv.reader(handle))
        rows = published(shop, shop.run(f"gold/{dataset}", dataset=dataset, run="real"))
        assert list(rows[0]) == head
        assert [[value or "" for value in row.values()] for row in rows] == wanted
        cells += len(wanted) * len(head)
    assert cells == 3865
    ours = shop.run("gold/users", dataset="users", run="real")
    texts = duckdb.read_parquet(str(shop.folder / "gold" / ours["published"]))
    same = raw.project(", ".join(f'trim("{column}") as "{column}"' for column in raw.columns))
    assert len(texts.except_(same)) == 0
    assert ours["rows"] == "98913"
