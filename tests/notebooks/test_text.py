"""Values print as the published files print them."""

from decimal import Decimal

from pipeline.exact import cut_24, half_up, whole
from pipeline.text import as_text

PRINTED = [
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
]


def test_a_value_is_printed_in_its_shortest_form(spark):
    texts = [tuple(value for value, _, _ in PRINTED)]
    given = spark.createDataFrame(texts, ", ".join(f"v{at} string" for at in range(len(PRINTED))))
    typed = given.selectExpr(*[f"cast(v{at} as {kind}) as v{at}" for at, (_, kind, _) in enumerate(PRINTED)])
    printed = as_text(typed).first()
    assert list(zip(PRINTED, printed, strict=True)) == [(case, case[2]) for case in PRINTED]


def test_a_double_prints_as_the_shortest_text_that_reads_back(spark):
    values = [(n / d,) for n in (1, 2, 1000, 98765, 7_654_321) for d in (3, 7, 11, 13, 97, 113, 983)]
    frame = spark.createDataFrame(values, "v double")
    assert [row["v"] for row in as_text(frame).collect()] == [repr(value) for (value,) in values]


def test_a_whole_number_prints_with_one_decimal_where_asked(spark):
    frame = spark.createDataFrame([(54, 54), (None, None)], "a bigint, b bigint")
    assert [tuple(row) for row in as_text(frame, frozenset({"b"})).collect()] == [("54", "54.0"), (None, None)]


QUOTIENTS = {
    half_up("1", "8", 2): "0.13",
    half_up("1", "20", 1): "0.1",
    half_up("149", "1000", 1): "0.1",
    half_up("5", "0", 1): None,
    half_up("cast(null as bigint)", "3", 1): None,
    cut_24("967L", "150L"): "6.446666666666666666666666",
    cut_24("2L", "3L"): "0.666666666666666666666666",
    cut_24("1L", "0L"): None,
    whole("199L", "100"): "1",
}


def test_quotients_are_exact(spark):
    found = spark.sql("select " + ", ".join(f"{formula} as v{at}" for at, formula in enumerate(QUOTIENTS))).first()
    wanted = {formula: None if text is None else Decimal(text) for formula, text in QUOTIENTS.items()}
    assert dict(zip(QUOTIENTS, found, strict=True)) == wanted
