"""The files of the checkout that are ours: what was installed, built or measured here is left out."""

from collections.abc import Iterator
from pathlib import Path

from yizheng.cli.folders import CHECKOUT

FOLDERS = (".ci", "assets", "benchmarks", "docs", "src", "tests")
NOT_OURS = frozenset({"vendor", "__pycache__", "staticfiles"})


def checkout_files(*suffixes: str) -> Iterator[Path]:
    """Paths relative to the checkout, in order; all suffixes when none is named."""
    found = [path for path in CHECKOUT.iterdir() if path.is_file()]
    found += [path for folder in FOLDERS for path in (CHECKOUT / folder).rglob("*") if path.is_file()]
    for path in sorted(found):
        relative = path.relative_to(CHECKOUT)
        if NOT_OURS.isdisjoint(relative.parts) and (not suffixes or path.suffix in suffixes):
            yield relative
