# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.content import Reach
from pipeline.reconcile import compare_rows

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("manifest", "")
dbutils.widgets.text("cursor", "")
dbutils.widgets.text("cursor_kind", "")
dbutils.widgets.text("up_to", "")
dbutils.widgets.text("buckets", "")

# COMMAND ----------

outcome = compare_rows(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    manifest=dbutils.widgets.get("manifest"),
    reach=Reach(dbutils.widgets.get("cursor"), dbutils.widgets.get("cursor_kind"), dbutils.widgets.get("up_to")),
    buckets=dbutils.widgets.get("buckets").split(","),
    key=lambda: dbutils.secrets.get("tidemark", "pseudonym-key"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
