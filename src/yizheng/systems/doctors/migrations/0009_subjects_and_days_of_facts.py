"""That the person of a fact exists is asked once a statement; events take up their day alone."""

import django.db.models.deletion
from django.db import migrations, models

from yizheng.registry.operations import EventTable

FACTS = (
    "conductrecord",
    "education",
    "examresult",
    "institutionfiling",
    "leavefiling",
    "militaryrecord",
    "militarytransfer",
    "penaltyrecord",
    "periodicassessment",
    "personidentity",
    "professionaltitle",
    "qualification",
    "registration",
    "registrationbar",
    "shorttermpractice",
    "specialqualification",
    "teampermit",
    "trainingproof",
    "villageassessment",
    "villageregistration",
)
EVENTS = (
    "doctors_assessment",
    "doctors_conduct",
    "doctors_exam_result",
    "doctors_military",
    "doctors_military_record",
    "doctors_penalty",
    "doctors_training",
    "doctors_village_assessment",
)


def subject_of(model: str) -> migrations.AlterField:
    """The person of a fact, without a foreign key: the trigger of facts asks for her."""
    field = models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="registry.subject",
        verbose_name="主体",
    )
    return migrations.AlterField(model_name=model, name="subject", field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("doctors", "0008_military_records"),
        ("registry", "0006_events_are_apart_by_their_day"),
    ]

    operations = [*map(subject_of, FACTS), *map(EventTable, EVENTS)]
