"""The parts of a compiled catalog that the notebooks need."""

from dataclasses import dataclass, field, replace

from pipeline.lake import Lake

SPARK_TYPES = {"text": "string", "integer": "int"}


def quoted(name: str) -> str:
    """A column name as SQL takes it, whatever it contains."""
    return "`" + name.replace("`", "``") + "`"


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    pii: str = "none"

    @property
    def sql_type(self) -> str:
        """Hashed values are text, whatever the source's type was."""
        return "string" if self.pii == "direct" else self.cast_type

    @property
    def cast_type(self) -> str:
        return SPARK_TYPES.get(self.type, self.type)


@dataclass(frozen=True)
class Rule:
    name: str
    check: str
    action: str


@dataclass(frozen=True)
class Order:
    column: str
    direction: str = "desc"


@dataclass(frozen=True)
class Table:
    """`written` are the delimiter, quote and escape sign of each source that sends it as text."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    order: tuple[Order, ...] = ()
    deleted: str | None = None
    rules: tuple[Rule, ...] = ()
    layout: str = "standard"
    layout_columns: tuple[str, ...] = ()
    replace: bool = False
    written: tuple[tuple[str, str, str], ...] = ()
    names: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))


def table_from(entry: dict) -> Table:
    """One entry of `tables`; unknown members are left alone, so that a newer catalog still applies."""
    layout = entry.get("layout") or {}
    return Table(
        name=entry["name"],
        key=tuple(entry["key"]),
        columns=tuple(Column(c["name"], c["type"], c.get("pii", "none")) for c in entry["columns"]),
        order=tuple(Order(o["column"], o.get("direction", "desc")) for o in entry.get("order") or ()),
        deleted=(entry.get("deleted") or {}).get("column"),
        rules=tuple(Rule(r["name"], r["check"], r["action"]) for r in entry.get("rules") or ()),
        layout=layout.get("kind", "standard"),
        layout_columns=tuple(layout.get("columns") or ()),
        replace=bool(entry.get("replace", False)),
    )


def read_catalog(lake: Lake, version: str) -> dict:
    return lake.document("bronze", f"_catalog/{version}.json")[0]


def table_of(catalog: dict, name: str) -> Table:
    sources = [source for source in catalog.get("sources") or () if source["table"] == name and "format" in source]
    forms = [(form["delimiter"], form["quote"], form["escape"]) for form in (source["format"] for source in sources)]
    return replace(table_from(_entry(catalog, "tables", name)), written=tuple(forms))


def dataset_of(catalog: dict, name: str) -> dict:
    return _entry(catalog, "datasets", name)


def _entry(catalog: dict, kind: str, name: str) -> dict:
    for entry in catalog[kind]:
        if entry["name"] == name:
            return entry
    raise ValueError(f"catalog version {catalog['version']} has no {name} among its {kind}; publish one that does")
