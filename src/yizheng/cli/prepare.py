"""Bring the database up to the code, as the owner: migrate, grant, load the code tables.

Run as a process of its own (`python -m yizheng.cli.prepare`), so that no serving process ever holds the owner's rights.
"""

import os
import sys


def prepare() -> None:
    """Migrate, grant other packages' tables, load the jurisdictions and other code rows; repeatable."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from yizheng.cli.roles import grant_third_party

    call_command("migrate", interactive=False, verbosity=0)
    connection.ensure_connection()
    grant_third_party(connection.connection)


if __name__ == "__main__":
    os.environ["YIZHENG_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.site.settings")
    prepare()
    sys.exit(0)
