"""Whether a subject exists is asked once a statement, where a foreign key asks and locks once a row."""

from django.db import migrations

from yizheng.registry.operations import NamedSQL


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_opened_versions_are_looked_for_between_bounds")]

    operations = [NamedSQL("references")]
