"""What a gold dataset is: a frame, the order of its rows, and how it is printed."""

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


Compute = Callable[[DataFrame], Metric]
