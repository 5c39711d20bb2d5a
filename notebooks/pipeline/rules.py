"""Which rules a row breaks. A row keeps a rule only if its check is true: NULL breaks it as well."""

from functools import reduce
from operator import or_

from pyspark.sql import Column as Expression
from pyspark.sql import functions as F

from pipeline.catalog import Table, quoted


def broken(table: Table, action: str) -> dict[str, Expression]:
    """Conditions by rule name for the rules of one action, over the typed columns."""
    found = {rule.name: F.expr(f"not coalesce(({rule.check}), false)") for rule in table.rules if rule.action == action}
    # A table that is replaced as a whole needs no key to merge by: there NULL is a value, as in the rows of totals.
    if action == "quarantine" and not table.replace:
        found |= {f"key:{name}": F.col(quoted(name)).isNull() for name in table.key}
    return found


def named(conditions: dict[str, Expression]) -> Expression:
    """The names of the conditions that hold, as an array; empty when none does."""
    if not conditions:
        return F.array().cast("array<string>")
    names = F.array_compact(F.array(*[F.when(holds, F.lit(name)) for name, holds in conditions.items()]))
    # Spark generates no code for what is inside of `array_compact`: rows that break nothing stay out of it.
    return F.when(reduce(or_, conditions.values()), names).otherwise(F.array().cast("array<string>"))
