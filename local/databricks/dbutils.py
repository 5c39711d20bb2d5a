"""The part of `dbutils` that the notebooks use."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace


class NotebookExit(BaseException):
    """Ends a notebook with a result; no `except Exception` of a notebook may catch it."""

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result


class Widgets:
    """A value passed with the run wins over the default of the widget."""

    def __init__(self, passed: Mapping[str, str]) -> None:
        self._passed = dict(passed)
        self._defaults: dict[str, str] = {}

    def text(self, name: str, default: str, label: str | None = None) -> None:
        self._defaults[name] = default

    def get(self, name: str) -> str:
        for values in (self._passed, self._defaults):
            if name in values:
                return values[name]
        raise ValueError(f"InputWidgetNotDefined: no input widget is named {name}")


def leave(result: str) -> None:
    raise NotebookExit(str(result))


def dbutils(passed: Mapping[str, str], secret: Callable[[str, str], str]) -> SimpleNamespace:
    """`secret` is given a scope and a key."""
    return SimpleNamespace(
        widgets=Widgets(passed), notebook=SimpleNamespace(exit=leave), secrets=SimpleNamespace(get=secret)
    )
