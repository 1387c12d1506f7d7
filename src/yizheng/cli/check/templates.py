"""Compile every template of ours, so that a wrong tag is found before a person opens the page."""

import sys

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from yizheng.cli.folders import CODE


def main() -> int:
    """0 when all compile; the wrong ones are named."""
    django.setup()
    names = sorted(
        str(path.relative_to(folder))
        for folder in CODE.glob("**/templates")
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in (".html", ".txt")
    )
    wrong = [problem for name in names if (problem := _problem(name))]
    print("\n".join([*wrong, f"{len(names)} templates"]))
    return 1 if wrong else 0


def _problem(name: str) -> str | None:
    try:
        get_template(name)
    except TemplateSyntaxError as problem:
        return f"{name}: {problem}"
    return None


if __name__ == "__main__":
    sys.exit(main())
