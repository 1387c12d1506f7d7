"""The tables of people, what the serving roles may do with them, and what the database itself refuses."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from yizheng.people.operations import RowSecurity, named_sql
from yizheng.registry.operations import AppendOnly, Grants, NoRemoval, SubjectsExist


class Migration(migrations.Migration):
    initial = True

    dependencies = [("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=64, unique=True, verbose_name="用户名")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("individual", "个人"),
                            ("institution", "机构经办人"),
                            ("clerk", "办件人员"),
                            ("inspector", "监督员"),
                            ("analyst", "分析员"),
                            ("engineer", "运维工程师"),
                            ("expert", "会诊专家"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("display_name", models.CharField(max_length=100, verbose_name="显示名")),
                (
                    "login_index",
                    models.BinaryField(db_index=True, max_length=16, null=True, verbose_name="手机号检索值"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "subject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="registry.subject",
                        verbose_name="主体",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInLock",
            fields=[
                ("key", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("whom", models.BinaryField(db_index=True, max_length=16)),
                ("failures", models.SmallIntegerField()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TotpDevice",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="totp",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sealed_secret", models.BinaryField()),
                ("last_step", models.BigIntegerField(default=0)),
                ("enrolled_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("verb", models.CharField(max_length=60, verbose_name="行为")),
                ("object_ref", models.CharField(blank=True, max_length=80, verbose_name="对象")),
                ("detail", models.JSONField(default=dict, verbose_name="详情")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "subject",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="data_key",
                        serialize=False,
                        to="registry.subject",
                    ),
                ),
                ("wrapped", models.BinaryField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", False), ("wrapped", None)),
                            models.Q(("destroyed_at", None), ("wrapped__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_data_key_present_or_destroyed",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="NameKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BooleanField()),
                ("kind", models.CharField(max_length=8)),
                ("key", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=120)),
            ],
            options={"indexes": [models.Index(fields=["person", "kind", "key", "name"], name="people_name_keys")]},
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("credential", models.BinaryField(max_length=1023, unique=True)),
                ("public_key", models.BinaryField()),
                ("sign_count", models.BigIntegerField(default=0)),
                ("synced", models.BooleanField(default=False, verbose_name="可同步")),
                ("enrolled_at", models.DateTimeField(auto_now_add=True, verbose_name="设置时间")),
                ("used_at", models.DateTimeField(null=True, verbose_name="上次使用")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passkeys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
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
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(max_length=32)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Scope",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("city", "市"), ("district", "区"), ("organisation", "机构")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.scope",
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scope",
                        to="registry.subject",
                        verbose_name="机构主体",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GrantProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
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
                        verbose_name="角色",
                    ),
                ),
                ("revokes", models.BooleanField(default=False, verbose_name="撤销")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待批准"), ("approved", "已批准"), ("declined", "未批准")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grant_proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                (
                    "scope",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.scope"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
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
                        verbose_name="角色",
                    ),
                ),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="people.scope",
                        verbose_name="范围",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=80, verbose_name="缘由")),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="accesses", to="registry.subject"
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="accesses", to="people.scope"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchName",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject", "scope", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.BooleanField()),
                ("name", models.CharField(max_length=120)),
                (
                    "scope",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.scope",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_names",
                        to="registry.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnmaskingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(max_length=24, verbose_name="信息")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unmaskings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="查看人",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="unmaskings", to="registry.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VaultEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("ciphertext", models.BinaryField()),
                ("blind_index", models.BinaryField(max_length=16, null=True)),
                ("disputed", models.BooleanField(default=False)),
                ("former", models.BooleanField(db_default=False, default=False)),
                ("stored_at", models.DateTimeField(auto_now_add=True)),
                (
                    "subject",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vault_entries",
                        to="registry.subject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdentityClaim",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="identity_claim",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "新主体"),
                            ("matched", "与登记一致"),
                            ("disputed", "待核实"),
                            ("accepted", "核实后并入登记"),
                            ("rejected", "核实后未予认可"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                (
                    "former_subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.subject"
                    ),
                ),
                (
                    "settled_by",
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
            name="OneTimePassword",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="one_time_password",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("purpose", models.CharField(choices=[("first", "首次登录"), ("reset", "重置")], max_length=8)),
                ("digest", models.BinaryField(max_length=32)),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "individual")), fields=("subject",), name="people_account_one_a_person"
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry", index=models.Index(fields=["actor", "-id"], name="people_audit_actor")
        ),
        migrations.AddIndex(
            model_name="auditentry", index=models.Index(fields=["verb", "-id"], name="people_audit_verb")
        ),
        migrations.AddIndex(
            model_name="auditentry", index=models.Index(fields=["object_ref", "-id"], name="people_audit_object")
        ),
        migrations.AddIndex(
            model_name="passkey",
            index=models.Index(
                condition=models.Q(("revoked_at", None)), fields=["account"], name="people_passkey_of_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="recoverycode",
            constraint=models.UniqueConstraint(fields=("account", "digest"), name="people_recovery_code_once"),
        ),
        migrations.AddConstraint(
            model_name="scope",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "city"), ("parent", None)),
                    ("kind__in", ["district", "organisation"]),
                    _connector="OR",
                ),
                name="people_scope_only_a_city_is_root",
            ),
        ),
        migrations.AddConstraint(
            model_name="scope",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", None), ("kind", "organisation"), _connector="OR"),
                name="people_scope_only_organisations_are_subjects",
            ),
        ),
        migrations.AddConstraint(
            model_name="grantproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decider", None), models.Q(("decider", models.F("proposer")), _negated=True), _connector="OR"
                ),
                name="people_grant_proposal_two_persons",
            ),
        ),
        migrations.AddConstraint(
            model_name="grantproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("account", "role", "scope"),
                name="people_grant_proposal_one_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)),
                fields=("account", "role", "scope"),
                name="people_grant_once_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoked_at", None), ("role__in", ["system_admin", "security_admin", "audit_admin"])
                ),
                fields=("account",),
                name="people_grant_one_administration",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("role__in", ["cohort_keeper", "cohort_admin"])),
                fields=("account",),
                name="people_grant_content_or_administration",
            ),
        ),
        migrations.AddConstraint(
            model_name="access",
            constraint=models.UniqueConstraint(fields=("scope", "subject"), name="people_access_once"),
        ),
        migrations.AddIndex(
            model_name="searchname",
            index=models.Index(fields=["name", "person", "subject", "scope"], name="people_name_bearers"),
        ),
        migrations.AddIndex(
            model_name="unmaskingrecord", index=models.Index(fields=["subject", "-id"], name="people_unmasking_subject")
        ),
        migrations.AddIndex(
            model_name="vaultentry",
            index=models.Index(
                condition=models.Q(("disputed", True), ("kind", "mobile"), _connector="OR"),
                fields=["blind_index", "kind"],
                name="people_vault_shared_index",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaultentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("former", False), models.Q(("kind__in", ["qualification_number"]), _negated=True)),
                fields=("subject", "kind"),
                name="people_vault_one_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaultentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("disputed", False), models.Q(("kind", "mobile"), _negated=True)),
                fields=("blind_index", "kind"),
                name="people_vault_identifier_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="identityclaim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at", None), ("settled_by", None), ("state__in", ["new", "matched", "disputed"])),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("state__in", ["accepted", "rejected"]),
                    ),
                    _connector="OR",
                ),
                name="people_identity_claim_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimepassword",
            constraint=models.CheckConstraint(
                condition=models.Q(("issued_by", models.F("account")), _negated=True),
                name="people_one_time_password_from_another",
            ),
        ),
        Grants("people_account", "select, insert, update"),
        Grants("people_scope", "select, insert, update"),
        Grants("people_grant", "select, insert, update (revoked_at)"),
        Grants("people_grantproposal", "select, insert, update"),
        Grants("people_access", "select, insert, update, delete"),
        Grants("people_identityclaim", "select, insert, update"),
        Grants("people_totpdevice", "select, insert, update, delete"),
        Grants("people_recoverycode", "select, insert, update, delete"),
        Grants("people_signinlock", "select, insert, update, delete"),
        Grants("people_datakey", "select, insert, update"),
        Grants("people_vaultentry", "select, insert, update, delete"),
        Grants("people_namekey", "select, insert"),
        Grants("people_searchname", "select, insert, update, delete"),
        Grants("people_onetimepassword", "select, insert, update, delete"),
        Grants("people_passkey", "select, insert, update (sign_count, used_at, revoked_at, revoked_by_id)"),
        NoRemoval("people_passkey"),
        AppendOnly("people_auditentry"),
        AppendOnly("people_unmaskingrecord"),
        migrations.RunSQL(named_sql("scopes"), named_sql("scopes_reverse")),
        migrations.RunSQL(named_sql("kinds"), named_sql("kinds_reverse")),
        migrations.RunSQL(named_sql("searched_scopes"), named_sql("searched_scopes_reverse")),
        SubjectsExist("people_datakey"),
        SubjectsExist("people_vaultentry"),
        SubjectsExist("people_searchname"),
        RowSecurity("people_searchname", scope_column="scope_id"),
    ]
