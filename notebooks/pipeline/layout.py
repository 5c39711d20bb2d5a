"""The layout of a silver table as the catalog names it: a change of that line rewrites the table once."""

from __future__ import annotations

from dataclasses import replace

from delta import DeltaTable
from pyspark.sql import SparkSession

from pipeline import tables
from pipeline.catalog import Table, quoted


def relaid(spark: SparkSession, path: str, table: Table) -> str | None:
    """
    Gives the table its layout in one commit and answers its name, or `None` when it has it. The numbers of applied
    windows stay in the log; for the change feed it is a table made anew, so its readers compute everything once.
    """
    held, wanted = layout_of(spark, path), _wanted(table)
    if held == wanted:
        return None
    # Delta takes no clustered table apart into partitions at once.
    if held[0] == "clustered" and wanted[0] == "partitioned":
        _rewrite(spark, path, replace(table, layout="standard", layout_columns=()))
    _rewrite(spark, path, table)
    return wanted[0]


def layout_of(spark: SparkSession, path: str) -> tuple[str, tuple[str, ...]]:
    detail = DeltaTable.forPath(spark, path).detail().select("partitionColumns", "clusteringColumns").first()
    if detail["partitionColumns"]:
        return "partitioned", tuple(detail["partitionColumns"])
    return ("clustered", tuple(detail["clusteringColumns"])) if detail["clusteringColumns"] else ("standard", ())


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
