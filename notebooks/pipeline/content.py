"""The content of a table in buckets of its keys, whatever the order of its rows: what the source computes in SQL."""

from dataclasses import dataclass

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from pipeline.catalog import Column, Table, quoted

TIE = ", "
CURSORS = {"timestamp": "timestamp", "date": "date", "integer": "decimal(38,0)"}


@dataclass(frozen=True)
class Reach:
    """Up to where silver has the rows of a source: its watermark, and the column and kind of its cursor."""

    column: str
    kind: str
    up_to: str


def sums(rows: DataFrame, table: Table) -> DataFrame:
    """One row a bucket: how many rows it has, and the sum of their digests."""
    named = [column for column in table.columns if column.pii != "direct"]
    digest = f"cast(conv(left(sha2({row_text(named)}, 256), 15), 16, 10) as decimal(20,0))"
    parts = rows.select(bucket(table).alias("_bucket"), F.expr(digest).alias("_one"))
    return parts.groupBy("_bucket").agg(F.count(F.lit(1)).alias("_rows"), F.sum("_one").alias("_digest"))


def bucket(table: Table) -> Expression:
    """Three hexadecimal digits of a hash of the key: 4,096 buckets."""
    by_name = {column.name: column for column in table.columns}
    return F.expr(f"left(sha2({row_text([by_name[name] for name in table.key])}, 256), 3)")


def row_text(columns: list[Column]) -> str:
    """A `|` between columns and two within; NULL is `-`, and what is not NULL begins with `=`."""
    values = [f"coalesce(concat('=', replace({canonical(column)}, '|', '||')), '-')" for column in columns]
    return f"concat_ws('|', {', '.join(values)})"


def canonical(column: Column) -> str:
    """A value as the one text that a server and Spark both print it with."""
    name, kind = quoted(column.name), column.cast_type
    if kind == "double":
        return f"cast(cast({name} as decimal(38,15)) as string)"
    if kind == "boolean":
        return f"case {name} when true then '1' when false then '0' end"
    if kind == "timestamp":
        return f"date_format({name}, 'yyyy-MM-dd HH:mm:ss.SSSSSS')"
    return f"cast({name} as string)"


def reached(reach: Reach) -> Expression:
    """Rows up to the watermark. Those without a cursor, or tied with a cut bound, are held against nothing."""
    value, tie, _ = reach.up_to.partition(TIE)
    kind = CURSORS[reach.kind]
    return F.expr(
        f"coalesce(try_cast({quoted(reach.column)} as {kind}) {'<' if tie else '<='} cast('{value}' as {kind}), false)"
    )
