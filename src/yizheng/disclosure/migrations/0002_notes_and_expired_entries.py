from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0001_initial")]

    operations = [
        migrations.AddField(model_name="publicpractitioner", name="stored_notes", field=models.JSONField(default=list)),
        migrations.AlterField(
            model_name="publicpractitioner",
            name="standing",
            field=models.CharField(
                choices=[
                    ("REG", "REG"),
                    ("SUSP_PENAL", "SUSP_PENAL"),
                    ("SUSP_ASSESS", "SUSP_ASSESS"),
                    ("LEFT", "LEFT"),
                    ("DEREG", "DEREG"),
                    ("REVOKED", "REVOKED"),
                    ("ANNULLED", "ANNULLED"),
                    ("EXPIRED", "EXPIRED"),
                ],
                max_length=12,
            ),
        ),
    ]
