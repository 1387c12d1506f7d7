"""Allowances need not outlive a crash: out of the log, a lookup waits for no disk and leaves nothing in backups."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_notes_and_expired_entries")]

    operations = [
        migrations.RunSQL(
            "alter table disclosure_allowance set unlogged", "alter table disclosure_allowance set logged"
        )
    ]
