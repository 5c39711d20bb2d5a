"""The layout of a silver table as the catalog names it: a change of that line rewrites the table once."""

from __future__ import annotations

from delta import DeltaTable
from pyspark.sql import Row, SparkSession

from pipeline import tables
from pipeline.catalog import Table, quoted


def relaid(spark: SparkSession, path: str, table: Table) -> str | None:
    """
    Gives the table its layout in one commit and answers its name, or `None` when it has it. The numbers of applied
    windows stay in the log; for the change feed it is a table made anew, so its readers compute everything once.
    Raises where Delta has no way from one to the other.
    """
    held, wanted = layout_of(spark, path), _wanted(table)
    if held == wanted:
        return None
    # An overwrite could, but it reads before its transaction begins: a window that commits in between would be lost.
    if wanted[0] == "partitioned" and "clustering" in _detail(spark, path)["tableFeatures"]:
        raise ValueError(
            f"table {table.name} was clustered once, and Delta partitions no such table; "
            "declare it standard or clustered"
        )
    _rewrite(spark, path, table)
    return wanted[0]


def layout_of(spark: SparkSession, path: str) -> tuple[str, tuple[str, ...]]:
    detail = _detail(spark, path)
    if detail["partitionColumns"]:
        return "partitioned", tuple(detail["partitionColumns"])
    return ("clustered", tuple(detail["clusteringColumns"])) if detail["clusteringColumns"] else ("standard", ())


def _detail(spark: SparkSession, path: str) -> Row:
    return DeltaTable.forPath(spark, path).detail().first()


def _wanted(table: Table) -> tuple[str, tuple[str, ...]]:
    return table.layout, table.layout_columns if table.layout != "standard" else ()


def _rewrite(spark: SparkSession, path: str, table: Table) -> None:
    # One statement reads and replaces inside one transaction: a window that commits meanwhile fails it, and stays.
    properties = ", ".join(f"'{name}' = '{value}'" for name, value in tables.silver_properties(table).items())
    spark.sql(
        f"create or replace table delta.`{path}` using delta {_clause(table)} tblproperties ({properties}) "
        f"as select * from delta.`{path}`"
    )


def _clause(table: Table) -> str:
    columns = ", ".join(quoted(name) for name in table.layout_columns)
    return {"partitioned": f"partitioned by ({columns})", "clustered": f"cluster by ({columns})"}.get(table.layout, "")
