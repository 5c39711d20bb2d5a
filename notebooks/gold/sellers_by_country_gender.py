# Databricks notebook source
import json
import os
import sys

sys.path.append(os.path.abspath(".."))

from pipeline.publish import publish
from shop.sellers_by_country_gender import sellers_by_country_gender

# COMMAND ----------

dbutils.widgets.text("lake", "")
dbutils.widgets.text("catalog", "")
dbutils.widgets.text("dataset", "sellers_by_country_gender")
dbutils.widgets.text("run", "")

# COMMAND ----------

outcome = publish(
    spark,
    lake=dbutils.widgets.get("lake"),
    catalog=dbutils.widgets.get("catalog"),
    name=dbutils.widgets.get("dataset"),
    run=dbutils.widgets.get("run"),
    dataset=sellers_by_country_gender,
)

# COMMAND ----------

dbutils.notebook.exit(json.dumps(outcome))
