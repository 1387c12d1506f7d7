"""Numbers, attachments, certificates and how they are printed, with who may see and change which rows."""

from importlib.resources import files

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import AppendOnly, Grants, NoRemoval


def guards(name: str) -> str:
    """The text of one SQL file of this room."""
    return (files("yizheng.documents") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StatusList",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="日期")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("key", models.CharField(max_length=8, verbose_name="签名密钥")),
                ("entries", models.BigIntegerField(verbose_name="失效证照数")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="签发时间")),
            ],
            options={"verbose_name": "证照状态名单", "ordering": ("-day",)},
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="SHA-256")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("stored_at", models.DateTimeField(auto_now_add=True, verbose_name="存入时间")),
            ],
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=40, verbose_name="号段")),
                ("key", models.CharField(max_length=40, verbose_name="范围")),
                ("number", models.BigIntegerField(verbose_name="号码")),
                ("given_to", models.CharField(max_length=120, verbose_name="用于")),
                ("change_id", models.BigIntegerField(null=True, verbose_name="登记变更")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("series", "key", "number"), name="documents_allocation_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("media_type", models.CharField(max_length=40, verbose_name="类型")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("authority_scope", models.IntegerField(null=True, verbose_name="机关")),
                ("institution_scope", models.IntegerField(null=True, verbose_name="机构")),
                ("kept_at", models.DateTimeField(auto_now_add=True, verbose_name="收到时间")),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="所有人",
                    ),
                ),
            ],
            options={"verbose_name": "附件"},
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=26, verbose_name="核验码")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("number", models.CharField(max_length=60, verbose_name="编号")),
                ("authority_scope", models.IntegerField(verbose_name="机关")),
                ("issuer", models.CharField(max_length=100, verbose_name="发文机关")),
                ("issued_on", models.DateField(verbose_name="签发日期")),
                ("change_id", models.BigIntegerField(db_index=True, null=True, verbose_name="登记变更")),
                ("digest", models.CharField(max_length=32, verbose_name="印制内容摘要")),
                ("sealed", models.TextField(verbose_name="加密的印制内容")),
                (
                    "status",
                    models.CharField(
                        choices=[("valid", "有效"), ("superseded", "已由新版本取代"), ("revoked", "已失效")],
                        default="valid",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cancelled", "注销"),
                            ("annulled", "撤销"),
                            ("penalty", "吊销"),
                            ("lapsed", "失效"),
                            ("rolled_back", "更正回退"),
                            ("replaced", "换发新版本"),
                        ],
                        max_length=12,
                        verbose_name="终止原因",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="终止日期")),
                ("ended_by", models.BigIntegerField(db_index=True, null=True, verbose_name="终止的登记变更")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="生成时间")),
                ("version", models.SmallIntegerField(verbose_name="版本")),
                (
                    "made_for",
                    models.CharField(
                        choices=[
                            ("first", "首次制发"),
                            ("changed", "登记变更换发"),
                            ("lost", "遗失补发"),
                            ("damaged", "损坏换发"),
                            ("full", "变更栏填满换发"),
                            ("layout", "新版式换发"),
                            ("restored", "恢复"),
                        ],
                        default="first",
                        max_length=10,
                        verbose_name="制发原因",
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
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="documents.certificate",
                        verbose_name="取代的版本",
                    ),
                ),
            ],
            options={"verbose_name": "证照"},
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=40, verbose_name="号段")),
                ("key", models.CharField(max_length=40, verbose_name="范围")),
                ("last", models.BigIntegerField(verbose_name="已用到")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("series", "key"), name="documents_counter_once")]},
        ),
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=26, verbose_name="核验码")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("number", models.CharField(max_length=60, verbose_name="编号")),
                ("authority_scope", models.IntegerField(verbose_name="机关")),
                ("issuer", models.CharField(max_length=100, verbose_name="发文机关")),
                ("issued_on", models.DateField(verbose_name="签发日期")),
                ("change_id", models.BigIntegerField(db_index=True, null=True, verbose_name="登记变更")),
                ("digest", models.CharField(max_length=32, verbose_name="印制内容摘要")),
                ("sealed", models.TextField(verbose_name="加密的印制内容")),
                (
                    "status",
                    models.CharField(
                        choices=[("valid", "有效"), ("superseded", "已由新版本取代"), ("revoked", "已失效")],
                        default="valid",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cancelled", "注销"),
                            ("annulled", "撤销"),
                            ("penalty", "吊销"),
                            ("lapsed", "失效"),
                            ("rolled_back", "更正回退"),
                            ("replaced", "换发新版本"),
                        ],
                        max_length=12,
                        verbose_name="终止原因",
                    ),
                ),
                ("ended_on", models.DateField(null=True, verbose_name="终止日期")),
                ("ended_by", models.BigIntegerField(db_index=True, null=True, verbose_name="终止的登记变更")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="生成时间")),
                ("case_ref", models.CharField(db_index=True, max_length=60, verbose_name="办件")),
                ("institution_scope", models.IntegerField(null=True, verbose_name="抄送机构")),
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
            options={"verbose_name": "文书"},
        ),
        migrations.CreateModel(
            name="PrintRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_scope", models.IntegerField(verbose_name="机关")),
                ("certificates", models.IntegerField(verbose_name="证书数")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办",
                    ),
                ),
            ],
            options={"verbose_name": "打印批次"},
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_scope", models.IntegerField(verbose_name="机关")),
                (
                    "act",
                    models.CharField(
                        choices=[("printed", "打印"), ("spoilt", "作废"), ("delivered", "送达")],
                        max_length=10,
                        verbose_name="事项",
                    ),
                ),
                ("nth", models.SmallIntegerField(verbose_name="第几次打印")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("first", "首次制发"),
                            ("changed", "登记变更换发"),
                            ("lost", "遗失补发"),
                            ("damaged", "损坏换发"),
                            ("full", "变更栏填满换发"),
                            ("layout", "新版式换发"),
                            ("restored", "恢复"),
                        ],
                        max_length=10,
                        verbose_name="原因",
                    ),
                ),
                ("paper_serial", models.CharField(blank=True, max_length=40, verbose_name="纸张编号")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="documents.certificate",
                        verbose_name="证照",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="documents.printrun",
                        verbose_name="批次",
                    ),
                ),
            ],
            options={"verbose_name": "制证台账"},
        ),
        migrations.CreateModel(
            name="Rendering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                ("rendered_at", models.DateTimeField(auto_now_add=True, verbose_name="排版时间")),
                (
                    "certificate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rendering",
                        to="documents.certificate",
                    ),
                ),
                (
                    "instrument",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rendering",
                        to="documents.instrument",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["authority_scope", "-issued_on", "-id"], name="documents_certificate_newest"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("subject", "kind", "number", "version"), name="documents_certificate_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "valid")),
                fields=("subject", "kind", "number"),
                name="documents_certificate_one_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(fields=("code",), name="documents_certificate_code"),
        ),
        migrations.AddIndex(
            model_name="instrument", index=models.Index(fields=["subject"], name="documents_instrument_subject")
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(fields=("code",), name="documents_instrument_code"),
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.UniqueConstraint(fields=("number",), name="documents_instrument_number"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["authority_scope", "-id"], name="documents_ledger_newest"),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["certificate", "act"], name="documents_ledger_certificate"),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("paper_serial", ""), _negated=True), ("act", "printed")),
                fields=("paper_serial",),
                name="documents_paper_used_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendering",
            constraint=models.CheckConstraint(
                condition=models.Q(("certificate__isnull", True), ("instrument__isnull", True), _connector="XOR"),
                name="documents_rendering_of_one",
            ),
        ),
        RowSecurity("documents_attachment", ("authority_scope", "institution_scope"), opened_by_access=False),
        RowSecurity("documents_instrument", ("authority_scope", "institution_scope"), opened_by_access=False),
        RowSecurity("documents_certificate", subject_may_write=False),
        Grants("documents_counter", "select, insert, update (last)"),
        Grants("documents_attachment", "select, insert, update (authority_scope, institution_scope)"),
        Grants("documents_instrument", "select, insert, update (status, ending, ended_on, ended_by)"),
        Grants("documents_certificate", "select, insert, update (status, ending, ended_on, ended_by)"),
        AppendOnly("documents_allocation"),
        AppendOnly("documents_storedfile"),
        AppendOnly("documents_rendering"),
        NoRemoval("documents_counter"),
        NoRemoval("documents_attachment"),
        NoRemoval("documents_instrument"),
        NoRemoval("documents_certificate"),
        migrations.RunSQL(guards("guards"), guards("guards_reverse")),
        RowSecurity("documents_printrun", subject_column=None),
        RowSecurity("documents_ledgerentry", subject_column=None),
        AppendOnly("documents_printrun"),
        AppendOnly("documents_ledgerentry"),
        AppendOnly("documents_statuslist"),
    ]
