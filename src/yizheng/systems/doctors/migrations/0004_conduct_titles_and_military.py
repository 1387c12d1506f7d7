import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import FactTable


class Migration(migrations.Migration):
    dependencies = [
        ("doctors", "0003_special_and_short_term"),
        ("registry", "0003_subjects_guarded_by_the_statement"),
    ]

    operations = [
        migrations.AddField(
            model_name="penaltyrecord",
            name="amount",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="罚款（元）"),
        ),
        migrations.AddField(
            model_name="penaltyrecord",
            name="banned_from",
            field=models.DateField(null=True, verbose_name="禁止从业开始"),
        ),
        migrations.AddField(
            model_name="penaltyrecord",
            name="banned_to",
            field=models.DateField(null=True, verbose_name="禁止从业结束"),
        ),
        migrations.AddField(
            model_name="penaltyrecord",
            name="confiscated",
            field=models.DecimalField(
                decimal_places=2, max_digits=12, null=True, verbose_name="没收违法所得（元）"
            ),
        ),
        migrations.AddField(
            model_name="penaltyrecord",
            name="review_state",
            field=models.CharField(
                blank=True,
                default="none",
                max_length=8,
                verbose_name="复议诉讼",
            ),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="again",
            field=models.BooleanField(default=False, verbose_name="再次考核"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="assessing_body",
            field=models.CharField(blank=True, max_length=100, verbose_name="考核机构"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="attended",
            field=models.BooleanField(default=True, verbose_name="参加考核"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="cycle_from",
            field=models.DateField(null=True, verbose_name="周期开始"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="cycle_to",
            field=models.DateField(null=True, verbose_name="周期结束"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="ethics",
            field=models.CharField(
                blank=True,
                max_length=4,
                verbose_name="职业道德",
            ),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="failing",
            field=models.CharField(blank=True, max_length=4, verbose_name="不合格情形"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="performance",
            field=models.CharField(
                blank=True,
                max_length=4,
                verbose_name="工作业绩",
            ),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="procedure",
            field=models.CharField(
                blank=True,
                max_length=8,
                verbose_name="考核程序",
            ),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="received_on",
            field=models.DateField(null=True, verbose_name="结果送达日期"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="review_result",
            field=models.CharField(blank=True, max_length=8, verbose_name="复核结果"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="score",
            field=models.DecimalField(
                decimal_places=1, max_digits=4, null=True, verbose_name="业务水平测评成绩"
            ),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="suspended_from",
            field=models.DateField(null=True, verbose_name="暂停开始"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="suspended_to",
            field=models.DateField(null=True, verbose_name="暂停结束"),
        ),
        migrations.AddField(
            model_name="periodicassessment",
            name="training_proof",
            field=models.CharField(blank=True, max_length=100, verbose_name="培训合格证明"),
        ),
        migrations.AddField(
            model_name="qualification",
            name="holder_birth_date",
            field=models.DateField(null=True, verbose_name="证书出生日期"),
        ),
        migrations.AddField(
            model_name="qualification",
            name="holder_sex",
            field=models.CharField(blank=True, max_length=1, verbose_name="证书性别"),
        ),
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
                "db_table": "doctors_conduct",
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
                "db_table": "doctors_title",
            },
        ),
        FactTable("doctors_conduct"),
        RowSecurity("doctors_conduct", subject_may_write=False),
        FactTable("doctors_military"),
        RowSecurity("doctors_military", subject_may_write=False),
        FactTable("doctors_title"),
        RowSecurity("doctors_title", subject_may_write=False),
    ]
