"""A person who is erased is nowhere in the lake, and nothing that is read again brings them back."""

import gzip
import io
import json
import zipfile

import duckdb
import pytest
from publishing import published
from pyspark.sql import functions as F

from pipeline.metric import Dataset, Metric
from pipeline.raw import in_packed

PERSON = "k5-4811234567890123456"
LIMITS = {"most_share": "0.5", "most_rows": "1", "accepted": ""}
PEOPLE = Dataset(
    ("id",), lambda rows: rows.select("id", "n"), lambda rows: Metric(rows, ("id", "n"), (F.col("id"),)), True
)


def holding(shop) -> set[str]:
    """Top folders of the lake with a file that holds the person, inside compressed columns as well."""
    found = set()
    for path in shop.folder.rglob("*"):
        inside = path.relative_to(shop.folder)
        if path.is_dir() or path.name.startswith("."):
            continue
        if path.suffix == ".parquet":
            held = PERSON in str(duckdb.read_parquet(str(path)).fetchall())
        elif path.suffix == ".zip":
            held = any(PERSON.encode() in zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist())
        else:
            held = PERSON.encode() in path.read_bytes()
        if held:
            found.add("/".join(inside.parts[:2]))
    return found


@pytest.fixture
def peopled(shop, landed):
    """Two windows with the person among others, a row and a line of theirs put aside, raw files, a published table."""
    shop.catalog["datasets"] = [{"name": "people", "notebook": "gold/people", "inputs": ["things"]}]
    shop.publish_catalog()
    line = ("two.csv", 4, "malformed: too many cells", f"{PERSON},1,2,3,4,5,6,7")
    rows = landed(("a", "1"), (PERSON, "1"), ("z", "3"), ("bad", "-7")).project("*, 'one.csv' as _file")
    shop.apply(1, rows, inputs=[("_raw/things/0a/one.csv", "one.csv")])
    rows = landed((PERSON, "2", "2.00", "2026-01-01"), ("b", "2"), (PERSON, "-1")).project("*, 'two.csv' as _file")
    inputs = [("_raw/things/0a/two.zip", "two.csv")]
    assert shop.apply(2, rows, rejected=[line], inputs=inputs)["kind"] == "applied"
    published(shop, "people", "r1", PEOPLE)
    raw(shop, "one.csv", f"id,n\na,1\n{PERSON},1\n")
    raw(shop, "other.csv", "id,n\nb,2\n")
    with zipfile.ZipFile(raw(shop, "two.zip", ""), "w") as archive:
        archive.writestr("two.csv", f'id,n\n"{PERSON}",2\n')
    return shop


def raw(shop, name: str, text: str):
    path = shop.folder / f"bronze/_raw/things/0a/{name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def erase(shop) -> dict[str, str]:
    """Rows and files that were found, by place; one of the files that were listed is gone by then."""
    kept = [path.relative_to(shop.folder / "bronze") for path in shop.folder.glob("bronze/_raw/things/*/*.*")]
    packings = {".zip": "zip", ".gz": "gzip"}
    files = [
        {"container": "bronze", "path": str(path), "packing": packings.get(path.suffix, "none")}
        for path in kept
        if not path.name.startswith(".")
    ]
    files += [{"container": "bronze", "path": "_raw/things/0b/gone.csv", "packing": "none"}]
    return shop.erase(PERSON, purge="now", raw=tuple(files))


def again(shop, manifest: str, app: str, number: int) -> dict:
    return shop.run("silver/apply_window", manifest=manifest, txn_app=app, txn_version=str(number))


def test_no_byte_of_the_person_is_left_and_every_place_is_told(peopled):
    shop = peopled
    before = shop.rows("silver", "things", "id", "n", "price", "at", "_window")
    everywhere = {"bronze/things", "bronze/_raw", "silver/things", "gold/people", "gold/_published"}
    assert holding(shop) == everywhere | {"quarantine/things", "quarantine/rows"}
    found = erase(shop)
    assert found == {
        "bronze/things": "3",
        "quarantine/things": "3",
        "raw/things": "2",
        "silver/things": "1",
        "gold/people": "1",
    }
    (shop.folder / "gold/_published/people/r1.parquet").unlink()
    assert holding(shop) == set()
    assert shop.rows("silver", "things", "id", "n", "price", "at", "_window") == [r for r in before if r[0] != PERSON]
    manifest = json.loads((shop.folder / "bronze" / shop.manifest(2)).read_text())
    assert manifest["rows"] == {"read": "3", "landed": "1", "rejected": "1", "erased": "2"}
    assert [row["payload"] for row in shop.held(2)] == ["", "{}"]
    assert json.loads(shop.held(1)[0]["payload"])["id"] == "bad"
    assert set(erase(shop).values()) == {"0"}


