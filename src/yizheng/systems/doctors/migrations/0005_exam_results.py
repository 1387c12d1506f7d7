import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable


class Migration(migrations.Migration):
    dependencies = [
        ("doctors", "0004_conduct_titles_and_military"),
        ("registry", "0003_subjects_guarded_by_the_statement"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExamResult",
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
                ("exam_year", models.PositiveSmallIntegerField(verbose_name="考试年度")),
                ("exam_region", models.CharField(max_length=2, verbose_name="考区")),
                ("exam_site", models.CharField(blank=True, max_length=4, verbose_name="考点")),
                (
                    "admission_no_skill",
                    models.CharField(blank=True, max_length=20, verbose_name="技能准考证号"),
                ),
                (
                    "admission_no_written",
                    models.CharField(blank=True, max_length=13, verbose_name="笔试准考证号"),
                ),
                ("exam_category", models.CharField(max_length=3, verbose_name="报考类别")),
                ("name_as_examined", models.CharField(max_length=100, verbose_name="考试时姓名")),
                ("education_level", models.CharField(blank=True, max_length=2, verbose_name="学历")),
                ("degree", models.CharField(blank=True, max_length=3, verbose_name="学位")),
                ("school", models.CharField(blank=True, max_length=100, verbose_name="毕业学校")),
                ("major", models.CharField(blank=True, max_length=100, verbose_name="所学专业")),
                ("graduation_date", models.DateField(null=True, verbose_name="毕业日期")),
                ("diploma_no", models.CharField(blank=True, max_length=40, verbose_name="毕业证书编号")),
                ("trial_unit", models.CharField(blank=True, max_length=100, verbose_name="试用机构")),
                ("trial_from", models.DateField(null=True, verbose_name="试用开始日期")),
                ("trial_to", models.DateField(null=True, verbose_name="试用结束日期")),
                (
                    "assistant_practice_no",
                    models.CharField(blank=True, max_length=15, verbose_name="助理医师执业证书编码"),
                ),
                ("assistant_register_date", models.DateField(null=True, verbose_name="助理医师注册日期")),
                (
                    "skill_score",
                    models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="技能成绩"),
                ),
                ("skill_passed", models.BooleanField(null=True, verbose_name="技能合格")),
                ("skill_valid_to", models.DateField(null=True, verbose_name="技能成绩有效期至")),
                (
                    "unit1_score",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="第一单元"),
                ),
                (
                    "unit2_score",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="第二单元"),
                ),
                (
                    "unit3_score",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="第三单元"),
                ),
                (
                    "unit4_score",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="第四单元"),
                ),
                (
                    "total_score",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="总分"),
                ),
                (
                    "pass_line",
                    models.DecimalField(decimal_places=1, max_digits=5, null=True, verbose_name="合格线"),
                ),
                ("passed", models.BooleanField(verbose_name="合格")),
                ("discipline", models.CharField(blank=True, max_length=12, verbose_name="违纪处理")),
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
                "verbose_name": "医师资格考试成绩",
                "db_table": "doctors_exam_result",
                "indexes": [
                    models.Index(fields=["exam_year", "exam_category"], name="doctors_exam_result_round")
                ],
            },
        ),
        FactTable("doctors_exam_result"),
        RowSecurity("doctors_exam_result"),
    ]
