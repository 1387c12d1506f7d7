"""The public tables, the allowances, and the articles of the sites. They have no row security: see docs/threat-model.md."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yizheng.disclosure.models
from yizheng.registry.operations import AppendOnly, Grants

NOT_LOGGED = "alter table disclosure_allowance set unlogged"
"""Allowances need not outlive a crash: out of the log, a lookup waits for no disk and leaves nothing in backups."""


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="PublicInstitution",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "register", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("register", models.CharField(max_length=20)),
                ("subject", models.BigIntegerField()),
                ("token", models.CharField(default=yizheng.disclosure.models.new_token, max_length=20, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("category", models.CharField(max_length=60)),
                ("district", models.CharField(max_length=40)),
                ("authority", models.CharField(max_length=100)),
                ("in_force", models.BooleanField()),
                ("valid_from", models.DateField()),
                ("name_key", models.CharField(default="", max_length=200)),
                ("number", models.CharField(default="", max_length=40)),
                ("state", models.CharField(default="", max_length=20)),
                ("state_detail", models.CharField(default="", max_length=40)),
                ("district_code", models.CharField(default="", max_length=6)),
                ("category_code", models.CharField(default="", max_length=12)),
                ("status", models.CharField(default="", max_length=20)),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "subject_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("stored_notes", models.JSONField(default=list)),
                ("stored_subjects", models.JSONField(default=list)),
                ("stored_penalties", models.JSONField(default=list)),
                ("penalised_until", models.DateField(null=True)),
                ("refreshed", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_key", "subject"], name="disclosure_institution_name"),
                    django.contrib.postgres.indexes.GinIndex(fields=["numbers"], name="disclosure_institution_number"),
                    models.Index(fields=["status"], name="disclosure_institution_status"),
                    models.Index(
                        condition=models.Q(("penalised_until__isnull", False)),
                        fields=["penalised_until"],
                        name="disclosure_penalised",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="OpenDataDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("rows", models.IntegerField()),
                ("csv", models.CharField(max_length=64)),
                ("jsonl", models.CharField(max_length=64)),
                ("changes", models.CharField(max_length=64)),
                ("changed", models.IntegerField()),
                ("manifest", models.TextField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ("-day",)},
        ),
        migrations.CreateModel(
            name="PublicTally",
            fields=[
                ("register", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("in_force", models.BigIntegerField()),
                ("counted", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("tokens", models.FloatField()),
                ("filled", models.DateTimeField()),
                ("granted", models.BooleanField()),
            ],
            options={"indexes": [models.Index(fields=["filled"], name="disclosure_allowance_filled")]},
        ),
        migrations.CreateModel(
            name="PublicPractitioner",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "register", "subject", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("register", models.CharField(max_length=20)),
                ("subject", models.BigIntegerField()),
                ("token", models.CharField(default=yizheng.disclosure.models.new_token, max_length=20, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("name_key", models.CharField(max_length=100)),
                ("institution_keys", models.TextField()),
                ("practice_number", models.CharField(max_length=40)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("REG", "REG"),
                            ("SUSP_PENAL", "SUSP_PENAL"),
                            ("SUSP_ASSESS", "SUSP_ASSESS"),
                            ("LEFT", "LEFT"),
                            ("DEREG", "DEREG"),
                            ("REVOKED", "REVOKED"),
                            ("ANNULLED", "ANNULLED"),
                            ("EXPIRED", "EXPIRED"),
                        ],
                        max_length=12,
                    ),
                ),
                ("standing_since", models.DateField(null=True)),
                ("sex", models.CharField(max_length=4)),
                ("level", models.CharField(max_length=20)),
                ("category", models.CharField(max_length=30)),
                ("place", models.CharField(max_length=60)),
                ("authority", models.CharField(max_length=100)),
                ("first_registered", models.DateField()),
                ("registered_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_because", models.CharField(db_default="", max_length=20)),
                ("stored_scopes", models.JSONField(default=list)),
                ("stored_main", models.JSONField(null=True)),
                ("stored_others", models.JSONField(default=list)),
                ("stored_periods", models.JSONField(default=list)),
                ("stored_milestones", models.JSONField(default=list)),
                ("stored_notes", models.JSONField(default=list)),
                ("refreshed", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_key"], name="disclosure_by_name"),
                    models.Index(fields=["practice_number"], name="disclosure_by_number"),
                    models.Index(fields=["register", "registered_on"], name="disclosure_newly_registered"),
                    models.Index(fields=["register", "ended_on"], name="disclosure_newly_ended"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=20, verbose_name="网站")),
                ("section", models.CharField(max_length=20, verbose_name="栏目")),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("body", models.TextField(max_length=20000, verbose_name="正文")),
                ("shown_until", models.DateField(blank=True, null=True, verbose_name="下线日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("published", "已发布"), ("withdrawn", "已撤下")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("shown_from", models.DateField(blank=True, null=True, verbose_name="上线日期")),
                ("revision", models.IntegerField(default=0, verbose_name="改动次数")),
                ("number", models.IntegerField(default=0, verbose_name="版本")),
                ("updated", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编辑",
                    ),
                ),
            ],
            options={"verbose_name": "文章", "ordering": ("-updated", "-id")},
        ),
        migrations.CreateModel(
            name="ArticleEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=20, verbose_name="动作")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="disclosure.article"
                    ),
                ),
            ],
            options={"ordering": ("-id",)},
        ),
        migrations.CreateModel(
            name="ArticleFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("size", models.IntegerField(verbose_name="字节")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="disclosure.article"
                    ),
                ),
            ],
            options={"verbose_name": "附件", "ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="ArticleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=20, verbose_name="网站")),
                ("section", models.CharField(max_length=20, verbose_name="栏目")),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("body", models.TextField(max_length=20000, verbose_name="正文")),
                ("shown_until", models.DateField(blank=True, null=True, verbose_name="下线日期")),
                ("number", models.IntegerField(verbose_name="版本")),
                ("files", models.JSONField(default=list, verbose_name="附件")),
                ("shown_from", models.DateField(verbose_name="上线日期")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="批准时间")),
                (
                    "approver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="disclosure.article"
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请人",
                    ),
                ),
            ],
            options={"verbose_name": "文章版本", "ordering": ("-number",)},
        ),
        migrations.CreateModel(
            name="PublicArticle",
            fields=[
                ("site", models.CharField(max_length=20, verbose_name="网站")),
                ("section", models.CharField(max_length=20, verbose_name="栏目")),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("body", models.TextField(max_length=20000, verbose_name="正文")),
                ("shown_until", models.DateField(blank=True, null=True, verbose_name="下线日期")),
                ("article", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.IntegerField(verbose_name="版本")),
                ("files", models.JSONField(default=list, verbose_name="附件")),
                ("shown_from", models.DateField(verbose_name="上线日期")),
            ],
            options={
                "verbose_name": "公开文章",
                "indexes": [models.Index(fields=["site", "section", "-shown_from"], name="disclosure_article_shown")],
            },
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shown_until__isnull", True),
                    ("shown_from__isnull", True),
                    ("shown_until__gte", models.F("shown_from")),
                    _connector="OR",
                ),
                name="disclosure_article_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlefile",
            constraint=models.UniqueConstraint(fields=("article", "digest"), name="disclosure_article_file_once"),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="disclosure_article_version_once"),
        ),
        migrations.AddConstraint(
            model_name="articleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposer", models.F("approver")), _negated=True),
                name="disclosure_article_needs_two_persons",
            ),
        ),
        Grants("disclosure_article", "select, insert, update"),
        Grants("disclosure_articlefile", "select, insert, delete"),
        AppendOnly("disclosure_articleversion"),
        AppendOnly("disclosure_articleevent"),
        Grants("disclosure_publicarticle", "select, insert, update, delete"),
        Grants("disclosure_publicpractitioner", "select, insert, update, delete"),
        Grants("disclosure_publicinstitution", "select, insert, update, delete"),
        Grants("disclosure_opendataday", "select, insert"),
        Grants("disclosure_publictally", "select, insert, update, delete"),
        Grants("disclosure_allowance", "select, insert, update, delete"),
        migrations.RunSQL(NOT_LOGGED, "alter table disclosure_allowance set logged"),
    ]
