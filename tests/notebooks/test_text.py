"""Values print as the published files print them."""

from decimal import Decimal

import pytest

from pipeline.exact import cut_24, half_up, whole
from pipeline.text import as_text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("7.0", "decimal(18,1)", "7.0"),
        ("26.08", "decimal(18,2)", "26.08"),
        ("26.50", "decimal(18,2)", "26.5"),
        ("0", "decimal(38,24)", "0.0"),
        ("6.446666666666666666666666", "decimal(38,24)", "6.446666666666666666666666"),
        ("100.25", "decimal(38,24)", "100.25"),
        ("54", "bigint", "54"),
        ("True", "boolean", "True"),
        ("3104.7", "double", "3104.7"),
        ("3000", "double", "3000.0"),
        ("12345678.5", "double", "12345678.5"),
        ("0.0001", "double", "0.0001"),
        ("2.0E-3", "double", "0.002"),
        ("0.30000000000000004", "double", "0.30000000000000004"),
        ("2024-05-06 07:08:09.5", "timestamp", "2024-05-06 07:08:09.5"),
        (None, "decimal(18,1)", None),
        (None, "double", None),
    ],
)
def test_a_value_is_printed_in_its_shortest_form(spark, value, kind, text):
    frame = spark.createDataFrame([(value,)], "v string").selectExpr(f"cast(v as {kind}) as v")
    assert as_text(frame).first()["v"] == text


def test_a_double_prints_as_the_shortest_text_that_reads_back(spark):
    values = [(n / d,) for n in (1, 2, 1000, 98765, 7_654_321) for d in (3, 7, 11, 13, 97, 113, 983)]
    frame = spark.createDataFrame(values, "v double")
    assert [row["v"] for row in as_text(frame).collect()] == [repr(value) for (value,) in values]


def test_a_whole_number_prints_with_one_decimal_where_asked(spark):
    frame = spark.createDataFrame([(54, 54), (None, None)], "a bigint, b bigint")
    assert [tuple(row) for row in as_text(frame, frozenset({"b"})).collect()] == [("54", "54.0"), (None, None)]


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        (half_up("1", "8", 2), "0.13"),
        (half_up("1", "20", 1), "0.1"),
        (half_up("149", "1000", 1), "0.1"),
        (half_up("5", "0", 1), None),
        (half_up("cast(null as bigint)", "3", 1), None),
        (cut_24("967L", "150L"), "6.446666666666666666666666"),
        (cut_24("2L", "3L"), "0.666666666666666666666666"),
        (cut_24("1L", "0L"), None),
        (whole("199L", "100"), "1"),
    ],
)
def test_quotients_are_exact(spark, formula, wanted):
    value = spark.sql(f"select {formula} as v").first()["v"]
    assert value == (None if wanted is None else Decimal(wanted))
