# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.publish import publish
from shop.users import users

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("dataset", "users")
dbutils.widgets.text("run", "")

# COMMAND ----------

outcome = publish(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    name=dbutils.widgets.get("dataset"),
    run=dbutils.widgets.get("run"),
    dataset=users,
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
