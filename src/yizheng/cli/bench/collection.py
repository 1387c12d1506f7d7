"""The questions of the checkout: every file of `benchmarks/`, loaded once Django is ready."""

from importlib import import_module

from yizheng.cli.bench.questions import DECLARED, Question
from yizheng.cli.folders import CHECKOUT
from yizheng.cli.trouble import Trouble

PLACE = CHECKOUT / "benchmarks"


def collect() -> dict[str, Question]:
    """All questions by name, in the order of their files."""
    for path in sorted(PLACE.glob("*.py")):
        if path.stem != "__init__":
            import_module(f"benchmarks.{path.stem}")
    return DECLARED


def chosen(names: list[str]) -> list[Question]:
    """The questions asked for, all when none is named; a file's name stands for all of its questions."""
    known = collect()
    if not names:
        return list(known.values())
    found: dict[str, Question] = {}
    for name in names:
        matching = [
            each for each in known.values() if each.name == name or each.answer.__module__ == f"benchmarks.{name}"
        ]
        if not matching:
            raise Trouble(f"没有“{name}”这个问题；./yizheng bench --list 列出全部")
        found |= {each.name: each for each in matching}
    return list(found.values())
