from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_one_time_passwords_and_settled_claims"),
        ("registry", "0003_subjects_guarded_by_the_statement"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="vaultentry", name="people_vault_one_of_a_kind"),
        migrations.AddField(
            model_name="vaultentry", name="former", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddConstraint(
            model_name="vaultentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("former", False), models.Q(("kind__in", ["qualification_number"]), _negated=True)),
                fields=("subject", "kind"),
                name="people_vault_one_of_a_kind",
            ),
        ),
    ]
