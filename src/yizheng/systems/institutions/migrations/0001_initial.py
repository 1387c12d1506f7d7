import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="InstitutionLicence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("kind", models.CharField(max_length=20, verbose_name="登记备案类型")),
                ("name", models.CharField(max_length=200, verbose_name="机构名称")),
                ("registration_number", models.CharField(blank=True, max_length=22, verbose_name="登记号")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                ("category", models.CharField(max_length=12, verbose_name="机构类别")),
                ("level", models.CharField(default="9", max_length=1, verbose_name="级别")),
                ("grade", models.CharField(default="9", max_length=1, verbose_name="等次")),
                ("business_nature", models.CharField(max_length=1, verbose_name="经营性质")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None, verbose_name="诊疗科目"
                    ),
                ),
                ("district", models.CharField(max_length=6, verbose_name="所在区")),
                ("address", models.CharField(max_length=200, verbose_name="地址")),
                ("status", models.CharField(default="active", max_length=20, verbose_name="状态")),
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
            options={"verbose_name": "医疗机构许可", "db_table": "institutions_licence"},
        ),
        FactTable("institutions_licence"),
        RowSecurity("institutions_licence", subject_may_write=False),
    ]
