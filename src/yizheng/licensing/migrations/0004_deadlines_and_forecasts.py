import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import EventTable, FactTable, Grants


class Migration(migrations.Migration):
    dependencies = [
        ("licensing", "0003_batches_dossiers_views"),
        ("registry", "0007_digests_over_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Expiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("clock", models.CharField(max_length=40, verbose_name="期限")),
                ("ended_line", models.CharField(max_length=80, verbose_name="终止的登记项")),
                ("what", models.CharField(max_length=200, verbose_name="终止的内容")),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={"verbose_name": "到期终止", "db_table": "licensing_expiry"},
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=20, verbose_name="登记簿")),
                ("on", models.DateField(verbose_name="推演日")),
                ("rule", models.CharField(blank=True, max_length=60, verbose_name="规则参数")),
                ("value", models.IntegerField(null=True, verbose_name="拟定的值")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("checked", models.IntegerField(default=0, verbose_name="核对的注册")),
                ("by_authority", models.JSONField(default=dict, verbose_name="按机关")),
                ("by_check", models.JSONField(default=dict, verbose_name="按规则")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={"verbose_name": "规则推演", "db_table": "licensing_forecast"},
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clock", models.CharField(max_length=40, verbose_name="期限")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("fires_on", models.DateField(verbose_name="到期日")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("institution_id", models.BigIntegerField(null=True, verbose_name="机构")),
                ("about", models.CharField(blank=True, max_length=40, verbose_name="内容代码")),
                ("cause", models.BigIntegerField(verbose_name="引起它的登记变更")),
                ("warned_on", models.DateField(null=True, verbose_name="提醒日期")),
                ("fired_on", models.DateField(null=True, verbose_name="处理日期")),
                ("outcome", models.CharField(blank=True, max_length=100, verbose_name="处理结果")),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限",
                "db_table": "licensing_deadline",
                "indexes": [
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["authority_scope", "clock", "fires_on", "id"],
                        name="licensing_deadline_coming",
                    ),
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["clock", "fires_on"],
                        name="licensing_deadline_due",
                    ),
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["institution_id", "fires_on"],
                        name="licensing_deadline_staff",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "clock", "line", "fires_on"), name="licensing_deadline_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ForecastFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("level", models.CharField(max_length=40, verbose_name="级别")),
                ("check_code", models.CharField(max_length=20, verbose_name="规则")),
                ("sentence", models.CharField(max_length=200, verbose_name="原因")),
                ("article", models.CharField(max_length=120, verbose_name="依据")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="licensing.forecast",
                        verbose_name="推演",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "推演中不再符合的注册",
                "db_table": "licensing_forecast_failure",
                "indexes": [
                    models.Index(fields=["forecast", "authority_scope", "id"], name="forecast_failure_by_office")
                ],
            },
        ),
        FactTable("licensing_expiry"),
        RowSecurity("licensing_expiry", subject_may_write=False),
        EventTable("licensing_expiry"),
        Grants("licensing_deadline", "select, insert, update, delete"),
        RowSecurity("licensing_deadline", subject_may_write=False),
        Grants("licensing_forecast", "select, insert, update"),
        Grants("licensing_forecast_failure", "select, insert, delete"),
        RowSecurity("licensing_forecast_failure", subject_column=None, opened_by_access=False),
    ]
