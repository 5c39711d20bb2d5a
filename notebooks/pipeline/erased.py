"""
The ledger of erasures, as the notebooks meet it: who was erased, and how a row or a text is known to be theirs.

What runs on the workers is a closure, as in protect.py: no plan shows the secret, no worker needs this package.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from pipeline.catalog import Table
from pipeline.lake import Lake

SEPARATOR = "\x1f"
# A line of more words than this in a table of a composed key is not searched through in every order.
ORDERS = 100_000
WORDS = re.compile(r"[^\s,;|\"'{}\[\]]+")


@dataclass(frozen=True)
class Erased:
    """`subjects` are keyed hashes of the keys as silver holds them, where `direct` columns are hashed once more."""

    subjects: frozenset[str]
    table: Table
    secret: bytes

    def rows(self, values: dict[str, Expression]) -> Expression:
        """True for typed rows of these people."""
        holds = self._holds()
        return F.udf(lambda *parts: holds(parts), "boolean")(*[values[name].cast("string") for name in self.table.key])

    def kept(self, values: dict[str, Expression]) -> Expression:
        """The same for rows as silver and gold hold them, which have hashed already."""
        holds = self._holds(hashed=True)
        return F.udf(lambda *parts: holds(parts), "boolean")(*[values[name].cast("string") for name in self.table.key])

    def texts(self, text: Expression) -> Expression:
        """True for texts with the key of one of these people among their words or cells: a line, or a row as JSON."""
        return F.udf(self.in_text(), "boolean")(text)

    def in_text(self) -> Callable[[str | None], bool]:
        names, holds, words, orders, written = self.table.key, self._holds(), WORDS, ORDERS, self.table.written

        def cells(text: str, delimiter: str, quote: str, escape: str) -> Iterator[str]:
            """What stands between delimiters, and between quotes, which may hold one; the line need be no row."""
            for line in text.splitlines():
                for cell in [*line.split(delimiter), *(line.split(quote) if quote else ())]:
                    cell = cell.strip()
                    yield cell
                    if quote:
                        yield cell.strip(quote).replace(escape + quote, quote)

        def found(text: str | None) -> bool:
            if text is None:
                return False
            try:
                row = {name.lower(): str(value) for name, value in json.loads(text).items()}
                if holds([row.get(name.lower()) for name in names]):
                    return True
            except (ValueError, AttributeError, RecursionError):
                pass
            for some in [words.findall(text), *(cells(text, *form) for form in written)]:
                ordered = itertools.permutations(dict.fromkeys(some), len(names))
                if any(holds(parts) for parts in itertools.islice(ordered, orders)):
                    return True
            return False

        return found

    def _holds(self, hashed: bool = False) -> Callable[[Sequence[str | None]], bool]:
        secret, subjects, separator = self.secret, self.subjects, SEPARATOR
        pii = {column.name: column.pii for column in self.table.columns}
        direct = [not hashed and pii[name] == "direct" for name in self.table.key]

        def keyed(text: str) -> str:
            return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()

        def holds(parts: Sequence[str | None]) -> bool:
            held = [keyed(part) if own and part else part or "" for part, own in zip(parts, direct, strict=True)]
            return keyed(separator.join(held)) in subjects

        return holds


def erased_of(lake: Lake, table: Table, key: Callable[[], str]) -> Erased | None:
    """All who were erased from a table, or `None`: the key is fetched only where there is somebody."""
    paths = lake.paths("bronze", f"_erasures/{table.name}")
    found = frozenset(path.rpartition("/")[2].removesuffix(".json") for path in paths)
    return Erased(found, table, key().encode()) if found else None
