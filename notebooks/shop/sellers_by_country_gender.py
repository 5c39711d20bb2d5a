"""Dataset 2: sellers, in the wide sense, by country and sex, with a total of each sex and of all."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.exact import half_up, whole
from pipeline.metric import Dataset, Metric

SUMS = {
    "n": "count(*)",
    "sold": "sum(productsSold)",
    "listed": "sum(productsListed)",
    # One decimal in the source: tenths keep the sum a whole number.
    "rate_tenths": "cast(sum(cast(productsPassRate as decimal(18,1))) * 10 as bigint)",
    "bought": "sum(productsBought)",
    "wished": "sum(productsWished)",
    "liked": "sum(socialProductsLiked)",
    "followers": "sum(socialNbFollowers)",
    "follows": "sum(socialNbFollows)",
    "seniority_days": "sum(seniority)",
    # Without ELSE: a group without any such user gets NULL, as published.
    "app": "sum(case when hasAnyApp then 1 end)",
    "ios": "sum(case when hasIosApp then 1 end)",
}


def sums(users: DataFrame) -> DataFrame:
    """One row for every country and sex with a seller."""
    sellers = users.where("productsSold > 0 or productsListed > 0").withColumn(
        "sex", F.expr("case gender when 'F' then 'Female' when 'M' then 'Male' end")
    )
    every = [F.expr(f"{formula} as {name}") for name, formula in SUMS.items()]
    return sellers.groupBy("country", "sex").agg(*every)


def with_totals(parts: DataFrame) -> Metric:
    """The parts, then a total of each sex and one of all: sums of the parts' sums, so no seller is read again."""
    levels = [[F.col("country"), F.col("sex")], [F.col("sex")], []]
    added = parts.groupingSets(levels, F.col("country"), F.col("sex")).agg(*[F.sum(name).alias(name) for name in SUMS])
    order = (F.col("country").asc_nulls_last(), F.col("sex").asc_nulls_last())
    frame = added.selectExpr(*[f"{formula} as {name}" for name, formula in COLUMNS.items()])
    return Metric(frame, tuple(COLUMNS), order, frozenset({"percentofappusers", "percentofiosusers"}))


COLUMNS = {
    "country": "country",
    "sex": "sex",
    "nbsellers": "n",
    "meanproductssold": half_up("sold", "n", 2),
    "meanproductslisted": half_up("listed", "n", 2),
    "meansellerpassrate": half_up("rate_tenths", "10 * n", 2),
    "totalproductssold": "sold",
    "totalproductslisted": "listed",
    "meanproductsbought": half_up("bought", "n", 2),
    "meanproductswished": half_up("wished", "n", 2),
    "meanproductsliked": half_up("liked", "n", 2),
    "totalbought": "bought",
    "totalwished": "wished",
    "totalproductsliked": "liked",
    "meanfollowers": half_up("followers", "n", 1),
    "meanfollows": half_up("follows", "n", 1),
    "percentofappusers": whole("100 * app", "n"),
    "percentofiosusers": whole("100 * ios", "n"),
    "meanseniority": "cast(seniority_days as double) / n",
}

sellers_by_country_gender = Dataset(("country",), sums, with_totals)
