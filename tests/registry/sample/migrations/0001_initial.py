from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from yizheng.registry.operations import EventTable, FactTable
from yizheng.registry.periods import FOREVER

LEDGER: list[tuple[str, Any]] = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("line", models.CharField(max_length=80, verbose_name="登记项")),
    ("valid_from", models.DateField(verbose_name="生效日期")),
    ("valid_to", models.DateField(default=FOREVER, verbose_name="失效日期")),
    ("opened", models.BigIntegerField(verbose_name="写入的变更")),
    ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
    ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
    (
        "subject",
        models.ForeignKey(
            "registry.subject",
            django.db.models.deletion.PROTECT,
            db_index=False,
            db_constraint=False,
            related_name="+",
            verbose_name="主体",
        ),
    ),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Post",
            fields=[
                *LEDGER,
                ("title", models.CharField(max_length=40, verbose_name="职务")),
                ("grade", models.PositiveSmallIntegerField(default=0, verbose_name="级别")),
                (
                    "place",
                    models.ForeignKey(
                        "registry.subject",
                        django.db.models.deletion.PROTECT,
                        null=True,
                        related_name="+",
                        verbose_name="地点",
                    ),
                ),
            ],
            options={"verbose_name": "任职", "abstract": False},
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[*LEDGER, ("result", models.CharField(max_length=20, verbose_name="结果"))],
            options={"verbose_name": "考核", "abstract": False},
        ),
        FactTable("sample_post"),
        FactTable("sample_assessment"),
        EventTable("sample_assessment"),
    ]
