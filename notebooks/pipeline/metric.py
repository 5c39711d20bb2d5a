"""What a gold dataset is: parts by group, and the table that is published of all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pyspark.sql import Column, DataFrame


@dataclass(frozen=True)
class Metric:
    """`frame` may hold columns that only the order needs; `columns` are the published ones."""

    frame: DataFrame
    columns: tuple[str, ...]
    order: tuple[Column, ...]
    one_decimal: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Dataset:
    """
    `parts` computes from the rows of any whole groups what these groups contribute, and keeps the `groups` columns, so
    that a change of some rows renews the parts of their groups alone. `arrange` makes what is published from the parts
    of all groups. With `by_row` each group has one part at most, and that is the row of the gold table.
    """

    groups: tuple[str, ...]
    parts: Callable[[DataFrame], DataFrame]
    arrange: Callable[[DataFrame], Metric]
    by_row: bool = False
