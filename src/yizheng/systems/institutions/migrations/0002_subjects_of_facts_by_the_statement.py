"""That the institution of a licence exists is asked once a statement, by the trigger of facts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("institutions", "0001_initial"), ("registry", "0006_events_are_apart_by_their_day")]

    operations = [
        migrations.AlterField(
            model_name="institutionlicence",
            name="subject",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.subject",
                verbose_name="主体",
            ),
        )
    ]
