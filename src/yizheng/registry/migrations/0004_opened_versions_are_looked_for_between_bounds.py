"""A load of new people no longer reads the whole table to see that nobody is in their way."""

from django.db import migrations

from yizheng.registry.operations import NamedSQL


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_subjects_guarded_by_the_statement")]

    operations = [NamedSQL("bounds")]
