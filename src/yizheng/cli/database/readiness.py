"""Whether the database is up to the code: known from files and one query, so that an ordinary start need not ask Django."""

import psycopg

from yizheng.cli import stamps
from yizheng.cli.folders import CHECKOUT, CODE, Folders

_SHAPING = (
    "*/migrations/*.py", "*/*/migrations/*.py", "**/operations*.py", "*/sql/*.sql", "people/data/*",
    "cli/database/prepare.py", "cli/database/roles.py",
)  # fmt: skip
_APPLIED = "select app || '.' || name from django_migrations order by 1"


def shape() -> str:
    """A digest of all that shapes the tables and the rows every database has."""
    files = {path for pattern in _SHAPING for path in CODE.glob(pattern) if path.is_file()}
    return stamps.digest_of_contents([*files, CHECKOUT / "requirements.lock"])


def state(owner: str) -> str:
    """The program's shape together with what the database says was applied to it."""
    try:
        with psycopg.connect(owner) as found:
            applied = [name for (name,) in found.execute(_APPLIED).fetchall()]
    except psycopg.errors.UndefinedTable:
        applied = []
    return f"{shape()}\n" + "\n".join(applied)


def pending(folders: Folders, owner: str) -> bool:
    """Whether the program or the database changed since `note` was called, or the vault's key is not there."""
    kept = (folders.secrets / "vault.key").exists()
    return not kept or not stamps.done(folders.run / "prepared", state(owner))


def note(folders: Folders, owner: str) -> None:
    """Remember that the database is up to the code."""
    stamps.remember(folders.run / "prepared", state(owner))
