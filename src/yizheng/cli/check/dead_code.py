"""Find what nothing uses: functions, classes, attributes and names that neither code nor templates mention (vulture).

Vulture reads Python alone, so the words of templates, of data files, of SQL and of told facts are counted as uses too. What a library
calls by a name of its own stands in `dead_code.toml`, each entry with its reason; an entry that spares nothing fails.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from vulture import Vulture
from vulture.core import Item

from yizheng.cli.folders import CHECKOUT, CODE

ALLOWED = Path(__file__).with_name("dead_code.toml")
MENTIONING = (".html", ".txt", ".xml", ".typ", ".js", ".toml", ".json", ".sql")
TRACED = ("src/yizheng", "benchmarks")
"""Folders whose code counts as a use; what tests alone use is dead. Only `src/yizheng` is judged."""
_FIELD = re.compile(
    r"^\s*\w+(, \w+)*(: .+)? = (forms\.|models\.|\w*Field\(|declare\(|Table\(|(coded|many_coded|day|radio|document_number)\()"
)
"""A column of a model, a field of a form or a declaration: each is found by its name or its code."""

_TOLD = re.compile(r"\{(\w+)(?::[^{}]*)?\}")
"""A name in a sentence of a fact's declaration (`yizheng.registry.declarations`)."""


def main() -> int:
    """0 when everything is used; otherwise each place is named."""
    allowed = tomllib.loads(ALLOWED.read_text("utf-8"))
    sparing = {name: False for names in allowed.values() for name in names}
    dead = [item for item in _unused(list(allowed["decorators"])) if not _spared(item, allowed, sparing)]
    for item in dead:
        print(f"{_place(item)}:{item.first_lineno}  没有任何地方用到 {item.name}（{item.typ}），请删除")
    idle = [name for name, spares in sparing.items() if not spares and name not in allowed["decorators"]]
    for name in idle:
        print(f"{ALLOWED.name}  “{name}”已不再豁免任何代码，请删去这一行")
    return 1 if dead or idle else 0


def _unused(decorators: list[str]) -> list[Item]:
    vulture = Vulture(ignore_decorators=decorators)
    vulture.scavenge([str(CHECKOUT / folder) for folder in TRACED], exclude=["*/migrations/*"])
    for path in _mentioning():
        for word in re.findall(r"\w+", path.read_text("utf-8")):
            vulture.used_names.add(word)
    for path in CODE.rglob("*.py"):
        vulture.used_names.update(_TOLD.findall(path.read_text("utf-8")))
    found = [item for item in vulture.get_unused_code() if item.filename.is_relative_to(CODE)]
    return [item for item in found if not _is_field(item)]


def _is_field(item: Item) -> bool:
    """Whether the line says one of those."""
    line = item.filename.read_text("utf-8").splitlines()[item.first_lineno - 1]
    return item.typ == "variable" and _FIELD.search(line) is not None


def _mentioning() -> Iterator[Path]:
    """Files that name attributes and functions without being Python; vendored libraries are not ours."""
    for path in CODE.rglob("*"):
        if path.suffix in MENTIONING and "vendor" not in path.parts and path != ALLOWED:
            yield path
    for path in CODE.glob("**/migrations/*.py"):
        yield path


def _spared(item: Item, allowed: dict[str, dict[str, str]], sparing: dict[str, bool]) -> bool:
    """Whether an entry of the allow-list spares the item; it is then marked as needed."""
    for entry in (*_fitting(item.name, allowed["names"]), *_fitting(_entry(item), allowed["places"])):
        sparing[entry] = True
        return True
    return False


def _fitting(text: str, patterns: Iterable[str]) -> Iterator[str]:
    return (pattern for pattern in patterns if fnmatchcase(text, pattern))


def _entry(item: Item) -> str:
    return f"{_place(item)}:{item.typ}:{item.name}"


def _place(item: Item) -> str:
    return str(item.filename.relative_to(CODE))


if __name__ == "__main__":
    sys.exit(main())
