# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.publish import publish
from shop.top_seller_countries import top_seller_countries

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("dataset", "top_seller_countries")
dbutils.widgets.text("run", "")

# COMMAND ----------

outcome = publish(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    name=dbutils.widgets.get("dataset"),
    run=dbutils.widgets.get("run"),
    dataset=top_seller_countries,
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
