"""What is declared is read by somebody: an attribute of a declaration that no code asks for is a promise nobody keeps.

Asked of every dataclass (Material, Format, Check, Clock, Table and the like) and of every class variable of a declared
class (Item, Step and theirs). Columns of models and fields of forms are read by other means and stand under other tests.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SRC = Path(__file__).parents[1] / "src" / "yizheng"
ASKED_BY_NAME = ("getattr", "hasattr", "attrgetter")

NOT_READ = {
    "TableInfo.parent_table": "a test holds the data to it",
    "Manifest.migrations": "written into the manifest for whoever restores by hand",
    "Account.REQUIRED_FIELDS": "Django's own",
    "Tally.rolled_back": "a column of the list names it",
    "Person.degree": "the demonstration city copies it by name into the education",
}
"""What code of the platform itself need not read, and why it is there."""


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in SRC.rglob("*.py") if "migrations" not in path.parts}


@cache
def read() -> frozenset[str]:
    """Every name that code reads of an object, a template names, or a text asks for."""
    found: set[str] = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.add(node.attr)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ASKED_BY_NAME:
                found |= {
                    each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    for page in SRC.rglob("*.html"):
        found |= set(re.findall(r"\.(\w+)", page.read_text()))
    return frozenset(found)


def declared() -> Iterator[str]:
    """``Class.attribute`` of every declaration."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or node.name == "Meta":
                continue
            plain = any("dataclass" in ast.unparse(each) for each in node.decorator_list)
            for each in node.body:
                if not isinstance(each, ast.AnnAssign) or not isinstance(each.target, ast.Name):
                    continue
                if each.target.id != "_" and (plain or "ClassVar" in ast.unparse(each.annotation)):
                    yield f"{node.name}.{each.target.id}"


def test_every_declared_attribute_is_read_by_some_code() -> None:
    unread = {name for name in declared() if name.split(".")[1] not in read()}
    assert unread - set(NOT_READ) == set()


def test_what_need_not_be_read_is_there_and_is_not_read() -> None:
    unread = {name for name in declared() if name.split(".")[1] not in read()}
    assert set(NOT_READ) - unread == set()
