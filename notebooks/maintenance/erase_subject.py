# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.erase import erase_subject

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("table", "")
dbutils.widgets.text("source", "")
dbutils.widgets.text("raw", "")
dbutils.widgets.text("purge", "later")

# COMMAND ----------

outcome = erase_subject(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    name=dbutils.widgets.get("table"),
    source=dbutils.widgets.get("source"),
    raw=dbutils.widgets.get("raw"),
    purge_now=dbutils.widgets.get("purge") == "now",
    key=lambda: dbutils.secrets.get("tidemark", "pseudonym-key"),
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
