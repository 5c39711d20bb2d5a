# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.replay import replay_rows

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("request", "")
dbutils.widgets.text("txn_app", "")
dbutils.widgets.text("txn_version", "")

# COMMAND ----------

outcome = replay_rows(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    request=dbutils.widgets.get("request"),
    txn_app=dbutils.widgets.get("txn_app"),
    txn_version=dbutils.widgets.get("txn_version"),
    key=lambda: dbutils.secrets.get("tidemark", "pseudonym-key"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
