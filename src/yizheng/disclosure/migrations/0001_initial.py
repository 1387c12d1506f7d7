"""The public tables and the allowances. They have no row security: they hold public fields only."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

import yizheng.disclosure.models
from yizheng.registry.operations import Grants

NOT_LOGGED = "alter table disclosure_allowance set unlogged"
"""Allowances need not outlive a crash: out of the log, a lookup waits for no disk and leaves nothing in backups."""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PublicInstitution",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "register", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("register", models.CharField(max_length=20)),
                ("subject", models.BigIntegerField()),
                ("token", models.CharField(default=yizheng.disclosure.models.new_token, max_length=20, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("category", models.CharField(max_length=60)),
                ("district", models.CharField(max_length=40)),
                ("authority", models.CharField(max_length=100)),
                ("in_force", models.BooleanField()),
                ("valid_from", models.DateField()),
                ("name_key", models.CharField(default="", max_length=200)),
                ("number", models.CharField(default="", max_length=40)),
                ("state", models.CharField(default="", max_length=20)),
                ("state_detail", models.CharField(default="", max_length=40)),
                ("district_code", models.CharField(default="", max_length=6)),
                ("category_code", models.CharField(default="", max_length=12)),
                ("status", models.CharField(default="", max_length=20)),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "subject_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("stored_notes", models.JSONField(default=list)),
                ("stored_subjects", models.JSONField(default=list)),
                ("stored_penalties", models.JSONField(default=list)),
                ("penalised_until", models.DateField(null=True)),
                ("refreshed", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_key", "subject"], name="disclosure_institution_name"),
                    django.contrib.postgres.indexes.GinIndex(fields=["numbers"], name="disclosure_institution_number"),
                    models.Index(fields=["status"], name="disclosure_institution_status"),
                    models.Index(
                        condition=models.Q(("penalised_until__isnull", False)),
                        fields=["penalised_until"],
                        name="disclosure_penalised",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="OpenDataDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("rows", models.IntegerField()),
                ("csv", models.CharField(max_length=64)),
                ("jsonl", models.CharField(max_length=64)),
                ("changes", models.CharField(max_length=64)),
                ("changed", models.IntegerField()),
                ("manifest", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ("-day",)},
        ),
        migrations.CreateModel(
            name="PublicTally",
            fields=[
                ("register", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("in_force", models.BigIntegerField()),
                ("counted", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("filled", models.DateTimeField()),
                ("granted", models.BooleanField()),
            ],
            options={"indexes": [models.Index(fields=["filled"], name="disclosure_allowance_filled")]},
        ),
        migrations.CreateModel(
            name="PublicPractitioner",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "register", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("register", models.CharField(max_length=20)),
                ("subject", models.BigIntegerField()),
                ("token", models.CharField(default=yizheng.disclosure.models.new_token, max_length=20, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("name_key", models.CharField(max_length=100)),
                ("institution_keys", models.TextField()),
                ("practice_number", models.CharField(max_length=40)),
                (
                    "standing",
                    models.CharField(
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
                ("standing_since", models.DateField(null=True)),
                ("sex", models.CharField(max_length=4)),
                ("level", models.CharField(max_length=20)),
                ("category", models.CharField(max_length=30)),
                ("place", models.CharField(max_length=60)),
                ("authority", models.CharField(max_length=100)),
                ("first_registered", models.DateField()),
                ("registered_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_because", models.CharField(db_default="", max_length=20)),
                ("stored_scopes", models.JSONField(default=list)),
                ("stored_main", models.JSONField(null=True)),
                ("stored_others", models.JSONField(default=list)),
                ("stored_periods", models.JSONField(default=list)),
                ("stored_milestones", models.JSONField(default=list)),
                ("stored_notes", models.JSONField(default=list)),
                ("refreshed", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_key"], name="disclosure_by_name"),
                    models.Index(fields=["practice_number"], name="disclosure_by_number"),
                    models.Index(fields=["register", "registered_on"], name="disclosure_newly_registered"),
                    models.Index(fields=["register", "ended_on"], name="disclosure_newly_ended"),
                ]
            },
        ),
        Grants("disclosure_publicpractitioner", "select, insert, update, delete"),
        Grants("disclosure_publicinstitution", "select, insert, update, delete"),
        Grants("disclosure_opendataday", "select, insert"),
        Grants("disclosure_publictally", "select, insert, update, delete"),
        Grants("disclosure_allowance", "select, insert, update, delete"),
        migrations.RunSQL(NOT_LOGGED, "alter table disclosure_allowance set logged"),
    ]
