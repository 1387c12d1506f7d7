"""That a version's subject exists is asked once a statement; events of a line are kept apart by their day alone."""

import django.db.models.deletion
from django.db import migrations, models

from yizheng.registry.operations import NamedSQL


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_subjects_exist_by_the_statement")]

    operations = [
        NamedSQL("events"),
        migrations.AlterField(
            model_name="sameas",
            name="subject",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.subject",
                verbose_name="主体",
            ),
        ),
    ]
