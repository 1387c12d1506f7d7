"""Finds the page that goes round ``visible_to``: a query of a scoped model in a page without asking who looks.

Pages are the files that the configuration of addresses leads to (see ``pages``). In them, ``Model.objects`` of a scoped
model must lead to ``visible_to`` in the same chain of calls; what makes rows (``create``, ``bulk_create``) is
no query. Run as ``python -m yizheng.people.rights.lint SRC``; a page may not argue with it.
"""

import ast
import inspect
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_MAKES = frozenset({"create", "bulk_create", "none", "model"})


def scoped_models() -> dict[str, set[str]]:
    """The names of all models whose default manager offers ``visible_to``, with their rooms; needs Django to be set up."""
    from django.apps import apps

    found: dict[str, set[str]] = {}
    for room in apps.get_app_configs():
        for model in room.get_models():
            if hasattr(getattr(model, "objects", None), "visible_to"):
                found.setdefault(model.__name__, set()).add(room.name)
    return found


def pages(source: Path) -> list[Path]:
    """The files in which people are answered: those that an address leads to, and all that lie beside them.

    Read from the configuration of addresses: the module of every view and every module that a module of addresses imports,
    each with its folder, unless the folder is a room.
    """
    modules = {_name(path, source): path for path in source.rglob("*.py")}
    reached = _answering() & modules.keys()
    folders = {name if modules[name].name == "__init__.py" else name.rpartition(".")[0] for name in reached}
    beside = {name for name in modules if name.rpartition(".")[0] in folders - _rooms()}
    return sorted(modules[name] for name in reached | beside)


def _rooms() -> set[str]:
    from django.apps import apps

    return {config.name for config in apps.get_app_configs()} | {"yizheng", "yizheng.site", "yizheng.systems"}


def _answering() -> set[str]:
    """The modules of all views, and those that the modules of addresses import."""
    from django.urls import URLPattern, get_resolver

    found: set[str] = set()
    waiting: list[Any] = [get_resolver()]
    while waiting:
        each = waiting.pop()
        if isinstance(each, URLPattern):
            view = inspect.unwrap(each.callback)
            found.add(inspect.unwrap(getattr(view, "view_class", view)).__module__)
            continue
        waiting.extend(each.url_patterns)
        if inspect.ismodule(each.urlconf_module):
            found |= _imported(Path(str(each.urlconf_module.__file__)))
    return found


def _imported(path: Path) -> set[str]:
    """The modules a file imports, whether it names the module or something in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
    return found


def _name(path: Path, source: Path) -> str:
    parts = path.relative_to(source.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def rounds(text: str, models: Mapping[str, Iterable[str]]) -> list[tuple[int, str]]:
    """Line and model of every query that does not ask who looks; a model of the same name from another room is none of these."""
    tree = ast.parse(text)
    names = models.keys() - _of_other_rooms(tree, models)
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


def _of_other_rooms(tree: ast.AST, models: Mapping[str, Iterable[str]]) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    return {
        each.name
        for node in imports
        for each in node.names
        if each.name in models and not any(str(node.module).startswith(room) for room in models[each.name])
    }


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
    found = [(path, line, name) for path in pages(source) for line, name in rounds(path.read_text("utf-8"), models)]
    for path, line, name in found:
        sys.stdout.write(f"{path}:{line}: {name} is queried without visible_to\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
