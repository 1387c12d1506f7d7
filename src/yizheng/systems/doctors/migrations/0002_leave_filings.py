import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable


class Migration(migrations.Migration):
    dependencies = [
        ("doctors", "0001_initial"),
        ("registry", "0002_changes_that_follow_from_others"),
    ]

    operations = [
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
        FactTable("doctors_leave"),
        RowSecurity("doctors_leave", subject_may_write=False),
    ]
