"""Finds the page that goes round ``visible_to``: a query of a scoped model in a page without asking who looks.

Pages are the files under a ``pages`` or ``api`` folder of a room (and ``api.py``). In them, ``Model.objects`` of a
scoped model must lead to ``visible_to`` in the same chain of calls; what makes rows (``create``, ``bulk_create``) is
no query. Run as ``python -m yizheng.people.lint SRC``; a page may not argue with it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_MAKES = frozenset({"create", "bulk_create", "none", "model"})


def scoped_models() -> frozenset[str]:
    """The names of all models whose default manager offers ``visible_to``; needs Django to be set up."""
    from django.apps import apps

    return frozenset(
        model.__name__
        for model in apps.get_models()
        if hasattr(getattr(model, "objects", None), "visible_to")
    )


def pages(source: Path) -> Iterator[Path]:
    """The files in which people are answered."""
    for path in sorted(source.rglob("*.py")):
        inside = path.relative_to(source).parts
        if (
            any(part in {"pages", "api", "desk", "applicant"} for part in inside[:-1])
            or inside[-1] == "api.py"
        ):
            yield path


def rounds(text: str, models: Iterable[str]) -> list[tuple[int, str]]:
    """Line and model of every query that does not ask who looks."""
    names = frozenset(models)
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return sorted(
        (node.lineno, node.value.id)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and isinstance(node.value, ast.Name)
        and node.value.id in names
        and not _asks(node, parents)
    )


def _asks(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether the chain of calls that begins here contains ``visible_to``, or makes a row."""
    first = True
    while True:
        parent = parents.get(node)
        if isinstance(parent, ast.Attribute):
            if parent.attr == "visible_to" or (first and parent.attr in _MAKES):
                return True
            first = False
        elif not (isinstance(parent, ast.Call) and parent.func is node):
            return False
        node = parent


def main(source: Path) -> int:
    """Print what was found; 1 when a page goes round."""
    import django

    django.setup()
    models = scoped_models()
    found = [
        (path, line, name) for path in pages(source) for line, name in rounds(path.read_text("utf-8"), models)
    ]
    for path, line, name in found:
        sys.stdout.write(f"{path}:{line}: {name} is queried without visible_to\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
