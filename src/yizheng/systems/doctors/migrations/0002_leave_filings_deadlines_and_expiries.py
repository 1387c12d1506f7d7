import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable, Grants


class Migration(migrations.Migration):
    dependencies = [
        ("doctors", "0001_initial"),
        ("registry", "0002_changes_that_follow_from_others"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expiry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("clock", models.CharField(max_length=20, verbose_name="期限")),
                ("ended_line", models.CharField(max_length=80, verbose_name="终止的登记项")),
                ("what", models.CharField(max_length=200, verbose_name="终止的内容")),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={
                "verbose_name": "到期终止",
                "db_table": "doctors_expiry",
            },
        ),
        migrations.CreateModel(
            name="LeaveFiling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("reason", models.CharField(max_length=4, verbose_name="离岗原因")),
                ("left_on", models.DateField(verbose_name="离岗日期")),
                ("completed_on", models.DateField(verbose_name="手续办结日期")),
                ("filed_on", models.DateField(verbose_name="备案日期")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="备案机构",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={
                "verbose_name": "离岗备案",
                "db_table": "doctors_leave",
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clock", models.CharField(max_length=20, verbose_name="期限")),
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
                "db_table": "doctors_deadline",
                "indexes": [
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["authority_scope", "clock", "fires_on", "id"],
                        name="doctors_deadline_coming",
                    ),
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["clock", "fires_on"],
                        name="doctors_deadline_due",
                    ),
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["institution_id", "fires_on"],
                        name="doctors_deadline_staff",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "clock", "line", "fires_on"), name="doctors_deadline_once"
                    )
                ],
            },
        ),
        FactTable("doctors_leave"),
        RowSecurity("doctors_leave", subject_may_write=False),
        FactTable("doctors_expiry"),
        RowSecurity("doctors_expiry", subject_may_write=False),
        Grants("doctors_deadline", "select, insert, update, delete"),
        RowSecurity("doctors_deadline", subject_may_write=False),
    ]
