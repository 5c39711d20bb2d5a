"""Dataset 1: buyers by country, and the top buyers among them."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.exact import half_up
from pipeline.metric import Dataset, Metric

TOP = "productsBought >= 10"
SUMS = {
    "bought": "productsBought",
    "wished": "productsWished",
    "liked": "socialProductsLiked",
    "offline": "daysSinceLastLogin",
    "followers": "socialNbFollowers",
    "follows": "socialNbFollows",
}


def sums(users: DataFrame) -> DataFrame:
    """One row for every country with a buyer."""
    top = {f"t_{name}": f"sum({column}) filter (where {TOP})" for name, column in SUMS.items()}
    counts = {
        "n": "count(*)",
        "nt": f"count(*) filter (where {TOP})",
        "f": "count(*) filter (where gender = 'F')",
        "m": "count(*) filter (where gender = 'M')",
        "tf": f"count(*) filter (where {TOP} and gender = 'F')",
        "tm": f"count(*) filter (where {TOP} and gender = 'M')",
    }
    every = counts | {name: f"sum({column})" for name, column in SUMS.items()} | top
    buyers = users.where("productsBought > 0").groupBy("country")
    return buyers.agg(*[F.expr(f"{formula} as {name}") for name, formula in every.items()])


def top_first(countries: DataFrame) -> Metric:
    frame = countries.selectExpr(
        *[f"{formula} as {name}" for name, formula in COLUMNS.items()], "cast(offline as string) as offline_text"
    )
    # The name last: where all else is equal, two computations of the same rows must still agree.
    order = (F.col("topbuyers").desc(), F.col("buyers").desc(), F.col("offline_text"), F.col("country"))
    return Metric(frame, tuple(COLUMNS), order)


COLUMNS = {
    "country": "country",
    "buyers": "n",
    "topbuyers": "nt",
    "topbuyerratio": half_up("100 * nt", "n", 1),
    "femalebuyers": "f",
    "malebuyers": "m",
    "topfemalebuyers": "tf",
    "topmalebuyers": "tm",
    "femalebuyersratio": half_up("100 * f", "n", 1),
    "topfemalebuyersratio": half_up("100 * tf", "nt", 1),
    "boughtperwishlistratio": half_up("100 * bought", "wished", 2),
    "boughtperlikeratio": half_up("100 * bought", "liked", 2),
    "topboughtperwishlistratio": half_up("100 * t_bought", "t_wished", 2),
    "topboughtperlikeratio": half_up("100 * t_bought", "t_liked", 2),
    "totalproductsbought": "bought",
    "totalproductswished": "wished",
    "totalproductsliked": "liked",
    "toptotalproductsbought": "coalesce(t_bought, 0)",
    "toptotalproductswished": "coalesce(t_wished, 0)",
    "toptotalproductsliked": "coalesce(t_liked, 0)",
    "meanproductsbought": half_up("bought", "n", 1),
    "meanproductswished": half_up("wished", "n", 1),
    "meanproductsliked": half_up("liked", "n", 1),
    "topmeanproductsbought": half_up("t_bought", "nt", 1),
    "topmeanproductswished": half_up("t_wished", "nt", 1),
    "topmeanproductsliked": half_up("t_liked", "nt", 1),
    "meanofflinedays": half_up("offline", "n", 1),
    "topmeanofflinedays": half_up("t_offline", "nt", 1),
    "meanfollowers": half_up("followers", "n", 1),
    "meanfollowing": half_up("follows", "n", 1),
    "topmeanfollowers": half_up("t_followers", "nt", 1),
    "topmeanfollowing": half_up("t_follows", "nt", 1),
}

buyers_by_country = Dataset(("country",), sums, top_first)
