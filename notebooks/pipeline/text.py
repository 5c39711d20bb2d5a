"""Values as the published files print them: shortest decimals, no exponent, NULL stays NULL."""

from pyspark.sql import DataFrame
from pyspark.sql.types import BooleanType, DataType, DecimalType, DoubleType, IntegralType

from pipeline.catalog import quoted


def as_text(frame: DataFrame, one_decimal: frozenset[str] = frozenset()) -> DataFrame:
    """All columns as text; whole numbers named in `one_decimal` are printed with `.0`."""
    return frame.selectExpr(
        *[f"{printed(f.name, f.dataType, f.name in one_decimal)} as {quoted(f.name)}" for f in frame.schema.fields]
    )


def printed(name: str, kind: DataType, one_decimal: bool = False) -> str:
    """SQL text of one column as text."""
    column = quoted(name)
    if isinstance(kind, IntegralType) and one_decimal:
        return f"concat(cast({column} as string), '.0')"
    if isinstance(kind, DecimalType):
        exact = f"cast({column} as decimal({min(kind.precision + 1, 38)},{max(kind.scale, 1)}))"
        return shortest_decimal(exact) if kind.scale > 1 else f"cast({exact} as string)"
    if isinstance(kind, DoubleType):
        return shortest_double(column)
    if isinstance(kind, BooleanType):
        return f"case {column} when true then 'True' when false then 'False' end"
    return f"cast({column} as string)"


def shortest_decimal(column: str) -> str:
    """Without the zeros that say nothing, but with one decimal at least."""
    return f"regexp_replace(cast({column} as string), '(\\\\.\\\\d+?)0+$', '$1')"


def shortest_double(column: str) -> str:
    """The fewest digits that read back as the same double; below 1e-18 and above 1e20 there is no such text here."""
    tries = [f"format_string('%.{digits - 1}e', {column})" for digits in (15, 16, 17)]
    found = " ".join(f"when try_cast({text} as double) = {column} then {text}" for text in tries)
    return shortest_decimal(f"cast(case {found} end as decimal(38,18))")
