"""Libraries that take seconds to load, loaded when the first of their names is asked for, by whichever thread asks first."""

from importlib import import_module
from typing import Any


class _Lazily:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def lazily(name: str) -> Any:
    """The module of this name; every process of the platform begins without it."""
    return _Lazily(name)
