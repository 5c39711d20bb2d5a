"""Bronze values in the declared types, matched by name; what cannot be cast is named, never lost."""

from dataclasses import dataclass

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import DataType, DecimalType, DoubleType, FloatType, StringType

from pipeline.catalog import Column, Table, quoted


@dataclass(frozen=True)
class Typed:
    """`values` by column name, `failed` by `type:<column>`; `absent` and `undeclared` columns are for the report."""

    values: dict[str, Expression]
    failed: dict[str, Expression]
    absent: tuple[str, ...]
    undeclared: tuple[str, ...]


def typed(raw: DataFrame, table: Table) -> Typed:
    """Raises when a key column is absent: such a file belongs to another table."""
    # A source matches names without regard to case, and so does Spark.
    present = {field.name.lower(): field for field in raw.schema.fields}
    missing = [name for name in table.key if name.lower() not in present]
    if missing:
        raise ValueError(f"the files of {table.name} lack the key column {missing[0]}; check the source's columns")
    values, failed, absent = {}, {}, []
    for column in table.columns:
        found = present.pop(column.name.lower(), None)
        if found is None:
            absent.append(column.name)
            values[column.name] = F.lit(None).cast(column.cast_type)
        else:
            values[column.name] = cast(found.name, column)
            if found.dataType.simpleString() != column.cast_type and column.cast_type != "string":
                failed[f"type:{column.name}"] = lost(found.name, found.dataType, column)
    undeclared = tuple(field.name for field in present.values() if not field.name.startswith("_"))
    return Typed(values, failed, tuple(absent), undeclared)


def cast(name: str, column: Column) -> Expression:
    return F.expr(f"try_cast({quoted(name)} as {column.cast_type})")


def lost(name: str, held: DataType, column: Column) -> Expression:
    """True where a value is there and its cast is not, or is another number (1.239 is no decimal(5,2))."""
    source, target = quoted(name), f"try_cast({quoted(name)} as {column.cast_type})"
    failed = f"({source} is not null and {target} is null)"
    narrows = column.cast_type.startswith("decimal") and isinstance(held, StringType | DecimalType | DoubleType)
    cuts = column.cast_type in ("int", "bigint") and isinstance(held, DecimalType | DoubleType | FloatType)
    if narrows or cuts:
        failed = f"({failed} or not (try_cast({source} as decimal(38,18)) <=> cast({target} as decimal(38,18))))"
    return F.expr(failed)
