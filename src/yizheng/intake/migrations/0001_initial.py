"""Batches of files taken in, what was found in them, and the staging of their rows."""

from importlib.resources import files

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity, SeenWith
from yizheng.registry.operations import Grants


def staging(name: str) -> str:
    """The text of one SQL file of this room."""
    return (files("yizheng.intake") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("format", models.CharField(max_length=60, verbose_name="格式")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("kind", models.CharField(blank=True, max_length=8, verbose_name="文件种类")),
                ("authority_scope", models.IntegerField(verbose_name="接收机关")),
                ("received", models.DateTimeField(auto_now_add=True, verbose_name="收到时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "待核对"),
                            ("checked", "待确认"),
                            ("proposed", "待批准"),
                            ("approved", "待写入"),
                            ("loaded", "已入册"),
                            ("nothing", "无变化"),
                            ("refused", "不能接收"),
                            ("discarded", "已作废"),
                            ("undone", "已回退"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("job", models.BigIntegerField(null=True, verbose_name="后台任务")),
                ("message", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("mapping", models.JSONField(default=dict, verbose_name="列对应")),
                ("unplaced", models.JSONField(default=list, verbose_name="未用的列")),
                ("remarks", models.JSONField(default=list, verbose_name="对文件的说明")),
                ("rows", models.IntegerField(default=0, verbose_name="行数")),
                ("accepted", models.IntegerField(default=0, verbose_name="可接收")),
                ("rejected", models.IntegerField(default=0, verbose_name="不接收")),
                ("errors", models.JSONField(default=dict, verbose_name="按种类计")),
                ("difference", models.JSONField(default=dict, verbose_name="差异")),
                ("checked_at", models.BigIntegerField(null=True, verbose_name="核对时的序位")),
                ("change", models.BigIntegerField(null=True, verbose_name="变更")),
                ("loaded", models.DateTimeField(null=True, verbose_name="入册时间")),
                ("undone_by", models.BigIntegerField(null=True, verbose_name="回退的变更")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-id",)},
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.IntegerField(verbose_name="行")),
                ("code", models.CharField(max_length=40, verbose_name="种类")),
                ("severity", models.CharField(max_length=12, verbose_name="性质")),
                ("column", models.CharField(blank=True, max_length=60, verbose_name="列")),
                ("message", models.CharField(max_length=300, verbose_name="说明")),
                ("given", models.CharField(blank=True, max_length=200, verbose_name="文件所载")),
                ("known", models.CharField(blank=True, max_length=200, verbose_name="登记所载")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="intake.batch",
                    ),
                ),
            ],
            options={"ordering": ("row", "id")},
        ),
        migrations.CreateModel(
            name="KeptHeading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("format", models.CharField(max_length=60)),
                ("authority_scope", models.IntegerField()),
                ("heading", models.CharField(max_length=100)),
                ("column", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("format", "authority_scope", "heading"), name="intake_heading_kept_once"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="SealedNumbers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_row", models.IntegerField()),
                ("last_row", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sealed_numbers", to="intake.batch"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="batch", index=models.Index(fields=["authority_scope", "-id"], name="intake_batch_of_authority")
        ),
        migrations.AddIndex(
            model_name="batch", index=models.Index(fields=["digest", "format"], name="intake_batch_same_file")
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(
                condition=models.Q(("change__isnull", False)), fields=["change"], name="intake_batch_change"
            ),
        ),
        migrations.AddIndex(
            model_name="finding", index=models.Index(fields=["batch", "row"], name="intake_finding_of_row")
        ),
        migrations.AddIndex(
            model_name="finding", index=models.Index(fields=["batch", "code", "row"], name="intake_finding_of_code")
        ),
        migrations.RunSQL(staging("staging"), staging("staging_reverse")),
        Grants("intake_batch", "select, insert, update"),
        Grants("intake_finding", "select, insert, delete"),
        Grants("intake_keptheading", "select, insert, update"),
        Grants("intake_sealednumbers", "select, insert, delete"),
        RowSecurity("intake_batch", subject_column=None),
        SeenWith("intake_finding", "batch_id", "intake_batch", few_parents=True),
        SeenWith("intake_sealednumbers", "batch_id", "intake_batch", few_parents=True),
    ]
