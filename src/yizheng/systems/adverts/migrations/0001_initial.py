import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yizheng.disclosure.models
from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable, Grants


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdvertBan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("ground", models.CharField(max_length=16, verbose_name="事由")),
                ("document_number", models.CharField(blank=True, max_length=100, verbose_name="文书号")),
                ("last_day_barred", models.DateField(verbose_name="截止日")),
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
            options={"verbose_name": "不受理医疗广告申请", "db_table": "adverts_ban"},
        ),
        migrations.CreateModel(
            name="AdvertSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("title", models.CharField(max_length=100, verbose_name="样件名称")),
                ("medium", models.CharField(max_length=1, verbose_name="媒体类别")),
                ("words", models.CharField(max_length=4000, verbose_name="文字内容")),
                ("duration", models.PositiveSmallIntegerField(null=True, verbose_name="时长")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="网址或者位置")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("file_type", models.CharField(blank=True, max_length=40, verbose_name="文件类型")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="文件摘要")),
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
            options={"verbose_name": "医疗广告成品样件", "db_table": "adverts_sample"},
        ),
        migrations.CreateModel(
            name="PublicAdvert",
            fields=[
                ("subject", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token", models.CharField(default=yizheng.disclosure.models.new_token, max_length=20, unique=True)),
                ("number", models.CharField(max_length=40, unique=True)),
                ("institution", models.CharField(max_length=200)),
                ("institution_subject", models.BigIntegerField()),
                ("organ", models.CharField(max_length=100)),
                ("media", models.CharField(max_length=100)),
                ("district", models.CharField(max_length=40)),
                ("term_from", models.DateField()),
                ("term_to", models.DateField()),
                ("status", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("content", models.JSONField(default=list)),
                ("samples", models.JSONField(default=list)),
                ("refreshed", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["-term_from", "-subject"], name="adverts_public_newest")]},
        ),
        migrations.CreateModel(
            name="AdvertApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("number", models.CharField(max_length=40, verbose_name="审查证明文号")),
                ("first_name", models.CharField(max_length=200, verbose_name="医疗机构第一名称")),
                ("organ", models.CharField(max_length=8, verbose_name="审查机关")),
                (
                    "media",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1), size=None, verbose_name="发布媒体类别"
                    ),
                ),
                ("address", models.CharField(max_length=200, verbose_name="医疗机构地址")),
                ("ownership", models.CharField(blank=True, max_length=1, verbose_name="所有制形式")),
                ("category", models.CharField(max_length=12, verbose_name="医疗机构类别")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None, verbose_name="诊疗科目"
                    ),
                ),
                ("beds", models.PositiveSmallIntegerField(default=0, verbose_name="床位数")),
                ("hours", models.CharField(max_length=200, verbose_name="接诊时间")),
                ("telephone", models.CharField(max_length=100, verbose_name="联系电话")),
                ("term_from", models.DateField(verbose_name="有效期自")),
                ("term_to", models.DateField(verbose_name="有效期至")),
                ("status", models.CharField(default="valid", max_length=12, verbose_name="状态")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="状态说明")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="医疗机构",
                    ),
                ),
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
            options={
                "verbose_name": "医疗广告审查证明",
                "db_table": "adverts_approval",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["institution"], name="adverts_of_institution"
                    ),
                    models.Index(condition=models.Q(("closed", None)), fields=["term_to"], name="adverts_term"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed", None)),
                        fields=("number", "valid_from"),
                        name="adverts_number_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleText",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="文件摘要")),
                ("words", models.TextField(blank=True, verbose_name="文字")),
                ("recognised", models.BooleanField(verbose_name="机器识别")),
                ("read_at", models.DateTimeField(auto_now_add=True, verbose_name="读取时间")),
            ],
            options={"verbose_name": "样件文字", "db_table": "adverts_sampletext"},
        ),
        migrations.CreateModel(
            name="ScreeningException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=8, verbose_name="规则")),
                ("phrase", models.CharField(max_length=100, verbose_name="词句")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请人",
                    ),
                ),
            ],
            options={
                "verbose_name": "初筛例外",
                "ordering": ("-valid_from", "-id"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to", dt.date(9999, 12, 31))),
                        fields=("rule", "phrase"),
                        name="adverts_exception_once",
                    )
                ],
            },
        ),
        FactTable("adverts_approval"),
        RowSecurity("adverts_approval", subject_may_write=False),
        FactTable("adverts_sample"),
        RowSecurity("adverts_sample", subject_may_write=False),
        FactTable("adverts_ban"),
        RowSecurity("adverts_ban", subject_may_write=False),
        Grants("adverts_screeningexception", "select, insert, update"),
        Grants("adverts_sampletext", "select, insert"),
        Grants("adverts_publicadvert", "select, insert, update, delete"),
    ]
