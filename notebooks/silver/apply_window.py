# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.apply import apply_window

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("manifest", "")
dbutils.widgets.text("txn_app", "")
dbutils.widgets.text("txn_version", "")
dbutils.widgets.text("aside", "")

# COMMAND ----------

outcome = apply_window(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    manifest=dbutils.widgets.get("manifest"),
    txn_app=dbutils.widgets.get("txn_app"),
    txn_version=dbutils.widgets.get("txn_version"),
    aside=dbutils.widgets.get("aside") == "true",
    key=lambda: dbutils.secrets.get("tidemark", "pseudonym-key"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
