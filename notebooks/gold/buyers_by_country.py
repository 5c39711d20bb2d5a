# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.publish import publish
from shop.buyers_by_country import buyers_by_country

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("dataset", "buyers_by_country")
dbutils.widgets.text("run", "")

# COMMAND ----------

outcome = publish(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    name=dbutils.widgets.get("dataset"),
    run=dbutils.widgets.get("run"),
    dataset=buyers_by_country,
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
