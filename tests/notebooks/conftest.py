"""One Spark for all tests, with the settings of the local cluster, and a lake in a folder."""

import csv
import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyRelation as Rows
from fashion import COLUMNS, catalog
from notebook import run_notebook
from pyspark.sql import DataFrame, SparkSession
from session import build

from pipeline.apply import apply_window
from pipeline.replay import replay_rows

pytest_plugins = ["publishing"]
ROOT = Path(__file__).parents[2]
KEY = ["id"]
# To generate and compile code for each of a thousand plans over five rows is a third of the time.
INTERPRETED = {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> SparkSession:
    return build(tmp_path_factory.mktemp("spark"), "1g", settings=INTERPRETED)


@pytest.fixture
def spark(cluster: SparkSession) -> SparkSession:
    return cluster.newSession()


@dataclass
class Shop:
    """A small lake: windows in, tables out."""

    spark: SparkSession
    folder: Path
    catalog: dict

    @property
    def lake(self) -> str:
        return f"file://{self.folder}/{{container}}"

    def publish_catalog(self) -> None:
        self._write("_catalog/3.json", self.catalog)

    @staticmethod
    def manifest(number: int, table: str = "things") -> str:
        """Path of the manifest of a window."""
        return f"_manifests/{table}/{number:012d}.json"

    def land(
        self, number: int, *parts: Rows, table: str = "things", landed: int | None = None, rejected=(), inputs=()
    ) -> str:
        """Writes a window as the copy does, a file a part, and its manifest; answers the manifest's path."""
        files = []
        for at, rows in enumerate(parts):
            part = f"{table}/window={number}/attempt=1/part-{at}.parquet"
            file = self.folder / "bronze" / part
            file.parent.mkdir(parents=True, exist_ok=True)
            rows.write_parquet(str(file), compression="zstd")
            files.append({"container": "bronze", "path": part, "bytes": "1", "rows": str(len(rows))})
        count = str(sum(int(file["rows"]) for file in files) if landed is None else landed)
        path = self.manifest(number, table)
        lines = self._rejected(number, rejected)
        manifest = {"source": table, "table": table, "window": str(number), "attempt": "1", "mode": "incremental"}
        counted = {"rows": {"read": count, "landed": count, "rejected": str(len(rejected))}, "rejects": lines}
        counted |= {"inputs": [{"path": path, "name": name} for path, name in inputs]}
        counted |= {"catalog": "3", "fingerprint": "f"}
        self._write(path, manifest | counted | {"lower": None, "upper": None, "files": files})
        return path

    def apply(self, number: int, *parts: Rows, table: str = "things", app: str | None = None, **more) -> dict:
        path = self.land(number, *parts, table=table, **more) if parts else self.manifest(number, table)
        session = self.spark.newSession()
        return apply_window(session, self.lake, "3", path, app or table, str(number), lambda: "a key")

    def run(self, notebook: str, **parameters: str) -> dict:
        """Runs a deployed notebook whole, as the local cluster does."""
        given = {"lake": self.lake, "catalog": "3"} | parameters
        session = self.spark.newSession()
        return json.loads(
            run_notebook(ROOT / "notebooks", notebook, session, given, lambda scope, key: f"{scope}/{key}")
        )

    def held(self, number: int, table: str = "things") -> list[dict]:
        """The quarantined rows of a window, in their order."""
        return self.form("quarantine", f"rows/{table}/{number:012d}.parquet")

    def form(self, container: str, path: str) -> list[dict]:
        """The rows of a single file, in their order."""
        rows = duckdb.read_parquet(str(self.folder / container / path))
        return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]

    def replay(self, run: str, *rows: dict, table: str = "things") -> dict:
        """Replays rows, each with its id, window and values, as the run asks for it."""
        request = {"source": table, "table": table, "rows": list(rows)}
        self._write(f"replays/{run}.json", request, "quarantine")
        given = (f"replays/{run}.json", f"replay:{run}", "1")
        return replay_rows(self.spark.newSession(), self.lake, "3", *given, lambda: "a key")

    def list_rows(self, run: str, names: list[str], *parts: list[tuple], table: str = "things") -> None:
        """What a source lists for a run, as the copy leaves it, and its manifest."""
        files = []
        for at, part in enumerate(parts):
            file = f"{table}/lane={run}/part-{at}.parquet"
            (self.folder / "bronze" / file).parent.mkdir(parents=True, exist_ok=True)
            texts(names, part).write_parquet(str(self.folder / "bronze" / file))
            files.append({"container": "bronze", "path": file, "bytes": "1", "rows": str(len(part))})
        count = str(sum(map(len, parts)))
        manifest = {"source": table, "table": table, "window": "1", "files": files, "fingerprint": "f"}
        self._write(
            f"_manifests/{table}/{run}.json", manifest | {"rows": {"read": count, "landed": count, "rejected": "0"}}
        )

    def list_keys(self, run: str, *parts: list[tuple], key: list[str] = KEY, table: str = "things") -> None:
        """Keys, each with the server's count of its part."""
        counted = [[(*values, str(listed)) for *values, listed in part] for part in parts]
        self.list_rows(run, [*key, "_listed"], *counted, table=table)

    def compare_keys(self, run: str, table: str = "things", begun: str = "2100-01-01T00:00:00Z", **limits: str) -> dict:
        given = {"manifest": f"_manifests/{table}/{run}.json", "txn_app": f"{table}:{run}"}
        return self.run("silver/apply_deletes", begun=begun, **given, **limits)

    def erase(self, person: str, table: str = "things", purge: str = "later", raw: tuple[dict, ...] = ()) -> dict:
        """Writes a person into the ledger and erases them; rows and files that were found, by place."""
        subject = hmac.new(b"tidemark/pseudonym-key", person.encode(), hashlib.sha256).hexdigest()
        self._write(f"_erasures/{table}/{subject}.json", {"table": table, "subject": subject})
        limits = {"megabytes": 20_480, "ratio": 200}
        self._write("_erasing.json", {"encoding": "UTF-8", "limits": limits, "files": list(raw)})
        given = {"table": table, "source": table, "raw": "_erasing.json", "purge": purge}
        return {place["place"]: place["rows"] for place in self.run("maintenance/erase_subject", **given)["places"]}

    def _rejected(self, number: int, lines) -> list[str]:
        """The session log of a copy that left lines out: (file, line, reason, raw)."""
        if not lines:
            return []
        path = self.folder / f"quarantine/things/window={number}/log.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as log:
            writer = csv.writer(log, quoting=csv.QUOTE_ALL)
            writer.writerow(["Timestamp", "Level", "OperationName", "OperationItem", "Message"])
            for file, line, reason, raw in lines:
                place = f"Error found when processing 'Csv/Tsv Format Text' source '{file}' with row number {line}: "
                writer.writerow(["2026-01-01", "Warning", "TabularRowSkip", raw, place + reason])
        return [f"quarantine/things/window={number}/log.csv"]

    def table(self, container: str, name: str) -> DataFrame:
        return self.spark.read.format("delta").load(str(self.folder / container / name))

    def rows(self, container: str = "silver", name: str = "things", *columns: str) -> list[tuple]:
        return sorted(tuple(row) for row in self.table(container, name).select(*columns).collect())

    def _write(self, path: str, document: dict, container: str = "bronze") -> None:
        file = self.folder / container / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document))


