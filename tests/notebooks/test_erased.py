"""Whose a text is, however its source writes a row."""

import hashlib
import hmac

import pytest

from pipeline.catalog import table_of
from pipeline.erased import Erased
from pipeline.lake import Lake
from pipeline.raw import holding_lines

ENCODINGS = [
    "UTF-8",
    "UTF-16",
    "UTF-16BE",
    "windows-1250",
    "windows-1252",
    "ISO-8859-1",
    "ISO-8859-2",
    "ISO-8859-15",
]


def erased(key: dict[str, str], delimiter: str, quote: str = '"', escape: str = '"') -> Erased:
    """The ledger with this one person."""
    form = {"delimiter": delimiter, "quote": quote, "escape": escape}
    columns = [{"name": name, "type": "text"} for name in key]
    sources = [{"name": "rows", "table": "people", "format": form}, {"name": "live", "table": "people"}]
    catalog = {"tables": [{"name": "people", "key": [*key], "columns": columns}], "sources": sources}
    subject = hmac.new(b"secret", "\x1f".join(key.values()).encode(), hashlib.sha256).hexdigest()
    return Erased(frozenset([subject]), table_of(catalog, "people"), b"secret")


@pytest.mark.parametrize("delimiter", [":", "#", "~", ",", "|", "\t"])
def test_a_key_is_found_between_the_delimiters_of_its_source(delimiter):
    found = erased({"id": "k-1"}, delimiter).in_text()
    assert found(delimiter.join(["x", "k-1", "2", "too many"]))
    assert not found(delimiter.join(["x", "k-11", "2"]))


@pytest.mark.parametrize("key", ["Ann O'Neil", "Ann, Neil", "[7]", 'An "x" b'])
def test_a_key_of_several_words_is_found_bare_or_quoted(key):
    found = erased({"id": key}, ";").in_text()
    doubled = key.replace('"', '""')
    assert found(f"1;{key} ;2") and found(f'1;"{doubled}";2\nlog line')
    assert not found(f"1;{key}x;2")


def test_a_key_with_the_delimiter_in_it_is_found_in_quotes():
    assert erased({"id": "Neil, Ann"}, ",").in_text()('1,"Neil, Ann",x')


def test_a_composed_key_is_found_in_any_order_of_its_cells():
    found = erased({"shop": "Le Mans", "id": "7"}, ":").in_text()
    assert found("7:x:Le Mans") and not found("8:x:Le Mans")


def test_a_sign_that_is_no_delimiter_parts_no_cell():
    assert not erased({"id": "12"}, ";").in_text()("10:12:33;4")


def test_a_text_that_opens_more_brackets_than_can_be_read_is_nobodys():
    assert not erased({"id": "12"}, ";").in_text()("[" * 200_000)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_file_in_any_encoding_that_a_source_may_have_is_looked_through(spark, tmp_path, encoding):
    (tmp_path / "bronze").mkdir()
    for name, key in (("theirs.csv", "Zoé"), ("others.csv", "Zoë")):
        (tmp_path / "bronze" / name).write_bytes(f"id;n\n{key};1\n".encode(encoding))
    lake = Lake(spark, f"file://{tmp_path}/{{container}}")
    paths = ["others.csv", "theirs.csv"]
    assert holding_lines(lake, erased({"id": "Zoé"}, ";"), "bronze", paths, encoding) == ["theirs.csv"]
