"""Keyed hashing of columns that identify a person directly."""

import hashlib
import hmac
from collections.abc import Callable

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from pipeline.catalog import Table, quoted


def protected(values: dict[str, Expression], table: Table, key: Callable[[], str]) -> dict[str, Expression]:
    """Replaces `direct` columns by their HMAC-SHA-256 in hex; the key is fetched only if there is such a column."""
    direct = [column.name for column in table.columns if column.pii == "direct"]
    if not direct:
        return values
    hashed = _keyed(key())
    return values | {name: hashed(F.col(quoted(name)).cast("string")) for name in direct}


def _keyed(key: str) -> Callable[[Expression], Expression]:
    secret = key.encode()

    # A function in Python on purpose: as a Spark literal the key could be read in every plan and in the Spark UI.
    @F.udf("string")
    def hashed(value: str | None) -> str | None:
        return None if value is None else hmac.new(secret, value.encode(), hashlib.sha256).hexdigest()

    return hashed
