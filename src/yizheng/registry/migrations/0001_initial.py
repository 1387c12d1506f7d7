"""The ledger of changes and the tables around it, with what the database itself enforces on them."""

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models

from yizheng.registry.operations import AppendOnly, FactTable, Grants, NamedSQL, NoRemoval


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DigestSchema",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("encoding", models.PositiveSmallIntegerField(default=1, verbose_name="编码")),
                ("columns", models.JSONField(verbose_name="列清单")),
                ("adopted", models.DateTimeField(auto_now_add=True, verbose_name="启用时间")),
            ],
            options={"verbose_name": "摘要方案"},
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "决定"),
                            ("intake", "导入"),
                            ("exchange", "交换"),
                            ("correction", "更正"),
                            ("rollback", "回退"),
                            ("consequence", "关联后果"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="操作账号")),
                ("approved_by_id", models.BigIntegerField(null=True, verbose_name="复核账号")),
                ("cause", models.CharField(max_length=200, verbose_name="起因")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("position", models.BigIntegerField(editable=False, null=True, unique=True, verbose_name="序位")),
                ("settled", models.DateTimeField(editable=False, null=True, verbose_name="入册时间")),
                ("high", models.BigIntegerField(editable=False, null=True, verbose_name="已入册的最大变更号")),
                ("overtaken", models.BigIntegerField(editable=False, null=True, verbose_name="最先越过它的序位")),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="registry.change",
                        verbose_name="回退的变更",
                    ),
                ),
            ],
            options={"verbose_name": "变更"},
        ),
        migrations.CreateModel(
            name="Basis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_ref", models.CharField(max_length=120, verbose_name="办件")),
                ("fact_table", models.CharField(max_length=63, verbose_name="登记事实表")),
                ("version", models.BigIntegerField(verbose_name="版本")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="basis",
                        to="registry.change",
                        verbose_name="变更",
                    ),
                ),
            ],
            options={"verbose_name": "决定依据"},
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="封存号")),
                ("first_position", models.BigIntegerField(unique=True, verbose_name="起始序位")),
                ("last_position", models.BigIntegerField(unique=True, verbose_name="截止序位")),
                ("leaves", models.BigIntegerField(verbose_name="叶数")),
                ("tree", models.BinaryField(verbose_name="树根")),
                ("previous", models.BinaryField(verbose_name="前根")),
                ("root", models.BinaryField(verbose_name="封存根")),
                ("sealed_at", models.DateTimeField(verbose_name="封存时间")),
                ("witnessed_at", models.DateTimeField(null=True, verbose_name="见证时间")),
                (
                    "schema",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.digestschema", verbose_name="摘要方案"
                    ),
                ),
            ],
            options={"verbose_name": "封存"},
        ),
        migrations.CreateModel(
            name="SealPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField(verbose_name="页号")),
                ("leaves", models.BinaryField(verbose_name="叶摘要")),
                (
                    "seal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="registry.seal",
                        verbose_name="封存",
                    ),
                ),
            ],
            options={"verbose_name": "封存页"},
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "个人"), ("institution", "机构"), ("advert", "医疗广告")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("opened", models.BigIntegerField(verbose_name="建立的变更")),
                ("revision", models.BigIntegerField(default=0, verbose_name="修订号")),
            ],
            options={
                "verbose_name": "主体",
                "indexes": [models.Index(fields=["opened"], name="registry_subject_opened")],
            },
        ),
        migrations.CreateModel(
            name="SameAs",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                (
                    "principal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="同一主体",
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
            options={"verbose_name": "主体合并", "abstract": False},
        ),
        migrations.CreateModel(
            name="KeptLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact_table", models.CharField(max_length=63, verbose_name="登记事实表")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("why", models.TextField(verbose_name="不回退的理由")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_lines",
                        to="registry.change",
                        verbose_name="回退",
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
            options={"verbose_name": "未回退的登记项"},
        ),
        migrations.AddIndex(
            model_name="change", index=models.Index(fields=["settled"], name="registry_change_settled")
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("position__isnull", True)), fields=["id"], name="registry_change_unsettled"
            ),
        ),
        migrations.AddConstraint(
            model_name="basis",
            constraint=models.UniqueConstraint(
                fields=("fact_table", "version", "change", "case_ref"), name="registry_basis_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealpage",
            constraint=models.UniqueConstraint(fields=("seal", "number"), name="registry_sealpage_once"),
        ),
        migrations.AddConstraint(
            model_name="keptline",
            constraint=models.UniqueConstraint(
                fields=("change", "fact_table", "subject", "line"), name="registry_keptline_once"
            ),
        ),
        NamedSQL("facts"),
        NamedSQL("references"),
        NamedSQL("ledger"),
        NamedSQL("subjects"),
        NamedSQL("seals"),
        NamedSQL("digests"),
        Grants("registry_subject", "select, insert, update (revision)"),
        NoRemoval("registry_subject"),
        Grants("registry_change", "select, insert"),
        NoRemoval("registry_change"),
        Grants("registry_seal", "select, insert, update (witnessed_at)"),
        NoRemoval("registry_seal"),
        AppendOnly("registry_basis"),
        AppendOnly("registry_keptline"),
        AppendOnly("registry_digestschema"),
        AppendOnly("registry_sealpage"),
        FactTable("registry_sameas"),
    ]
