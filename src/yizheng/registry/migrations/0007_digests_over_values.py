"""New seals are made over the values of rows instead of their text, which costs less than half."""

from django.db import migrations, models

from yizheng.registry.operations import NamedSQL


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_events_are_apart_by_their_day")]

    operations = [
        migrations.AddField(
            model_name="digestschema",
            name="encoding",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="编码"),
        ),
        NamedSQL("digests"),
    ]
