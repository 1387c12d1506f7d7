import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable


class Migration(migrations.Migration):
    dependencies = [
        ("doctors", "0002_leave_filings"),
    ]

    operations = [
        migrations.AddField(
            model_name="qualification",
            name="assessed_scope",
            field=models.CharField(blank=True, max_length=500, verbose_name="考核的技术方法和病证"),
        ),
        migrations.AddField(
            model_name="registration",
            name="scope_text",
            field=models.CharField(blank=True, max_length=500, verbose_name="执业范围（技术方法和病证）"),
        ),
        migrations.CreateModel(
            name="TeamPermit",
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
                ("certificate_number", models.CharField(max_length=40, verbose_name="许可编号")),
                ("team_name", models.CharField(max_length=200, verbose_name="团体名称")),
                ("country", models.CharField(max_length=60, verbose_name="来自国家（地区）")),
                ("leader", models.CharField(max_length=100, verbose_name="负责人")),
                ("purpose", models.CharField(max_length=500, verbose_name="目的和诊疗项目")),
                ("members", models.PositiveSmallIntegerField(verbose_name="成员人数")),
                ("agreement_from", models.DateField(verbose_name="协议开始")),
                ("agreement_to", models.DateField(verbose_name="协议结束")),
                ("issued_on", models.DateField(verbose_name="发证日期")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                ("status", models.CharField(default="VALID", max_length=10, verbose_name="状态")),
                ("reason", models.CharField(blank=True, max_length=4, verbose_name="状态原因")),
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
                "verbose_name": "外国医疗团体短期行医许可",
                "db_table": "doctors_team_permit",
            },
        ),
        migrations.CreateModel(
            name="VillageAssessment",
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
                ("cycle", models.CharField(max_length=20, verbose_name="考核周期")),
                ("repeated", models.BooleanField(default=False, verbose_name="再次考核")),
                ("passed", models.BooleanField(verbose_name="合格")),
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
                "verbose_name": "乡村医生考核",
                "db_table": "doctors_village_assessment",
            },
        ),
        migrations.CreateModel(
            name="ShortTermPractice",
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
                ("origin", models.CharField(max_length=8, verbose_name="来源地")),
                ("certificate_number", models.CharField(max_length=40, verbose_name="证书编号")),
                ("category", models.CharField(blank=True, max_length=20, verbose_name="执业类别")),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="执业范围",
                    ),
                ),
                ("specialty", models.CharField(blank=True, max_length=200, verbose_name="专业及诊疗项目")),
                ("department", models.CharField(blank=True, max_length=50, verbose_name="科室")),
                ("contract_from", models.DateField(verbose_name="协议开始")),
                ("contract_to", models.DateField(verbose_name="协议结束")),
                (
                    "home_licence_authority",
                    models.CharField(blank=True, max_length=100, verbose_name="行医执照发照机构"),
                ),
                ("home_licence_until", models.DateField(null=True, verbose_name="行医执照有效期至")),
                ("issued_on", models.DateField(verbose_name="发证日期")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                ("team", models.CharField(blank=True, max_length=40, verbose_name="所属团体许可")),
                ("status", models.CharField(default="VALID", max_length=10, verbose_name="状态")),
                ("reason", models.CharField(blank=True, max_length=4, verbose_name="状态原因")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="聘用机构",
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
                "verbose_name": "短期行医",
                "db_table": "doctors_short_term",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "status"],
                        name="doctors_short_term_staff",
                    ),
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["valid_until"],
                        name="doctors_short_term_last_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialQualification",
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
                ("type", models.CharField(max_length=20, verbose_name="专项类型")),
                ("detail", models.CharField(blank=True, max_length=20, verbose_name="专业、器官或项目")),
                ("certificate_number", models.CharField(blank=True, max_length=50, verbose_name="证书编号")),
                ("granted_by", models.CharField(max_length=100, verbose_name="认定机构")),
                ("granted_on", models.DateField(verbose_name="认定日期")),
                ("valid_until", models.DateField(null=True, verbose_name="有效期至")),
                ("last_work_on", models.DateField(null=True, verbose_name="最近一次开展日期")),
                ("retraining_due", models.DateField(null=True, verbose_name="应复训日期")),
                ("noted", models.BooleanField(default=False, verbose_name="执业证书加注")),
                ("status", models.CharField(default="VALID", max_length=10, verbose_name="状态")),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="状态原因")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="执业机构",
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
                "verbose_name": "专项资格",
                "db_table": "doctors_special_qualification",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "type"],
                        name="doctors_special_staff",
                    ),
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["type", "status"],
                        name="doctors_special_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageRegistration",
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
                ("certificate_number", models.CharField(max_length=40, verbose_name="乡村医生执业证书编号")),
                ("services", models.CharField(blank=True, max_length=300, verbose_name="服务内容")),
                ("drug_list", models.CharField(blank=True, max_length=50, verbose_name="基本用药目录版本")),
                ("first_registered_on", models.DateField(verbose_name="首次注册日期")),
                ("issued_on", models.DateField(verbose_name="发证日期")),
                ("valid_until", models.DateField(verbose_name="有效期至")),
                ("status", models.CharField(default="VALID", max_length=10, verbose_name="状态")),
                ("reason", models.CharField(blank=True, max_length=4, verbose_name="状态原因")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="村医疗卫生机构",
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
                "verbose_name": "乡村医生执业注册",
                "db_table": "doctors_village",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "status"],
                        name="doctors_village_staff",
                    ),
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["valid_until"],
                        name="doctors_village_last_day",
                    ),
                ],
            },
        ),
        FactTable("doctors_short_term"),
        RowSecurity("doctors_short_term", subject_may_write=False),
        FactTable("doctors_team_permit"),
        RowSecurity("doctors_team_permit", subject_may_write=False),
        FactTable("doctors_special_qualification"),
        RowSecurity("doctors_special_qualification", subject_may_write=False),
        FactTable("doctors_village"),
        RowSecurity("doctors_village", subject_may_write=False),
        FactTable("doctors_village_assessment"),
        RowSecurity("doctors_village_assessment", subject_may_write=False),
    ]
