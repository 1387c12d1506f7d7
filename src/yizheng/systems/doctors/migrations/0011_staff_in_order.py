"""Doctors of an institution stand by scope and person, so that a search reads the first of them and no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("doctors", "0010_studies_of_qualifications")]

    operations = [
        migrations.RemoveIndex(model_name="registration", name="doctors_registration_staff"),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("closed", None)),
                fields=["institution", "authority_scope", "subject"],
                name="doctors_registration_house",
            ),
        ),
    ]
