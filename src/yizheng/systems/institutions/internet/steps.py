"""The parts of the forms about service over the internet: the platform, the subjects, the name, the institution relied on."""

from typing import Any

from django import forms

from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.fields import coded, day, either, radio
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.filings.steps import ClinicSiteStep, ClinicStep
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.institutions.models.internet import DOCTORS
from yizheng.systems.institutions.record.steps import MOST_SUBJECTS, amount


class PlatformStep(Step):
    """Over which platform, with whom, and how it is protected and watched."""

    code, title = "platform", "信息平台"
    past = ("assessed_on",)
    rows = (("partner", "agreement_to"), ("protection_number", "assessed_on"))

    platform = forms.CharField(label="信息平台名称", max_length=200)
    address = forms.CharField(label="平台网址或者应用名称", max_length=300)
    doctors = radio("提供服务的医师", DOCTORS.items())
    partner = forms.CharField(label="合作方", max_length=200, required=False, help_text="与第三方合作的填写")
    agreement_to = day("合作协议有效期至", required=False)
    protection_number = forms.CharField(label="等级保护（三级）备案编号", max_length=64)
    assessed_on = day("最近一次等级测评日期")
    joined = either("是否已与本市互联网医疗服务监管平台对接", ("yes", "已对接"), ("no", "没有"))


class OnlineRow(Row):
    """One subject."""

    subject = coded("clinical_subject", "诊疗科目")


class OnlineSubjectsStep(Step):
    """What is offered over the internet: some of what the institution is registered for."""

    code, title = "subjects", "互联网诊疗科目"

    subjects = RowsField(
        OnlineRow,
        row_word="科目",
        label="互联网诊疗科目",
        least=1,
        most=MOST_SUBJECTS,
        help_text="不超出实体医疗机构登记的诊疗科目",
    )


class InternetNameStep(Step):
    """What the internet hospital is called beside the first name."""

    code, title = "name", "互联网医院名称"

    name = forms.CharField(
        label="互联网医院名称", max_length=200,
        help_text="本机构名称加“互联网医院”；与第三方合作的，本机构名称加合作方识别名称加“互联网医院”",
    )  # fmt: skip


class HostStep(Step):
    """On which institution an internet hospital of its own relies."""

    code, title = "host", "依托的实体医疗机构"

    institution = InstitutionField(label="实体医疗机构", help_text="输入登记名称或者登记号；由其登记机关受理")


class InternetHospitalStep(ClinicStep):
    """What kind of institution the internet hospital is."""

    title = "互联网医院"
    rows = (("ownership", "economic_type"), ("business_nature", "capital"))

    name = forms.CharField(label="机构名称", max_length=200, help_text="申请设置方识别名称加“互联网医院”")
    category: Any = None
    service_modes: Any = None
    capital = amount("注册资金（资本）（万元）")


class InternetSiteStep(ClinicSiteStep):
    """Where it is run."""

    rows = (("district", "postcode"),)

    dental_chairs: Any = None
    floor_area: Any = None
