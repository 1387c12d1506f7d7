import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import EventTable, FactTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0007_digests_over_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
                "verbose_name": "离岗备案",
                "db_table": "doctors_leave",
            },
        ),
        migrations.CreateModel(
            name="MilitaryRecord",
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
                ("event", models.CharField(max_length=12, verbose_name="变动")),
                ("level", models.CharField(blank=True, max_length=1, verbose_name="级别")),
                ("category", models.CharField(blank=True, max_length=20, verbose_name="类别")),
                ("scope_text", models.CharField(blank=True, max_length=100, verbose_name="执业范围")),
                ("registered_from", models.DateField(null=True, verbose_name="军队注册开始")),
                ("registered_to", models.DateField(null=True, verbose_name="军队注册结束")),
                ("proof_number", models.CharField(max_length=60, verbose_name="证明文号")),
                ("unit_code", models.CharField(blank=True, max_length=20, verbose_name="单位代码")),
                ("unit_name", models.CharField(blank=True, max_length=100, verbose_name="单位可公开名称")),
                ("assessment", models.CharField(blank=True, max_length=40, verbose_name="考核结果")),
                ("sanctions", models.CharField(blank=True, max_length=200, verbose_name="处罚情况")),
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
                "verbose_name": "军队医师记录",
                "db_table": "doctors_military_record",
            },
        ),
        migrations.CreateModel(
            name="MilitaryTransfer",
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
                (
                    "direction",
                    models.CharField(
                        max_length=3,
                        verbose_name="方向",
                    ),
                ),
                ("organ", models.CharField(max_length=100, verbose_name="军队注册机关")),
                ("proof_number", models.CharField(blank=True, max_length=60, verbose_name="证明文号")),
                ("transferred_on", models.DateField(verbose_name="转业、复员、入伍日期")),
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
                "verbose_name": "军地转换",
                "db_table": "doctors_military",
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
                ("cycle_from", models.DateField(null=True, verbose_name="周期开始")),
                ("cycle_to", models.DateField(null=True, verbose_name="周期结束")),
                (
                    "procedure",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        verbose_name="考核程序",
                    ),
                ),
                ("assessing_body", models.CharField(blank=True, max_length=100, verbose_name="考核机构")),
                ("attended", models.BooleanField(default=True, verbose_name="参加考核")),
                ("again", models.BooleanField(default=False, verbose_name="再次考核")),
                (
                    "exempt_by",
                    models.CharField(blank=True, max_length=12, verbose_name="免予业务水平测评"),
                ),
                (
                    "score",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, null=True, verbose_name="业务水平测评成绩"
                    ),
                ),
                (
                    "performance",
                    models.CharField(
                        blank=True,
                        max_length=4,
                        verbose_name="工作业绩",
                    ),
                ),
                (
                    "ethics",
                    models.CharField(
                        blank=True,
                        max_length=4,
                        verbose_name="职业道德",
                    ),
                ),
                ("failing", models.CharField(blank=True, max_length=4, verbose_name="不合格情形")),
                ("received_on", models.DateField(null=True, verbose_name="结果送达日期")),
                ("review_result", models.CharField(blank=True, max_length=8, verbose_name="复核结果")),
                ("suspended_from", models.DateField(null=True, verbose_name="暂停开始")),
                ("suspended_to", models.DateField(null=True, verbose_name="暂停结束")),
                ("training_proof", models.CharField(blank=True, max_length=100, verbose_name="培训合格证明")),
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
                ("holder_sex", models.CharField(blank=True, max_length=1, verbose_name="证书性别")),
                ("holder_birth_date", models.DateField(null=True, verbose_name="证书出生日期")),
                ("holder_education", models.CharField(blank=True, max_length=2, verbose_name="证书学历")),
                ("holder_school", models.CharField(blank=True, max_length=100, verbose_name="证书毕业学校")),
                ("holder_major", models.CharField(blank=True, max_length=100, verbose_name="证书专业")),
                (
                    "assessed_scope",
                    models.CharField(blank=True, max_length=500, verbose_name="考核的技术方法和病证"),
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
                "verbose_name": "医师资格",
                "db_table": "doctors_qualification",
            },
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
                "verbose_name": "乡村医生考核",
                "db_table": "doctors_village_assessment",
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
                    "scope_text",
                    models.CharField(blank=True, max_length=500, verbose_name="执业范围（技术方法和病证）"),
                ),
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
                "verbose_name": "医师执业注册",
                "db_table": "doctors_registration",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "authority_scope", "subject"],
                        name="doctors_registration_house",
                    ),
                    models.Index(fields=["practice_number"], name="doctors_registration_number"),
                ],
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
        FactTable("doctors_qualification"),
        RowSecurity("doctors_qualification", subject_may_write=False),
        FactTable("doctors_registration"),
        RowSecurity("doctors_registration", subject_may_write=False),
        FactTable("doctors_filing"),
        RowSecurity("doctors_filing", subject_may_write=False),
        FactTable("doctors_assessment"),
        RowSecurity("doctors_assessment", subject_may_write=False),
        FactTable("doctors_leave"),
        RowSecurity("doctors_leave", subject_may_write=False),
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
        FactTable("doctors_military"),
        RowSecurity("doctors_military", subject_may_write=False),
        FactTable("doctors_military_record"),
        RowSecurity("doctors_military_record", subject_may_write=False),
        EventTable("doctors_assessment"),
        EventTable("doctors_military"),
        EventTable("doctors_military_record"),
        EventTable("doctors_village_assessment"),
    ]
