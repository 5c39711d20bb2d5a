"""Dataset 3: countries with a top seller, and what their sellers, in the narrow sense, do."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.exact import cut_24, half_up
from pipeline.metric import Dataset, Metric

TOP = "productsSold >= 20"
SUMS = {
    "sold": "productsSold",
    "listed": "productsListed",
    "offline": "daysSinceLastLogin",
    "followers": "socialNbFollowers",
    "follows": "socialNbFollows",
}


def sums(users: DataFrame) -> DataFrame:
    """One row for every country with a top seller."""
    counts = {
        "n": "count(*)",
        "nt": f"count(*) filter (where {TOP})",
        "f": "count(*) filter (where gender = 'F')",
        "m": "count(*) filter (where gender = 'M')",
        "tf": f"count(*) filter (where {TOP} and gender = 'F')",
        "tm": f"count(*) filter (where {TOP} and gender = 'M')",
    }
    top = {f"t_{name}": f"sum({column}) filter (where {TOP})" for name, column in SUMS.items()}
    every = counts | {name: f"sum({column})" for name, column in SUMS.items()} | top
    sellers = users.where("productsSold > 0").groupBy("country")
    return sellers.agg(*[F.expr(f"{formula} as {name}") for name, formula in every.items()]).where("nt > 0")


def highest_share_first(countries: DataFrame) -> Metric:
    # 24 decimals tell any two such ratios apart, where a double might not.
    frame = countries.selectExpr(
        *[f"{formula} as {name}" for name, formula in COLUMNS.items()],
        f"{cut_24('nt', 'n')} as top_share",
        "cast(offline as string) as offline_text",
    )
    return Metric(frame, tuple(COLUMNS), (F.col("top_share").desc(), F.col("offline_text"), F.col("country")))


COLUMNS = {
    "country": "country",
    "sellers": "n",
    "topsellers": "nt",
    "topsellerratio": half_up("100 * nt", "n", 1),
    "femalesellersratio": half_up("100 * f", "n", 1),
    "topfemalesellersratio": half_up("100 * tf", "nt", 1),
    "femalesellers": "f",
    "malesellers": "m",
    "topfemalesellers": "tf",
    "topmalesellers": "tm",
    "countrysoldratio": half_up("sold", "listed", 2),
    "bestsoldratio": half_up("t_sold", "t_listed", 2),
    "toptotalproductssold": "t_sold",
    "totalproductssold": "sold",
    "toptotalproductslisted": "t_listed",
    "totalproductslisted": "listed",
    "topmeanproductssold": cut_24("t_sold", "nt"),
    "topmeanproductslisted": cut_24("t_listed", "nt"),
    "meanproductssold": cut_24("sold", "n"),
    "meanproductslisted": cut_24("listed", "n"),
    "meanofflinedays": half_up("offline", "n", 1),
    "topmeanofflinedays": half_up("t_offline", "nt", 1),
    "meanfollowers": half_up("followers", "n", 1),
    "meanfollowing": half_up("follows", "n", 1),
    "topmeanfollowers": half_up("t_followers", "nt", 1),
    "topmeanfollowing": half_up("t_follows", "nt", 1),
}

top_seller_countries = Dataset(("country",), sums, highest_share_first)
