import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from yizheng.people.operations import RowSecurity
from yizheng.registry.operations import AppendOnly, EventTable, FactTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="DuplicateRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("kind", models.CharField(max_length=20, verbose_name="备注事项")),
                ("text", models.CharField(max_length=300, verbose_name="备注内容")),
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
            options={"verbose_name": "副本备注", "db_table": "institutions_remark"},
        ),
        migrations.CreateModel(
            name="EstablishmentApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("number", models.CharField(max_length=40, verbose_name="批准书编号")),
                ("approved_on", models.DateField(verbose_name="批准日期")),
                ("lapses_on", models.DateField(null=True, verbose_name="有效期至")),
                (
                    "investment",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="投资总额"),
                ),
                ("internet_planned", models.BooleanField(default=False, verbose_name="拟开展互联网诊疗")),
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
            options={"verbose_name": "设置医疗机构批准书", "db_table": "institutions_establishment"},
        ),
        migrations.CreateModel(
            name="FiledTechnology",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("technology", models.CharField(max_length=10, verbose_name="技术")),
                ("clinical_subject", models.CharField(blank=True, max_length=10, verbose_name="诊疗科目")),
                ("first_case_on", models.DateField(null=True, verbose_name="首例日期")),
                ("filed_on", models.DateField(verbose_name="备案日期")),
                (
                    "leader",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="技术负责人",
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
            options={"verbose_name": "限制类医疗技术备案", "db_table": "institutions_technology"},
        ),
        migrations.CreateModel(
            name="FurtherName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("kind", models.CharField(max_length=20, verbose_name="名称类型")),
                ("name", models.CharField(max_length=200, verbose_name="名称")),
                ("approved_by", models.CharField(blank=True, max_length=100, verbose_name="核准机关")),
                ("approved_on", models.DateField(null=True, verbose_name="核准日期")),
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
            options={"verbose_name": "医疗机构其他名称", "db_table": "institutions_name"},
        ),
        migrations.CreateModel(
            name="InstitutionLicence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("kind", models.CharField(max_length=20, verbose_name="登记备案类型")),
                ("name", models.CharField(max_length=200, verbose_name="机构名称")),
                ("registration_number", models.CharField(blank=True, max_length=22, verbose_name="登记号")),
                ("filing_number", models.CharField(blank=True, max_length=40, verbose_name="备案编号")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                ("category", models.CharField(max_length=12, verbose_name="机构类别")),
                ("level", models.CharField(default="9", max_length=1, verbose_name="级别")),
                ("grade", models.CharField(default="9", max_length=1, verbose_name="等次")),
                ("graded_on", models.DateField(null=True, verbose_name="评审日期")),
                ("ownership", models.CharField(blank=True, max_length=1, verbose_name="所有制形式")),
                ("economic_type", models.CharField(blank=True, max_length=2, verbose_name="经济类型")),
                ("business_nature", models.CharField(max_length=1, verbose_name="经营性质")),
                ("affiliation", models.CharField(blank=True, max_length=2, verbose_name="隶属关系")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None, verbose_name="诊疗科目"
                    ),
                ),
                (
                    "service_objects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1), default=list, size=None, verbose_name="服务对象"
                    ),
                ),
                (
                    "service_modes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=1), default=list, size=None, verbose_name="服务方式"
                    ),
                ),
                ("beds", models.PositiveSmallIntegerField(default=0, verbose_name="床位")),
                ("dental_chairs", models.PositiveSmallIntegerField(default=0, verbose_name="牙椅")),
                ("observation_beds", models.PositiveSmallIntegerField(default=0, verbose_name="观察床")),
                ("staff_total", models.PositiveSmallIntegerField(null=True, verbose_name="职工人数")),
                ("health_staff", models.PositiveSmallIntegerField(null=True, verbose_name="卫生技术人员")),
                (
                    "capital",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="注册资金（资本）"),
                ),
                ("site_area", models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="占地面积")),
                (
                    "floor_area",
                    models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="建筑面积"),
                ),
                (
                    "business_area",
                    models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name="业务用房面积"),
                ),
                ("district", models.CharField(max_length=6, verbose_name="所在区")),
                ("address", models.CharField(max_length=200, verbose_name="地址")),
                ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                ("issued_on", models.DateField(null=True, verbose_name="发证日期")),
                ("term_from", models.DateField(null=True, verbose_name="有效期自")),
                ("term_to", models.DateField(null=True, verbose_name="有效期至")),
                ("status", models.CharField(default="active", max_length=20, verbose_name="状态")),
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
            options={"verbose_name": "医疗机构许可", "db_table": "institutions_licence"},
        ),
        migrations.CreateModel(
            name="PracticePlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("title", models.CharField(max_length=60, verbose_name="院区")),
                ("district", models.CharField(max_length=6, verbose_name="所在区")),
                ("address", models.CharField(max_length=200, verbose_name="地址")),
                ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮政编码")),
                ("beds", models.PositiveSmallIntegerField(default=0, verbose_name="床位")),
                ("dental_chairs", models.PositiveSmallIntegerField(default=0, verbose_name="牙椅")),
                ("observation_beds", models.PositiveSmallIntegerField(default=0, verbose_name="观察床")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None, verbose_name="诊疗科目"
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
            options={"verbose_name": "医疗机构执业地点", "db_table": "institutions_place"},
        ),
        migrations.CreateModel(
            name="SubjectRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("clinical_subject", models.CharField(max_length=10, verbose_name="诊疗科目")),
                ("remark", models.CharField(max_length=100, verbose_name="备注")),
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
            options={"verbose_name": "诊疗科目备注", "db_table": "institutions_subject_remark"},
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("period_from", models.DateField(verbose_name="校验期起")),
                ("period_to", models.DateField(verbose_name="校验期止")),
                ("conclusion", models.CharField(max_length=10, verbose_name="结论")),
                ("again", models.BooleanField(default=False, verbose_name="再次校验")),
                ("deferral_months", models.PositiveSmallIntegerField(null=True, verbose_name="暂缓期")),
                ("points", models.PositiveSmallIntegerField(null=True, verbose_name="不良执业行为记分")),
                ("visited", models.BooleanField(default=False, verbose_name="现场审查")),
                ("ground", models.CharField(blank=True, max_length=20, verbose_name="暂缓或者不合格的情形")),
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
            options={"verbose_name": "医疗机构校验", "db_table": "institutions_verification"},
        ),
        migrations.CreateModel(
            name="InstitutionNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("kind", models.CharField(max_length=20, verbose_name="号码类型")),
                ("number", models.CharField(max_length=40, verbose_name="号码")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
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
                "verbose_name": "医疗机构号码",
                "db_table": "institutions_number",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["number"], name="institutions_number_found"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InstitutionParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("role", models.CharField(max_length=20, verbose_name="身份")),
                ("party_kind", models.CharField(default="person", max_length=12, verbose_name="类型")),
                ("name", models.CharField(max_length=200, verbose_name="姓名或者名称")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                ("position", models.CharField(blank=True, max_length=50, verbose_name="职务")),
                ("since", models.DateField(null=True, verbose_name="任职日期")),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="人员",
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
                "verbose_name": "医疗机构设置人和负责人",
                "db_table": "institutions_party",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["person"], name="institutions_party_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VerificationPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("months", models.PositiveSmallIntegerField(verbose_name="校验期")),
                ("due_on", models.DateField(verbose_name="下次校验日期")),
                ("ordered_on", models.DateField(null=True, verbose_name="责令补办日期")),
                ("order_by", models.DateField(null=True, verbose_name="补办期限")),
                ("deferred_to", models.DateField(null=True, verbose_name="暂缓校验至")),
                ("again_by", models.DateField(null=True, verbose_name="再次校验申请期限")),
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
                "verbose_name": "校验期",
                "db_table": "institutions_verification_period",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["due_on"], name="institutions_verification_due"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InstitutionPenalty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("document_number", models.CharField(max_length=60, verbose_name="决定书文号")),
                ("authority_name", models.CharField(max_length=100, verbose_name="决定机关")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None, verbose_name="处罚种类"
                    ),
                ),
                ("behaviour", models.CharField(max_length=200, verbose_name="违法行为")),
                ("basis", models.CharField(max_length=200, verbose_name="处罚依据")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="罚款（元）")),
                (
                    "confiscated",
                    models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="没收金额（元）"),
                ),
                ("grade", models.CharField(max_length=10, verbose_name="违法程度")),
                ("fulfilled", models.BooleanField(default=False, verbose_name="履行情况")),
                (
                    "unlisted_for",
                    models.CharField(blank=True, default="", max_length=10, verbose_name="停止公示的原因"),
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
            options={"verbose_name": "医疗机构行政处罚", "db_table": "institutions_penalty"},
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("reason", models.CharField(max_length=10, verbose_name="停业原因")),
                ("from_on", models.DateField(verbose_name="停业起")),
                ("to_on", models.DateField(verbose_name="停业至")),
                ("arrangement", models.CharField(blank=True, max_length=500, verbose_name="病人安置和病历保管")),
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
            options={"verbose_name": "医疗机构停业", "db_table": "institutions_suspension"},
        ),
        migrations.CreateModel(
            name="FilingCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("state", models.CharField(max_length=10, verbose_name="核查情况")),
                ("due_on", models.DateField(verbose_name="核查期限")),
                ("visited_on", models.DateField(null=True, verbose_name="核查日期")),
                ("correct_by", models.DateField(null=True, verbose_name="改正期限")),
                ("found", models.CharField(blank=True, max_length=500, verbose_name="发现的问题")),
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
            options={"verbose_name": "备案后核查", "db_table": "institutions_filing_check"},
        ),
        migrations.CreateModel(
            name="InternetService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("form", models.CharField(max_length=20, verbose_name="形式")),
                ("platform", models.CharField(max_length=200, verbose_name="信息平台名称")),
                ("address", models.CharField(max_length=300, verbose_name="平台网址或者应用名称")),
                ("doctors", models.CharField(max_length=10, verbose_name="提供服务的医师")),
                ("partner", models.CharField(blank=True, max_length=200, verbose_name="合作方")),
                ("agreement_to", models.DateField(null=True, verbose_name="合作协议有效期至")),
                ("protection_number", models.CharField(max_length=64, verbose_name="等级保护（三级）备案编号")),
                ("assessed_on", models.DateField(verbose_name="等级测评日期")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None, verbose_name="互联网诊疗科目"
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="依托的实体医疗机构",
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
                "verbose_name": "互联网诊疗",
                "db_table": "institutions_internet",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed", None)), fields=["host"], name="institutions_internet_host"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InstitutionContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority_scope", models.IntegerField(verbose_name="登记机关")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="咨询电话")),
                ("hours", models.CharField(blank=True, max_length=200, verbose_name="开诊时间")),
                ("website", models.CharField(blank=True, max_length=200, verbose_name="网址")),
                ("transport", models.CharField(blank=True, max_length=200, verbose_name="交通")),
                ("introduction", models.TextField(blank=True, max_length=1000, verbose_name="简介")),
                ("changed_at", models.DateTimeField(auto_now_add=True, verbose_name="修改时间")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.account"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.subject",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构未登记信息",
                "db_table": "institutions_contact",
                "indexes": [models.Index(fields=["subject", "-id"], name="institutions_contact_newest")],
            },
        ),
        AppendOnly("institutions_contact"),
        RowSecurity("institutions_contact", opened_by_access=False),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.CharField(max_length=80, verbose_name="登记项")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(default=dt.date(9999, 12, 31), verbose_name="失效日期")),
                ("opened", models.BigIntegerField(verbose_name="写入的变更")),
                ("closed", models.BigIntegerField(null=True, verbose_name="关闭的变更")),
                ("authority_scope", models.IntegerField(verbose_name="主管辖区")),
                ("cause", models.CharField(max_length=20, verbose_name="注销原因")),
                ("document", models.CharField(blank=True, max_length=200, verbose_name="依据的文书")),
                ("successor", models.CharField(blank=True, max_length=200, verbose_name="承接的机构")),
                ("district_to", models.CharField(blank=True, max_length=6, verbose_name="迁往的区")),
                ("records_kept", models.CharField(blank=True, max_length=500, verbose_name="病历和处方保管")),
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
            options={"verbose_name": "医疗机构注销", "db_table": "institutions_closing"},
        ),
        FactTable("institutions_licence"),
        RowSecurity("institutions_licence", subject_may_write=False),
        FactTable("institutions_establishment"),
        RowSecurity("institutions_establishment", subject_may_write=False),
        FactTable("institutions_name"),
        RowSecurity("institutions_name", subject_may_write=False),
        FactTable("institutions_party"),
        RowSecurity("institutions_party", subject_may_write=False),
        FactTable("institutions_place"),
        RowSecurity("institutions_place", subject_may_write=False),
        FactTable("institutions_subject_remark"),
        RowSecurity("institutions_subject_remark", subject_may_write=False),
        FactTable("institutions_remark"),
        RowSecurity("institutions_remark", subject_may_write=False),
        FactTable("institutions_number"),
        RowSecurity("institutions_number", subject_may_write=False),
        FactTable("institutions_verification_period"),
        RowSecurity("institutions_verification_period", subject_may_write=False),
        FactTable("institutions_verification"),
        RowSecurity("institutions_verification", subject_may_write=False),
        FactTable("institutions_technology"),
        RowSecurity("institutions_technology", subject_may_write=False),
        FactTable("institutions_suspension"),
        RowSecurity("institutions_suspension", subject_may_write=False),
        FactTable("institutions_penalty"),
        RowSecurity("institutions_penalty", subject_may_write=False),
        FactTable("institutions_filing_check"),
        RowSecurity("institutions_filing_check", subject_may_write=False),
        FactTable("institutions_internet"),
        RowSecurity("institutions_internet", subject_may_write=False),
        FactTable("institutions_closing"),
        RowSecurity("institutions_closing", subject_may_write=False),
        EventTable("institutions_verification"),
        EventTable("institutions_closing"),
    ]
