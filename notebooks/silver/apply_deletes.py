# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.deletes import apply_deletes

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("manifest", "")
dbutils.widgets.text("txn_app", "")
dbutils.widgets.text("begun", "")
dbutils.widgets.text("most_share", "")
dbutils.widgets.text("most_rows", "")
dbutils.widgets.text("accepted", "")

# COMMAND ----------

outcome = apply_deletes(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    manifest=dbutils.widgets.get("manifest"),
    txn_app=dbutils.widgets.get("txn_app"),
    begun=dbutils.widgets.get("begun"),
    most_share=float(dbutils.widgets.get("most_share")),
    most_rows=int(dbutils.widgets.get("most_rows")),
    accepted=int(dbutils.widgets.get("accepted") or 0),
    key=lambda: dbutils.secrets.get("tidemark", "pseudonym-key"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
