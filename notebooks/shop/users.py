"""The cleaned users: typed as in silver, texts without stray blanks, one row a user."""

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StringType

from pipeline.catalog import quoted
from pipeline.metric import Dataset, Metric

KEY = "identifierHash"


def cleaned(silver: DataFrame) -> DataFrame:
    """All columns of the source; an empty text becomes NULL. The identifier stays as the source wrote it."""
    fields = [field for field in silver.schema.fields if not field.name.startswith("_")]
    return silver.select(*[_cleaned(field.name, field.dataType) for field in fields])


def by_identifier(rows: DataFrame) -> Metric:
    return Metric(rows, tuple(rows.columns), (F.col(KEY),))


def _cleaned(name: str, kind: object) -> Column:
    column = F.col(quoted(name))
    if name == KEY or not isinstance(kind, StringType):
        return column
    return F.nullif(F.trim(column), F.lit("")).alias(name)


users = Dataset((KEY,), cleaned, by_identifier, by_row=True)
