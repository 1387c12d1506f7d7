"""What is declared is read by somebody: an attribute of a declaration that no code asks for is a promise nobody keeps.

Asked of every dataclass (Material, Format, Check, Clock, Table and the like) and of every class variable of a declared
class (Item, Step and theirs). Columns of models and fields of forms are read by other means and stand under other tests.
"""

import ast
import re
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


class Reading(ast.NodeVisitor):
    """Goes through the code once and notes what is declared and what is read."""

    def __init__(self) -> None:
        self.declared: set[str] = set()
        self.read: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """Code reads a name of an object."""
        if isinstance(node.ctx, ast.Load):
            self.read.add(node.attr)
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        """Code asks for a name that stands in a text."""
        if isinstance(node.func, ast.Name) and node.func.id in ASKED_BY_NAME:
            texts = (each.value for each in node.args if isinstance(each, ast.Constant))
            self.read |= {text for text in texts if isinstance(text, str)}
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """``Class.attribute`` of a declaration."""
        if node.name != "Meta":
            plain = any("dataclass" in ast.unparse(each) for each in node.decorator_list)
            for each in node.body:
                if not isinstance(each, ast.AnnAssign) or not isinstance(each.target, ast.Name):
                    continue
                if each.target.id != "_" and (plain or "ClassVar" in ast.unparse(each.annotation)):
                    self.declared.add(f"{node.name}.{each.target.id}")
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        """Nothing stands below a name."""

    def visit_Constant(self, node: ast.Constant) -> None:
        """Nor below a constant."""


@cache
def unread() -> frozenset[str]:
    """What is declared and named neither by code, which reads it of an object or asks for it by a text, nor by a template."""
    found = Reading()
    for path in SRC.rglob("*.py"):
        if "migrations" not in path.parts:
            found.visit(ast.parse(path.read_text()))
    for page in SRC.rglob("*.html"):
        found.read |= set(re.findall(r"\.(\w+)", page.read_text()))
    return frozenset(name for name in found.declared if name.split(".")[1] not in found.read)


def test_every_declared_attribute_is_read_by_some_code() -> None:
    assert unread() - set(NOT_READ) == set()


def test_what_need_not_be_read_is_there_and_is_not_read() -> None:
    assert set(NOT_READ) - unread() == set()
