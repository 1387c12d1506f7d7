"""Cases and what belongs to them, batches and dossiers, deadlines and forecasts, with who may see and change which rows."""

import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity, SeenWith
from yizheng.registry.operations import AppendOnly, EventTable, FactTable, Grants, NoRemoval


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_initial"),
        ("registry", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30, verbose_name="办理")),
                ("reason", models.TextField(blank=True, verbose_name="意见")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="提交")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办",
                    ),
                ),
            ],
            options={"verbose_name": "批量办理"},
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.SmallIntegerField(verbose_name="年份")),
                (
                    "days_off",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), size=None, verbose_name="放假日"
                    ),
                ),
                (
                    "working_weekends",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), size=None, verbose_name="调休上班日"
                    ),
                ),
                ("notice", models.CharField(max_length=120, verbose_name="通知文号")),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "loaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="办件号")),
                ("item_code", models.CharField(max_length=60, verbose_name="事项")),
                ("rules_on", models.DateField(help_text="按这一天有效的事项版本办理", verbose_name="适用规则日")),
                (
                    "shape",
                    models.CharField(
                        choices=[("licence", "licence"), ("filing", "filing"), ("authority_act", "authority_act")],
                        max_length=20,
                    ),
                ),
                ("applicant_name", models.CharField(max_length=100, verbose_name="申请人")),
                (
                    "applicant_scope",
                    models.IntegerField(
                        help_text="机构为其人员申办时，该机构；本人申请的为空", null=True, verbose_name="申请机构"
                    ),
                ),
                ("institution_scope", models.IntegerField(null=True, verbose_name="机构")),
                ("institution_name", models.CharField(blank=True, max_length=200, verbose_name="机构名称")),
                ("authority_scope", models.IntegerField(null=True, verbose_name="受理机关")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("confirming", "待机构确认"),
                            ("received", "待受理"),
                            ("correcting", "待补正"),
                            ("corrected", "补正已回"),
                            ("reviewing", "审核中"),
                            ("in_procedure", "专家评审中"),
                            ("deciding", "待决定"),
                            ("granted", "准予"),
                            ("concluded", "已作出结论"),
                            ("delivered", "已送达"),
                            ("refused", "不予许可"),
                            ("declined", "不予受理"),
                            ("withdrawn", "已撤回"),
                            ("terminated", "已终止"),
                            ("checking", "待核查"),
                            ("filed", "已备案"),
                            ("unfiled", "备案不成立"),
                            ("proposed", "拟办"),
                            ("noticed", "已告知"),
                            ("hearing", "听证中"),
                            ("enacted", "已作出决定"),
                            ("dropped", "不予处理"),
                            ("rolled_back", "已回退"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="环节",
                    ),
                ),
                ("revision", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("answers", models.JSONField(default=dict, verbose_name="申请内容")),
                ("sealed_answers", models.TextField(blank=True, verbose_name="加密的申请内容")),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[("grant", "拟准予"), ("refuse", "拟不予")],
                        max_length=10,
                        verbose_name="审核意见",
                    ),
                ),
                ("blocks", models.SmallIntegerField(default=0, verbose_name="阻断数")),
                ("advice", models.SmallIntegerField(default=0, verbose_name="未处置提示数")),
                ("due_on", models.DateField(null=True, verbose_name="到期日")),
                (
                    "urgent_on",
                    models.DateField(
                        help_text="申请晚于规定期限，届满前未决定即失去效力的", null=True, verbose_name="须在此前决定"
                    ),
                ),
                ("clock_runs", models.BooleanField(default=False, verbose_name="时钟在走")),
                ("clock_total", models.SmallIntegerField(default=0, verbose_name="时限工作日")),
                ("clock_stopped", models.CharField(blank=True, max_length=200, verbose_name="停计原因")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="办理结果")),
                ("change_id", models.BigIntegerField(null=True, verbose_name="登记变更")),
                ("certificate_id", models.BigIntegerField(null=True, verbose_name="证照")),
                (
                    "applicant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_applied",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请账号",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_handled",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.subject", verbose_name="申请人主体"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("finding", models.CharField(max_length=40)),
                ("message", models.CharField(max_length=300)),
                ("accepted", models.BooleanField(verbose_name="采信")),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="licensing.case"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="批号")),
                ("item_code", models.CharField(max_length=60, verbose_name="事项")),
                ("rules_on", models.DateField(verbose_name="适用规则日")),
                ("institution_scope", models.IntegerField(verbose_name="申请机构")),
                ("institution_name", models.CharField(max_length=200, verbose_name="机构名称")),
                ("authority_scope", models.IntegerField(null=True, verbose_name="受理机关")),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("handed_in_at", models.DateTimeField(null=True)),
                (
                    "institution_subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "批量办件"},
        ),
        migrations.AddField(
            model_name="case",
            name="dossier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="licensing.dossier"
            ),
        ),
        migrations.CreateModel(
            name="DossierRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.IntegerField(verbose_name="行号")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="姓名")),
                ("sealed", models.TextField(verbose_name="加密的原行")),
                ("problem", models.TextField(blank=True, verbose_name="不合格原因")),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="licensing.case"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="licensing.dossier"
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="licensing.dossierrow",
                        verbose_name="改正的行",
                    ),
                ),
            ],
            options={"ordering": ["line", "id"]},
        ),
        migrations.CreateModel(
            name="Expiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("clock", models.CharField(max_length=40, verbose_name="期限")),
                ("ended_line", models.CharField(max_length=80, verbose_name="终止的登记项")),
                ("what", models.CharField(max_length=200, verbose_name="终止的内容")),
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
            options={"verbose_name": "到期终止", "db_table": "licensing_expiry"},
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=20, verbose_name="登记簿")),
                ("on", models.DateField(verbose_name="推演日")),
                ("rule", models.CharField(blank=True, max_length=60, verbose_name="规则参数")),
                ("value", models.IntegerField(null=True, verbose_name="拟定的值")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="提出时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("checked", models.IntegerField(default=0, verbose_name="核对的注册")),
                ("by_authority", models.JSONField(default=dict, verbose_name="按机关")),
                ("by_check", models.JSONField(default=dict, verbose_name="按规则")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={"verbose_name": "规则推演", "db_table": "licensing_forecast"},
        ),
        migrations.CreateModel(
            name="ForecastFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("level", models.CharField(max_length=40, verbose_name="级别")),
                ("check_code", models.CharField(max_length=20, verbose_name="规则")),
                ("sentence", models.CharField(max_length=200, verbose_name="原因")),
                ("article", models.CharField(max_length=120, verbose_name="依据")),
                (
                    "forecast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="licensing.forecast",
                        verbose_name="推演",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
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
            options={"verbose_name": "推演中不再符合的注册", "db_table": "licensing_forecast_failure"},
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("material", models.CharField(max_length=40)),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="不合格原因")),
                ("handed_in_at", models.DateTimeField(auto_now_add=True)),
                ("replaced", models.BooleanField(default=False)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.attachment"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="licensing.case"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item_code", models.CharField(max_length=60, verbose_name="事项")),
                ("authority_scope", models.IntegerField(verbose_name="机关")),
                ("days", models.PositiveSmallIntegerField(verbose_name="承诺工作日")),
                ("valid_from", models.DateField(verbose_name="自")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item_code", "authority_scope", "valid_from"), name="one_promise_a_day"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("consequence", models.CharField(max_length=60)),
                ("register", models.CharField(blank=True, max_length=20)),
                ("authority_scope", models.IntegerField()),
                ("title", models.CharField(max_length=200)),
                ("article", models.CharField(max_length=120)),
                ("cause", models.BigIntegerField(help_text="引起它的登记变更")),
                ("due_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=200)),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuleValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, verbose_name="参数")),
                ("value", models.IntegerField(verbose_name="值")),
                ("valid_from", models.DateField(verbose_name="自")),
                ("article", models.CharField(max_length=120, verbose_name="依据")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20, verbose_name="名称")),
                ("query", models.CharField(max_length=300)),
                ("opens", models.BooleanField(default=False, verbose_name="打开待办时用")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.IntegerField(help_text="选入时办件的版次")),
                ("done", models.BooleanField(null=True, verbose_name="已办")),
                ("problem", models.CharField(blank=True, max_length=300, verbose_name="未办原因")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="licensing.batch"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="licensing.case"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("batch", "case"), name="one_row_a_case_in_a_batch")],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("on", models.DateField(help_text="北京日期，时限按它计算")),
                ("actor_name", models.CharField(max_length=100)),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "草稿"),
                            ("confirming", "待机构确认"),
                            ("received", "待受理"),
                            ("correcting", "待补正"),
                            ("corrected", "补正已回"),
                            ("reviewing", "审核中"),
                            ("in_procedure", "专家评审中"),
                            ("deciding", "待决定"),
                            ("granted", "准予"),
                            ("concluded", "已作出结论"),
                            ("delivered", "已送达"),
                            ("refused", "不予许可"),
                            ("declined", "不予受理"),
                            ("withdrawn", "已撤回"),
                            ("terminated", "已终止"),
                            ("checking", "待核查"),
                            ("filed", "已备案"),
                            ("unfiled", "备案不成立"),
                            ("proposed", "拟办"),
                            ("noticed", "已告知"),
                            ("hearing", "听证中"),
                            ("enacted", "已作出决定"),
                            ("dropped", "不予处理"),
                            ("rolled_back", "已回退"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("confirming", "待机构确认"),
                            ("received", "待受理"),
                            ("correcting", "待补正"),
                            ("corrected", "补正已回"),
                            ("reviewing", "审核中"),
                            ("in_procedure", "专家评审中"),
                            ("deciding", "待决定"),
                            ("granted", "准予"),
                            ("concluded", "已作出结论"),
                            ("delivered", "已送达"),
                            ("refused", "不予许可"),
                            ("declined", "不予受理"),
                            ("withdrawn", "已撤回"),
                            ("terminated", "已终止"),
                            ("checking", "待核查"),
                            ("filed", "已备案"),
                            ("unfiled", "备案不成立"),
                            ("proposed", "拟办"),
                            ("noticed", "已告知"),
                            ("hearing", "听证中"),
                            ("enacted", "已作出决定"),
                            ("dropped", "不予处理"),
                            ("rolled_back", "已回退"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("detail", models.JSONField(default=dict)),
                ("authority_scope", models.IntegerField(null=True)),
                ("institution_scope", models.IntegerField(null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="licensing.case"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
                    ),
                ),
            ],
            options={"ordering": ["id"], "indexes": [models.Index(fields=["case", "id"], name="case_event_order")]},
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clock", models.CharField(max_length=40, verbose_name="期限")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("fires_on", models.DateField(verbose_name="到期日")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("institution_id", models.BigIntegerField(null=True, verbose_name="机构")),
                ("about", models.CharField(blank=True, max_length=40, verbose_name="内容代码")),
                ("cause", models.BigIntegerField(verbose_name="引起它的登记变更")),
                ("warned_on", models.DateField(null=True, verbose_name="提醒日期")),
                ("fired_on", models.DateField(null=True, verbose_name="处理日期")),
                ("outcome", models.CharField(blank=True, max_length=100, verbose_name="处理结果")),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限",
                "db_table": "licensing_deadline",
                "indexes": [
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["authority_scope", "clock", "fires_on", "id"],
                        name="licensing_deadline_coming",
                    ),
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["clock", "fires_on"],
                        name="licensing_deadline_due",
                    ),
                    models.Index(
                        condition=models.Q(("fired_on", None)),
                        fields=["institution_id", "fires_on"],
                        name="licensing_deadline_staff",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "clock", "line", "fires_on"), name="licensing_deadline_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="dossier", index=models.Index(fields=["institution_scope", "-id"], name="dossier_institution")
        ),
        migrations.AddIndex(
            model_name="case", index=models.Index(fields=["authority_scope", "due_on", "id"], name="case_authority_due")
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["institution_scope", "state", "id"], name="case_institution_state"),
        ),
        migrations.AddIndex(model_name="case", index=models.Index(fields=["subject", "-id"], name="case_subject")),
        migrations.AddIndex(
            model_name="forecastfailure",
            index=models.Index(fields=["forecast", "authority_scope", "id"], name="forecast_failure_by_office"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced", False)), fields=("case", "material"), name="one_current_paper"
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["authority_scope", "settled_at", "id"], name="proposal_open"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("consequence", "subject", "cause"), name="one_proposal_a_cause"),
        ),
        migrations.AddConstraint(
            model_name="rulevalue",
            constraint=models.UniqueConstraint(fields=("code", "valid_from"), name="one_rule_value_a_day"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("account", "name"), name="one_view_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("opens", True)), fields=("account",), name="one_opening_view"
            ),
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=20, verbose_name="登记簿")),
                ("subject_name", models.CharField(max_length=200, verbose_name="主体名称")),
                ("authority_scope", models.IntegerField(verbose_name="机关")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("self", "登记机关自查"),
                            ("holder", "本单位、本人反映"),
                            ("public", "公众异议"),
                            ("exchange", "对账不一致"),
                            ("supervision", "监督核查"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                ("found_by", models.CharField(max_length=100, verbose_name="发现人")),
                ("words", models.CharField(max_length=1000, verbose_name="问题")),
                ("sealed_contact", models.TextField(blank=True, verbose_name="联系方式（加密）")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核实"),
                            ("done", "已办结"),
                            ("dismissed", "不予处理"),
                            ("undone", "已回退"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        blank=True,
                        choices=[("correct", "更正"), ("merge", "合并重复主体"), ("split", "拆分误并主体")],
                        max_length=10,
                        verbose_name="处理方式",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("typing", "录入错误"),
                            ("missing", "历史缺失"),
                            ("duplicate", "重复"),
                            ("dictionary", "字典变化"),
                            ("coding", "编码错误"),
                            ("status", "状态错误"),
                        ],
                        max_length=12,
                        verbose_name="原因",
                    ),
                ),
                ("effect", models.JSONField(default=dict, verbose_name="处理内容")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="发现时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("change_id", models.BigIntegerField(null=True, verbose_name="登记变更")),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={"verbose_name": "问题数据"},
        ),
        migrations.CreateModel(
            name="ProblemEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=40, verbose_name="经过")),
                ("words", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.attachment",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="licensing.problem"
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["authority_scope", "state", "id"], name="licensing_problem_waiting"),
        ),
        migrations.AddIndex(
            model_name="problem", index=models.Index(fields=["subject", "-id"], name="licensing_problem_subject")
        ),
        AppendOnly("licensing_caseevent"),
        AppendOnly("licensing_problemevent"),
        AppendOnly("licensing_disposal"),
        AppendOnly("licensing_calendaryear"),
        AppendOnly("licensing_promise"),
        AppendOnly("licensing_rulevalue"),
        Grants("licensing_case", "select, insert, update"),
        NoRemoval("licensing_case"),
        Grants("licensing_paper", "select, insert, update (replaced)"),
        NoRemoval("licensing_paper"),
        Grants("licensing_proposal", "select, insert, update (settled_at, settled_by_id, outcome)"),
        NoRemoval("licensing_proposal"),
        RowSecurity("licensing_case", ("authority_scope", "institution_scope"), opened_by_access=False),
        RowSecurity("licensing_caseevent", ("authority_scope", "institution_scope"), opened_by_access=False),
        RowSecurity("licensing_proposal", subject_column=None),
        SeenWith("licensing_paper", "case_id", "licensing_case"),
        SeenWith("licensing_disposal", "case_id", "licensing_case"),
        Grants(
            "licensing_problem", "select, insert, update (state, act, reason, effect, owner_id, closed_at, change_id)"
        ),
        NoRemoval("licensing_problem"),
        RowSecurity("licensing_problem", subject_column=None),
        SeenWith("licensing_problemevent", "problem_id", "licensing_problem"),
        Grants("licensing_batch", "select, insert"),
        NoRemoval("licensing_batch"),
        Grants("licensing_batchrow", "select, insert, update (done, problem)"),
        NoRemoval("licensing_batchrow"),
        Grants("licensing_dossier", "select, insert, update (authority_scope, handed_in_at)"),
        NoRemoval("licensing_dossier"),
        Grants("licensing_dossierrow", "select, insert, update (problem, case_id)"),
        NoRemoval("licensing_dossierrow"),
        Grants("licensing_savedview", "select, insert, update, delete"),
        RowSecurity(
            "licensing_dossier", ("authority_scope", "institution_scope"), subject_column=None, opened_by_access=False
        ),
        SeenWith("licensing_dossierrow", "dossier_id", "licensing_dossier"),
        SeenWith("licensing_batchrow", "case_id", "licensing_case"),
        FactTable("licensing_expiry"),
        RowSecurity("licensing_expiry", subject_may_write=False),
        EventTable("licensing_expiry"),
        Grants("licensing_deadline", "select, insert, update, delete"),
        RowSecurity("licensing_deadline", subject_may_write=False),
        Grants("licensing_forecast", "select, insert, update"),
        Grants("licensing_forecast_failure", "select, insert, delete"),
        RowSecurity("licensing_forecast_failure", subject_column=None, opened_by_access=False),
    ]
