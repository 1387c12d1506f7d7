"""One-time passwords, and who settled an identity claim."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.registry.operations import Grants


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="OneTimePassword",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="one_time_password",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("purpose", models.CharField(choices=[("first", "首次登录"), ("reset", "重置")], max_length=8)),
                ("digest", models.BinaryField(max_length=32)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="identityclaim",
            name="former_subject",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
            ),
        ),
        migrations.AddField(
            model_name="identityclaim",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="理由"),
        ),
        migrations.AddField(model_name="identityclaim", name="settled_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="identityclaim",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="identityclaim",
            name="state",
            field=models.CharField(
                choices=[
                    ("new", "新主体"),
                    ("matched", "与登记一致"),
                    ("disputed", "待核实"),
                    ("accepted", "核实后并入登记"),
                    ("rejected", "核实后未予认可"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="identityclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None), ("state__in", ["new", "matched", "disputed"])),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("state__in", ["accepted", "rejected"]),
                    ),
                    _connector="OR",
                ),
                name="people_identity_claim_settled_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="onetimepassword",
            name="issued_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimepassword",
            constraint=models.CheckConstraint(
                condition=models.Q(("issued_by", models.F("account")), _negated=True),
                name="people_one_time_password_from_another",
            ),
        ),
        Grants("people_onetimepassword", "select, insert, update, delete"),
    ]
