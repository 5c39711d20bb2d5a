"""Which of two versions of a row is the newer one."""

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from pipeline.catalog import Order, Table, quoted

RANK = "_rank"
# From so many rows on, a look at the keys alone costs less than to carry all columns through a shuffle and a sort.
MANY = 10_000


def ranked(
    frame: DataFrame, table: Table, good: Expression, last: Expression | None = None, rows: int = 0
) -> DataFrame:
    """
    Adds `_rank`: 1 for the newest good version of each key; ties go by `last`, then by content, in any order. Of many
    `rows` a Spark job looks first whether any key has two versions, since mostly none has.
    """
    if rows >= MANY and single(frame, table):
        return frame.withColumn(RANK, F.lit(1))
    newest = [_newest(order) for order in table.order]
    # Column by column: as one struct the content would go through the shuffle twice.
    content = [F.col(quoted(name)).desc() for name in table.names]
    by = [*newest, *content] if last is None else [*newest, last, *content]
    window = Window.partitionBy(*[quoted(name) for name in table.key], good).orderBy(*by)
    return frame.withColumn(RANK, F.row_number().over(window))


def single(frame: DataFrame, table: Table) -> bool:
    """Whether no key comes twice; runs a Spark job of its own, over the columns of the key."""
    keys = [quoted(name) for name in table.key]
    return frame.groupBy(*keys).agg(F.count(F.lit(1)).alias("versions")).where("versions > 1").isEmpty()


def _newest(order: Order) -> Expression:
    column = F.col(quoted(order.column))
    return column.desc_nulls_last() if order.direction == "desc" else column.asc_nulls_last()


def newer_or_equal(order: tuple[Order, ...], new: str, old: str, tie: str = "true") -> str:
    """SQL condition over two aliases: the later cursor wins. Where one has none, the later window does, since a row can
    lose its cursor at its source; `tie` decides where no order does.
    """
    if not order:
        return tie
    first, *rest = order
    a, b = f"{new}.{quoted(first.column)}", f"{old}.{quoted(first.column)}"
    sign = ">" if first.direction == "desc" else "<"
    later = f"cast({new}._window as bigint) >= cast({old}._window as bigint)"
    newer = f"({a} {sign} {b} or (({a} is null) <> ({b} is null) and {later}))"
    return f"({newer} or ({a} <=> {b} and {newer_or_equal(tuple(rest), new, old, tie)}))"


def tied(order: tuple[Order, ...], new: str, old: str) -> str:
    """SQL condition over two aliases: no cursor says which version is the newer one."""
    pairs = [f"{new}.{quoted(one.column)} <=> {old}.{quoted(one.column)}" for one in order]
    return " and ".join(pairs) or "true"


def differs(names: tuple[str, ...], new: str, old: str) -> str:
    """SQL condition: the contents are not the same, so an update is worth its cost."""
    return "not (" + " and ".join(f"{new}.{quoted(name)} <=> {old}.{quoted(name)}" for name in names) + ")"
