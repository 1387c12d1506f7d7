"""The tables of the room, and who may use them and the tables of the queue."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.registry.operations import SERVING_ROLES, AppendOnly, Grants

QUEUE_TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")
QUEUE_SEQUENCES = ("procrastinate_jobs_id_seq", "procrastinate_events_id_seq", "procrastinate_periodic_defers_id_seq")


def sequence_grant(sequence: str) -> tuple[str, str]:
    """The queue's tables number their rows by sequences, which need a grant of their own."""
    roles = ", ".join(SERVING_ROLES)
    return (f"grant usage on sequence {sequence} to {roles}", f"revoke usage on sequence {sequence} from {roles}")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("procrastinate", "0041_post_retry_failed_job"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ScheduleRun",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("due", models.DateTimeField()),
                ("started", models.DateTimeField(null=True)),
                ("finished", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=300)),
            ],
            options={"ordering": ("name",)},
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("acceptor", "受理"),
                            ("reviewer", "审核"),
                            ("decider", "决定"),
                            ("institution_operator", "机构经办"),
                            ("infection_nurse", "感控填报"),
                            ("infection_approver", "感控审核"),
                            ("infection_officer", "感染监测"),
                            ("editor", "网站编辑"),
                            ("inspector", "监督检查"),
                            ("analyst", "统计分析"),
                            ("engineer", "运行维护"),
                            ("service_manager", "运维管理"),
                            ("client_manager", "运维监督"),
                            ("orthopaedist", "骨科会诊"),
                            ("respiratory", "呼吸会诊"),
                            ("psychologist", "心理评估"),
                            ("cohort_keeper", "体检校对"),
                            ("cohort_admin", "随访管理"),
                            ("cohort_statistician", "随访统计"),
                            ("system_admin", "系统管理"),
                            ("security_admin", "安全管理"),
                            ("audit_admin", "审计管理"),
                        ],
                        max_length=24,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("body", models.TextField(blank=True, max_length=2000)),
                ("link", models.CharField(blank=True, max_length=300)),
                ("sent", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.scope"
                    ),
                ),
            ],
            options={"ordering": ("-id",)},
        ),
        migrations.CreateModel(
            name="NoticeReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read", models.DateTimeField(auto_now_add=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="work.notice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("backup", "备份"), ("drill", "恢复演练")], max_length=8, verbose_name="种类"
                    ),
                ),
                ("began", models.DateTimeField(verbose_name="开始")),
                ("ended", models.DateTimeField(auto_now_add=True, verbose_name="结束")),
                ("ok", models.BooleanField(verbose_name="通过")),
                ("summary", models.TextField(verbose_name="结论")),
                ("details", models.JSONField(default=dict, verbose_name="数据")),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["kind", "-id"], name="work_recovery_of_kind")],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("object_ref", models.CharField(max_length=120)),
                ("payload", models.JSONField(default=dict)),
                ("reason", models.CharField(max_length=500)),
                ("proposed", models.DateTimeField(auto_now_add=True)),
                ("expires", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("approved", "已批准"),
                            ("rejected", "已驳回"),
                            ("expired", "已过期"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("decided", models.DateTimeField(null=True)),
                ("opinion", models.CharField(blank=True, max_length=500)),
                (
                    "decider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["state", "-id"], name="work_approval_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decider__isnull", True),
                            models.Q(("decider", models.F("proposer")), _negated=True),
                            _connector="OR",
                        ),
                        name="work_approval_needs_two_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("kind", "object_ref"),
                        name="work_approval_proposed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=120)),
                ("arguments", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "排队中"),
                            ("running", "运行中"),
                            ("done", "已完成"),
                            ("failed", "失败"),
                            ("cancelled", "已取消"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(null=True)),
                ("message", models.CharField(blank=True, max_length=300)),
                ("result_url", models.CharField(blank=True, max_length=300)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("started", models.DateTimeField(null=True)),
                ("finished", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
                "indexes": [models.Index(fields=["account", "-id"], name="work_job_of_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="work_job_has_somebody_to_answer",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="notice", index=models.Index(fields=["account", "-id"], name="work_notice_of_account")
        ),
        migrations.AddIndex(
            model_name="notice", index=models.Index(fields=["scope", "role", "-id"], name="work_notice_of_role")
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("account__isnull", False), ("role", ""), ("scope__isnull", True)),
                    models.Q(
                        ("account__isnull", True), ("scope__isnull", False), models.Q(("role", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="work_notice_has_one_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticereading",
            constraint=models.UniqueConstraint(fields=("account", "notice"), name="work_notice_read_once"),
        ),
        Grants("work_job", "select, insert, update, delete"),
        Grants("work_notice", "select, insert"),
        Grants("work_noticereading", "select, insert"),
        Grants("work_approval", "select, insert, update"),
        Grants("work_schedulerun", "select, insert, update"),
        *(Grants(table, "select, insert, update, delete") for table in QUEUE_TABLES),
        *(migrations.RunSQL(*sequence_grant(table)) for table in QUEUE_SEQUENCES),
        AppendOnly("work_recovery"),
    ]
