"""A qualification says the studies its certificate prints, as the data of the examination give them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("doctors", "0009_subjects_and_days_of_facts")]

    operations = [
        migrations.AddField(
            model_name="qualification",
            name="holder_education",
            field=models.CharField(blank=True, max_length=2, verbose_name="证书学历"),
        ),
        migrations.AddField(
            model_name="qualification",
            name="holder_school",
            field=models.CharField(blank=True, max_length=100, verbose_name="证书毕业学校"),
        ),
        migrations.AddField(
            model_name="qualification",
            name="holder_major",
            field=models.CharField(blank=True, max_length=100, verbose_name="证书专业"),
        ),
    ]
