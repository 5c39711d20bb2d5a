"""The deployed notebooks are thin, and each runs whole."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted(
    path for path in (ROOT / "notebooks").rglob("*.py") if path.parent.name in ("silver", "gold", "maintenance")
)
LOGIC = (ast.FunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.Try, ast.With, ast.ListComp, ast.IfExp)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_logic(path):
    source = path.read_text()
    assert source.startswith("# Databricks notebook source\n")
    assert [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, LOGIC)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_declares_every_widget_that_it_reads_and_ends_with_exit(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = {ast.unparse(call.func): [] for call in calls}
    for call in calls:
        named[ast.unparse(call.func)] += [ast.literal_eval(a) for a in call.args if isinstance(a, ast.Constant)]
    assert set(named["dbutils.widgets.get"]) <= set(named["dbutils.widgets.text"])
    assert "dbutils.notebook.exit" in named


def test_there_is_a_notebook_for_every_job():
    assert {path.stem for path in NOTEBOOKS} >= {"apply_window", "maintain_table", "users", "buyers_by_country"}


def test_the_silver_notebook_applies_a_window(shop, landed):
    manifest = shop.land(1, landed(("a", "1", "1.00", None)))
    outcome = shop.run("silver/apply_window", manifest=manifest, txn_app="things", txn_version="1")
    assert (outcome["kind"], outcome["rows"]["inserted"]) == ("applied", "1")
