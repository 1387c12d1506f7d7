"""The days that are announced and the category of an ending, kept beside the entry and in order for the lists of a month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0003_allowances_are_not_logged")]

    operations = [
        migrations.RemoveIndex("publicpractitioner", "disclosure_newly_registered"),
        migrations.RemoveIndex("publicpractitioner", "disclosure_newly_ended"),
        migrations.AddField("publicpractitioner", "registered_on", models.DateField(null=True)),
        migrations.AddField("publicpractitioner", "ended_on", models.DateField(null=True)),
        migrations.AddField("publicpractitioner", "ended_because", models.CharField(db_default="", max_length=20)),
        migrations.AddIndex(
            "publicpractitioner", models.Index(fields=["register", "registered_on"], name="disclosure_newly_registered")
        ),
        migrations.AddIndex(
            "publicpractitioner", models.Index(fields=["register", "ended_on"], name="disclosure_newly_ended")
        ),
    ]
