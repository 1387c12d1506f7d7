"""Policies look a subject up in a hash table, so that an institution of many thousands waits no longer than a small one."""

from django.db import migrations

from yizheng.people.operations import SUBJECTS_HASHED


class Migration(migrations.Migration):
    dependencies = [("people", "0007_names_keyed_once")]

    operations = [migrations.RunSQL(SUBJECTS_HASHED, migrations.RunSQL.noop)]