@pytest.fixture
def things() -> dict:
    """A catalog of one small table; a test changes what it is about."""
    columns = [("id", "text"), ("n", "integer"), ("price", "decimal(5,2)"), ("at", "timestamp"), ("gone", "timestamp")]
    return {
        "version": "3",
        "tables": [
            {
                "name": "things",
                "key": ["id"],
                "order": [{"column": "at", "direction": "desc"}],
                "deleted": {"column": "gone"},
                "layout": {"kind": "standard", "columns": []},
                "columns": [{"name": name, "type": kind, "pii": "none"} for name, kind in columns],
                "rules": [
                    {"name": "n_positive", "check": "n >= 0", "action": "quarantine"},
                    {"name": "cheap", "check": "price is null or price < 100", "action": "warn"},
                    {"name": "sane", "check": "id <> 'impossible'", "action": "fail"},
                ],
            }
        ],
        "datasets": [],
        "maintenance": {"vacuumHours": 168},
    }


@pytest.fixture
def shop(spark: SparkSession, tmp_path: Path, things: dict) -> Shop:
    made = Shop(spark, tmp_path, things)
    made.publish_catalog()
    return made


def texts(names: list[str], rows: list[tuple]) -> Rows:
    """A relation of DuckDB, which is what the copy writes Parquet with: all columns are text."""
    columns = ", ".join(f'cells[{at}] as "{name}"' for at, name in enumerate(names, 1))
    every = [[list(row) for row in rows]]
    return duckdb.sql("select unnest($1::varchar[][]) as cells", params=every).project(columns)


@pytest.fixture
def landed():
    """Rows (id, n, price, at, gone) as the copy leaves them."""

    def make(*rows: tuple) -> Rows:
        return texts(["id", "n", "price", "at", "gone"], [(*row, None, None, None, None)[:5] for row in rows])

    return make


@pytest.fixture
def users(shop: Shop):
    """Makes the shop one of users; answers a function that lands and applies a window of them."""

    def apply(number: int, rows: list[tuple], columns: dict[str, str] = COLUMNS) -> dict:
        shop.catalog |= catalog(columns)
        shop.publish_catalog()
        return shop.apply(number, texts(list(columns), rows), table="users")

    return apply
