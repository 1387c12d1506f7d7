import datetime as dt

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import EventTable, FactTable, Grants


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0007_digests_over_values"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConductRecord",
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
                ("of_register", models.CharField(default="doctor", max_length=16, verbose_name="登记簿")),
                (
                    "kind",
                    models.CharField(max_length=4, verbose_name="种类"),
                ),
                ("category", models.CharField(max_length=4, verbose_name="类型")),
                ("content", models.CharField(max_length=200, verbose_name="内容")),
                ("recorded_by", models.CharField(max_length=100, verbose_name="记录单位")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文书号")),
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
                "verbose_name": "行为记录",
                "db_table": "practitioners_conduct",
            },
        ),
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
                "verbose_name": "学历",
                "db_table": "practitioners_education",
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
                ("of_register", models.CharField(default="doctor", max_length=16, verbose_name="登记簿")),
                ("kind", models.CharField(max_length=20, verbose_name="处罚种类")),
                ("behaviour", models.CharField(max_length=200, verbose_name="违法行为")),
                ("article", models.CharField(max_length=120, verbose_name="处罚依据")),
                ("authority_name", models.CharField(max_length=100, verbose_name="决定机关")),
                ("document_number", models.CharField(max_length=60, verbose_name="决定书文号")),
                ("suspended_from", models.DateField(null=True, verbose_name="暂停开始")),
                ("suspended_to", models.DateField(null=True, verbose_name="暂停结束")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="罚款（元）"
                    ),
                ),
                (
                    "confiscated",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="没收违法所得（元）"
                    ),
                ),
                ("banned_from", models.DateField(null=True, verbose_name="禁止从业开始")),
                ("banned_to", models.DateField(null=True, verbose_name="禁止从业结束")),
                (
                    "review_state",
                    models.CharField(
                        blank=True,
                        default="none",
                        max_length=8,
                        verbose_name="复议诉讼",
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
                "verbose_name": "行政处罚",
                "db_table": "practitioners_penalty",
            },
        ),
        migrations.CreateModel(
            name="ProfessionalTitle",
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
                ("title", models.CharField(max_length=4, verbose_name="专业技术职务")),
                ("obtained_on", models.DateField(verbose_name="取得时间")),
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
                "verbose_name": "专业技术职务",
                "db_table": "practitioners_title",
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
                ("of_register", models.CharField(default="doctor", max_length=16, verbose_name="登记簿")),
                ("ground", models.CharField(max_length=4, verbose_name="情形")),
                ("until", models.DateField(null=True, verbose_name="载明的截止日")),
                ("authority_name", models.CharField(blank=True, max_length=100, verbose_name="认定机关")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文书号")),
                (
                    "licence",
                    models.CharField(blank=True, max_length=12, verbose_name="所涉许可"),
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
                "verbose_name": "不予注册情形",
                "db_table": "practitioners_bar",
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
                ("of_register", models.CharField(default="doctor", max_length=16, verbose_name="登记簿")),
                ("kind", models.CharField(max_length=12, verbose_name="种类")),
                ("institution_name", models.CharField(max_length=200, verbose_name="机构")),
                ("started_on", models.DateField(verbose_name="开始日期")),
                ("passed", models.BooleanField(verbose_name="考核合格")),
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
                "verbose_name": "培训考核",
                "db_table": "practitioners_training",
            },
        ),
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
                ("of_register", models.CharField(default="doctor", max_length=16, verbose_name="登记簿")),
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
                "verbose_name": "医师资格考试成绩",
                "db_table": "practitioners_exam_result",
                "indexes": [
                    models.Index(fields=["exam_year", "exam_category"], name="practitioners_exam_round")
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
                "verbose_name": "人员身份",
                "db_table": "practitioners_identity",
                "indexes": [models.Index(fields=["name"], name="practitioners_identity_name")],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=20, verbose_name="登记簿")),
                ("watcher_scope", models.IntegerField(verbose_name="关注的机构或机关")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="备注")),
                ("told", models.CharField(blank=True, max_length=200, verbose_name="已告知的状态")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="加入时间")),
                ("changed_at", models.DateTimeField(null=True, verbose_name="最近变化")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "关注",
                "db_table": "practitioners_watch",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "watcher_scope", "subject"), name="practitioners_watch_once"
                    )
                ],
            },
        ),
        FactTable("practitioners_identity"),
        RowSecurity("practitioners_identity", subject_may_write=False),
        FactTable("practitioners_education"),
        RowSecurity("practitioners_education", subject_may_write=False),
        FactTable("practitioners_bar"),
        RowSecurity("practitioners_bar", subject_may_write=False),
        FactTable("practitioners_penalty"),
        RowSecurity("practitioners_penalty", subject_may_write=False),
        FactTable("practitioners_training"),
        RowSecurity("practitioners_training", subject_may_write=False),
        FactTable("practitioners_conduct"),
        RowSecurity("practitioners_conduct", subject_may_write=False),
        FactTable("practitioners_title"),
        RowSecurity("practitioners_title", subject_may_write=False),
        FactTable("practitioners_exam_result"),
        RowSecurity("practitioners_exam_result"),
        Grants("practitioners_watch", "select, insert, update, delete"),
        RowSecurity("practitioners_watch", "watcher_scope", subject_column=None, opened_by_access=False),
        EventTable("practitioners_conduct"),
        EventTable("practitioners_exam_result"),
        EventTable("practitioners_penalty"),
        EventTable("practitioners_training"),
    ]
