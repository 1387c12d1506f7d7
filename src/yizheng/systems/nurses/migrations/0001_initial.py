import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import EventTable, FactTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="NurseExamResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("exam_year", models.PositiveSmallIntegerField(verbose_name="考试年度")),
                ("exam_region", models.CharField(max_length=2, verbose_name="考区")),
                ("admission_no", models.CharField(blank=True, max_length=20, verbose_name="准考证号")),
                ("school", models.CharField(blank=True, max_length=100, verbose_name="毕业学校")),
                ("major", models.CharField(blank=True, max_length=100, verbose_name="所学专业")),
                ("full_time", models.BooleanField(null=True, verbose_name="普通全日制")),
                ("internship_months", models.PositiveSmallIntegerField(null=True, verbose_name="临床实习")),
                ("score_practice", models.PositiveSmallIntegerField(null=True, verbose_name="专业实务")),
                ("score_ability", models.PositiveSmallIntegerField(null=True, verbose_name="实践能力")),
                ("passed", models.BooleanField(verbose_name="结果")),
                ("pass_certificate", models.CharField(blank=True, max_length=30, verbose_name="成绩合格证明编号")),
                ("passed_on", models.DateField(null=True, verbose_name="成绩合格证明日期")),
                ("violation", models.BooleanField(default=False, verbose_name="违纪违规")),
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
            options={"verbose_name": "护士执业资格考试成绩", "db_table": "nurses_exam_result"},
        ),
        migrations.CreateModel(
            name="NurseRegistration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("number", models.CharField(max_length=12, verbose_name="护士执业证书编号")),
                ("department", models.CharField(blank=True, max_length=50, verbose_name="科室")),
                ("work_kind", models.CharField(blank=True, max_length=20, verbose_name="工作类别")),
                ("registered_on", models.DateField(verbose_name="首次注册日期")),
                ("term_from", models.DateField(verbose_name="注册有效期起")),
                ("term_to", models.DateField(verbose_name="注册有效期至")),
                ("status", models.CharField(default="REG", max_length=12, verbose_name="注册状态")),
                ("reason", models.CharField(blank=True, max_length=4, verbose_name="状态原因")),
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
                "verbose_name": "护士执业注册",
                "db_table": "nurses_registration",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "authority_scope", "subject"],
                        name="nurses_registration_staff",
                    ),
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["number"], name="nurses_registration_number"
                    ),
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["term_to"], name="nurses_registration_last_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NurseMilitaryRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("event", models.CharField(max_length=12, verbose_name="变动")),
                ("registered_from", models.DateField(null=True, verbose_name="军队注册开始")),
                ("registered_to", models.DateField(null=True, verbose_name="军队注册结束")),
                ("proof_number", models.CharField(max_length=60, verbose_name="证明文号")),
                ("unit_code", models.CharField(blank=True, max_length=20, verbose_name="单位代码")),
                ("unit_name", models.CharField(blank=True, max_length=100, verbose_name="单位可公开名称")),
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
            options={"verbose_name": "军队护士记录", "db_table": "nurses_military_record"},
        ),
        migrations.CreateModel(
            name="NurseTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("direction", models.CharField(max_length=3, verbose_name="方向")),
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
            options={"verbose_name": "护士军地转换", "db_table": "nurses_military"},
        ),
        migrations.CreateModel(
            name="NurseFiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
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
                "verbose_name": "护士多机构备案",
                "db_table": "nurses_filing",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["institution"], name="nurses_filing_staff"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NurseSpecialQualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("type", models.CharField(max_length=20, verbose_name="专项类型")),
                ("certificate_number", models.CharField(blank=True, max_length=50, verbose_name="证书编号")),
                ("granted_by", models.CharField(max_length=100, verbose_name="认定机构")),
                ("granted_on", models.DateField(verbose_name="认定日期")),
                ("valid_until", models.DateField(null=True, verbose_name="有效期至")),
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
                "verbose_name": "护士专项资格",
                "db_table": "nurses_special_qualification",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)),
                        fields=["institution", "type"],
                        name="nurses_special_staff",
                    ),
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["type", "status"], name="nurses_special_type"
                    ),
                ],
            },
        ),
        FactTable("nurses_registration"),
        RowSecurity("nurses_registration", subject_may_write=False),
        FactTable("nurses_exam_result"),
        RowSecurity("nurses_exam_result", subject_may_write=False),
        EventTable("nurses_exam_result"),
        FactTable("nurses_filing"),
        RowSecurity("nurses_filing", subject_may_write=False),
        FactTable("nurses_special_qualification"),
        RowSecurity("nurses_special_qualification", subject_may_write=False),
        FactTable("nurses_military"),
        RowSecurity("nurses_military", subject_may_write=False),
        EventTable("nurses_military"),
        FactTable("nurses_military_record"),
        RowSecurity("nurses_military_record", subject_may_write=False),
        EventTable("nurses_military_record"),
    ]