def test_raw_files_of_any_name_are_looked_through_and_those_that_cannot_be_go_whole(peopled):
    shop = peopled
    held = f"id,n\n{PERSON},1\n"
    for name in ("u[1].csv", "_hidden.csv", "copied.csv._COPYING_"):
        raw(shop, name, held)
    spared = raw(shop, "v[2].csv", "id,n\nc,1\n")
    raw(shop, "cut.csv.gz", "").write_bytes(gzip.compress(b"id,n\nc,1\n" * 1000)[:-10])
    assert erase(shop)["raw/things"] == "6"
    left = [path.name for path in spared.parent.iterdir() if not path.name.startswith(".")]
    assert sorted(left) == ["other.csv", "v[2].csv"]


def test_what_a_writer_has_not_committed_yet_is_left_to_it(peopled):
    shop = peopled
    table = shop.folder / "silver/things"
    writing = table / "part-00000-0f0f0f0f-0000-4000-8000-000000000000-c000.zstd.parquet"
    duckdb.sql("select 'w' as id").write_parquet(str(writing))
    erase(shop)
    current = {path.rpartition("/")[2] for path in shop.table("silver", "things").inputFiles()}
    assert {path.name for path in table.glob("*.parquet")} == current | {writing.name}
    assert holding(shop) == {"gold/_published"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (gzip.compress(b"id\nme\n"), True),
        (gzip.compress(b"id\nyou\n"), False),
        (gzip.compress(b"id\nyou\n" * 1000)[:-9], True),
        (b"no archive", True),
        (b"PK no archive", True),
        (gzip.compress(b"0" * (1 << 22)), True),
        (gzip.compress((b"0" * 99 + b"\n") * (1 << 18)), True),
    ],
)
def test_an_archive_that_cannot_be_unpacked_counts_as_holding_the_person(content, found):
    limits = {"megabytes": 20_480, "ratio": 200}
    assert in_packed(lambda line: line == "me\n", "UTF-8", limits)(content) is found


def test_of_an_archive_no_line_is_too_long_to_be_read_in_pieces():
    longest = 0

    def theirs(line: str) -> bool:
        nonlocal longest
        longest = max(longest, len(line))
        return False

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"id\n" + b"0" * (1 << 24))
    assert in_packed(theirs, "UTF-8", {"megabytes": 20_480, "ratio": 2000})(content.getvalue()) is True
    assert longest < 1 << 21


def test_neither_a_replay_nor_a_new_window_brings_the_person_back(peopled, landed):
    shop = peopled
    erase(shop)
    others = shop.rows("silver", "things", "id", "n")
    assert again(shop, shop.manifest(2), "things", 2)["kind"] == "already_applied"
    replayed = again(shop, shop.manifest(2), "replay", 2)
    assert (replayed["kind"], replayed["rows"]["in"], replayed["rows"]["erased"]) == ("applied", "1", "2")
    assert shop.rows("silver", "things", "id", "n") == others
    line = ("three.csv", 5, "malformed: too many cells", f"{PERSON};1")
    rows = landed((PERSON, "9"), ("c", "4"), (PERSON, "-5")).project("*, 'three.csv' as _file")
    new = shop.land(3, rows, rejected=[line])
    fresh = again(shop, new, "things", 3)
    assert (fresh["kind"], fresh["rows"]["in"], fresh["rows"]["erased"]) == ("applied", "1", "2")
    assert [key for key, _ in shop.rows("silver", "things", "id", "n")] == ["a", "b", "c", "z"]
    assert holding(shop) == {"gold/_published"}
    assert again(shop, new, "things", 3)["rows"] == fresh["rows"]


def test_a_list_of_the_keys_of_the_source_keeps_nobody_who_was_erased_and_is_believed_again(peopled):
    shop = peopled
    erase(shop)
    keys = ["a", "b", "z", PERSON]
    shop.list_keys("r9", [(key, len(keys)) for key in keys])
    for _ in range(2):
        assert shop.compare_keys("r9", **LIMITS) == {"kind": "compared", "live": "3", "deleted": "0"}
    assert holding(shop) == {"gold/_published"}


def test_a_manifest_that_was_cut_off_while_it_was_replaced_is_put_back(shop, landed):
    shop.apply(1, landed(("a", "1")))
    manifest = shop.folder / "bronze" / shop.manifest(1)
    ready = shop.folder / "bronze/_ready" / shop.manifest(1)
    ready.parent.mkdir(parents=True)
    manifest.rename(ready)
    assert shop.apply(1)["kind"] == "already_applied"
    assert manifest.exists() and not ready.exists()
