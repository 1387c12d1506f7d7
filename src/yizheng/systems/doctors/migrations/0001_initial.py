import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Education",
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
                ("level", models.CharField(max_length=2, verbose_name="学历")),
                ("degree", models.CharField(blank=True, max_length=3, verbose_name="学位")),
                ("school", models.CharField(max_length=100, verbose_name="毕业院校")),
                ("major", models.CharField(max_length=100, verbose_name="所学专业")),
                (
                    "learning_form",
                    models.CharField(default="full_time", max_length=12, verbose_name="学习形式"),
                ),
                ("graduated_on", models.DateField(verbose_name="毕业时间")),
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
                "verbose_name": "学历",
                "db_table": "doctors_education",
            },
        ),
        migrations.CreateModel(
            name="PenaltyRecord",
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
                ("kind", models.CharField(max_length=20, verbose_name="处罚种类")),
                ("behaviour", models.CharField(max_length=200, verbose_name="违法行为")),
                ("article", models.CharField(max_length=120, verbose_name="处罚依据")),
                ("authority_name", models.CharField(max_length=100, verbose_name="决定机关")),
                ("document_number", models.CharField(max_length=60, verbose_name="决定书文号")),
                ("suspended_from", models.DateField(null=True, verbose_name="暂停开始")),
                ("suspended_to", models.DateField(null=True, verbose_name="暂停结束")),
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
                "verbose_name": "行政处罚",
                "db_table": "doctors_penalty",
            },
        ),
        migrations.CreateModel(
            name="PeriodicAssessment",
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
                "verbose_name": "定期考核",
                "db_table": "doctors_assessment",
            },
        ),
        migrations.CreateModel(
            name="Qualification",
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
                ("level", models.CharField(max_length=1, verbose_name="级别")),
                ("category", models.CharField(max_length=20, verbose_name="类别")),
                ("qualified_on", models.DateField(verbose_name="签发日期")),
                ("issuer", models.CharField(max_length=100, verbose_name="发证机关")),
                ("way", models.CharField(default="exam", max_length=20, verbose_name="取得方式")),
                ("holder_name", models.CharField(max_length=100, verbose_name="证书姓名")),
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
                "verbose_name": "医师资格",
                "db_table": "doctors_qualification",
            },
        ),
        migrations.CreateModel(
            name="RegistrationBar",
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
                ("ground", models.CharField(max_length=4, verbose_name="情形")),
                ("until", models.DateField(null=True, verbose_name="载明的截止日")),
                ("authority_name", models.CharField(blank=True, max_length=100, verbose_name="认定机关")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文书号")),
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
                "verbose_name": "不予注册情形",
                "db_table": "doctors_bar",
            },
        ),
        migrations.CreateModel(
            name="TrainingProof",
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
                ("kind", models.CharField(max_length=12, verbose_name="种类")),
                ("institution_name", models.CharField(max_length=200, verbose_name="机构")),
                ("started_on", models.DateField(verbose_name="开始日期")),
                ("passed", models.BooleanField(verbose_name="考核合格")),
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
                "verbose_name": "培训考核",
                "db_table": "doctors_training",
            },
        ),
        migrations.CreateModel(
            name="InstitutionFiling",
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
                ("level", models.CharField(max_length=1, verbose_name="执业级别")),
                ("department", models.CharField(blank=True, max_length=50, verbose_name="科室")),
                ("schedule", models.CharField(blank=True, max_length=200, verbose_name="执业时间安排")),
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
                "verbose_name": "多机构备案",
                "db_table": "doctors_filing",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution"],
                        name="doctors_filing_staff",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonIdentity",
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
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("sex", models.CharField(max_length=1, verbose_name="性别")),
                ("birth_date", models.DateField(verbose_name="出生日期")),
                ("ethnic_group", models.CharField(blank=True, max_length=2, verbose_name="民族")),
                ("nationality", models.CharField(default="156", max_length=3, verbose_name="国籍")),
                ("photo", models.CharField(blank=True, max_length=64, verbose_name="照片摘要")),
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
                "verbose_name": "人员身份",
                "db_table": "doctors_identity",
                "indexes": [models.Index(fields=["name"], name="doctors_identity_name")],
            },
        ),
        migrations.CreateModel(
            name="Registration",
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
                ("practice_number", models.CharField(max_length=15, verbose_name="医师执业证书编码")),
                ("level", models.CharField(max_length=1, verbose_name="执业级别")),
                ("category", models.CharField(max_length=20, verbose_name="执业类别")),
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
                ("place", models.CharField(blank=True, max_length=6, verbose_name="执业地点")),
                ("department", models.CharField(blank=True, max_length=50, verbose_name="科室")),
                ("employment", models.CharField(blank=True, max_length=20, verbose_name="用工形式")),
                ("status", models.CharField(default="REG", max_length=12, verbose_name="注册状态")),
                ("reason", models.CharField(blank=True, max_length=4, verbose_name="状态原因")),
                ("issued_on", models.DateField(verbose_name="发证日期")),
                ("first_practised_on", models.DateField(verbose_name="首次执业日期")),
                ("is_primary", models.BooleanField(default=True, verbose_name="主执业地点")),
                ("remark", models.CharField(blank=True, max_length=100, verbose_name="备注")),
                (
                    "institution",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="主要执业机构",
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
                "verbose_name": "医师执业注册",
                "db_table": "doctors_registration",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "status"],
                        name="doctors_registration_staff",
                    ),
                    models.Index(fields=["practice_number"], name="doctors_registration_number"),
                ],
            },
        ),
        FactTable("doctors_identity"),
        RowSecurity("doctors_identity", subject_may_write=False),
        FactTable("doctors_qualification"),
        RowSecurity("doctors_qualification", subject_may_write=False),
        FactTable("doctors_education"),
        RowSecurity("doctors_education", subject_may_write=False),
        FactTable("doctors_registration"),
        RowSecurity("doctors_registration", subject_may_write=False),
        FactTable("doctors_filing"),
        RowSecurity("doctors_filing", subject_may_write=False),
        FactTable("doctors_bar"),
        RowSecurity("doctors_bar", subject_may_write=False),
        FactTable("doctors_penalty"),
        RowSecurity("doctors_penalty", subject_may_write=False),
        FactTable("doctors_training"),
        RowSecurity("doctors_training", subject_may_write=False),
        FactTable("doctors_assessment"),
        RowSecurity("doctors_assessment", subject_may_write=False),
    ]
