"""Fill an empty database with the demonstration city, as the serving role (`python -m yizheng.cli.running.populate`)."""

import sys
from pathlib import Path

import django

from yizheng.cli.folders import Folders


def accounts_file(folders: Folders) -> Path:
    """Where the demonstration's accounts stand, for `up` to show; there is none without a demonstration."""
    return folders.root / "demo-accounts.txt"


def populate(folders: Folders) -> None:
    """Build the city unless the database holds other accounts already, and write down how to get in."""
    from yizheng.demo import accounts, build, notes
    from yizheng.people.models import Account

    names = [name for name, _, _ in accounts()]
    if Account.objects.exists() and not Account.objects.filter(username__in=names).exists():
        return
    build(lambda step: print(f"  演示城市：{step}", flush=True))
    lines = [f"    {name}  {role}：{what}" for name, role, what in accounts()]
    accounts_file(folders).write_text("\n".join([*lines, *(f"    {note}" for note in notes())]), "utf-8")


if __name__ == "__main__":
    django.setup()
    populate(Folders.chosen(None))
    sys.exit(0)
