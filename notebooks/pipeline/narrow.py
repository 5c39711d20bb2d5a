"""A merge of few rows leaves all other rows of its table out of its join."""

from pyspark.sql import DataFrame

from pipeline.catalog import quoted

# So many values are named in a statement at most: more of them take longer to plan than they save.
MANY = 10_000
NAMEABLE = ("string", "int", "bigint")


def narrowed(rows: DataFrame, names: dict[str, str], target: str, count: int) -> tuple[str, list]:
    """
    What the join of a merge implies about its target, as SQL with its arguments: the values that one column of the
    join has in these `count` rows. Delta joins a merge that also inserts by a shuffle and a sort of its whole table,
    since Spark cannot broadcast the side whose rows are all kept; rows that this condition rules out are left where
    they lie. `names` are the columns of the target by those of the rows.
    """
    found = next((name for name in names if rows.schema[name].dataType.simpleString() in NAMEABLE), None)
    if found is None or count > MANY:
        return "true", []
    values = {row[0] for row in rows.select(quoted(found)).collect()}
    column, known = f"{target}.{quoted(names[found])}", [value for value in values if value is not None]
    named = f"{column} in ({', '.join('?' * len(known))})" if known else "false"
    return f"({named} or {column} is null)" if None in values else named, known
