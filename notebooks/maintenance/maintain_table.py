# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.maintain import maintain_table

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("layer", "silver")
dbutils.widgets.text("table", "")

# COMMAND ----------

outcome = maintain_table(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    layer=dbutils.widgets.get("layer"),
    name=dbutils.widgets.get("table"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
