"""References of the vault and of search keys are asked once a statement; numbers are indexed once, not twice."""

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import searched_scopes
from yizheng.registry.operations import SubjectsExist


class Migration(migrations.Migration):
    dependencies = [("people", "0005_whole_names_in_order"), ("registry", "0005_subjects_exist_by_the_statement")]

    operations = [
        migrations.AlterField(
            model_name="datakey",
            name="subject",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                primary_key=True,
                related_name="data_key",
                serialize=False,
                to="registry.subject",
            ),
        ),
        migrations.AlterField(
            model_name="vaultentry",
            name="subject",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vault_entries",
                to="registry.subject",
            ),
        ),
        migrations.AlterField(
            model_name="searchkey",
            name="subject",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="search_keys",
                to="registry.subject",
            ),
        ),
        migrations.AlterField(
            model_name="searchkey",
            name="scope",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.scope",
            ),
        ),
        migrations.RemoveIndex(model_name="vaultentry", name="people_vault_blind_index"),
        migrations.AddIndex(
            model_name="vaultentry",
            index=models.Index(
                condition=models.Q(("disputed", True), ("kind", "mobile"), _connector="OR"),
                fields=["blind_index", "kind"],
                name="people_vault_shared_index",
            ),
        ),
        SubjectsExist("people_datakey"),
        SubjectsExist("people_vaultentry"),
        SubjectsExist("people_searchkey"),
        migrations.RunSQL(*searched_scopes("people_searchkey")),
    ]
