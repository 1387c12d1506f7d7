"""乡村医生执业注册 的表 (乡村医生从业管理条例 第十三条、第十六条、第十七条)."""

from typing import Any

from django import forms

from yizheng.licensing.fields import day, either, passed, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.village.rules import FORMER
from yizheng.systems.institutions.institution_field import InstitutionField

BASES = (
    ("education", "条例公布（2003年8月5日）前的乡村医生，具有中等以上医学专业学历"),
    ("service", "条例公布前的乡村医生，在村医疗卫生机构连续工作 20 年以上"),
    ("training", "条例公布前的乡村医生，按市培训规划培训取得合格证书"),
    ("secondary", "条例公布后进入，本市规定允许，具有中等医学专业学历"),
    ("equivalent", "条例公布后进入，本市规定允许，经培训达到中等医学专业水平"),
)
"""The conditions of 第十条 for those who were village doctors before, of 第十二条第二款 for those who came since."""


class VillagePracticeStep(Step):
    """In which village institution, on what condition since when, for which services."""

    code = "practice"
    title = "拟执业信息"
    rows = (("entered_on", "former_certificate"), ("trained_on", "drug_list"))

    institution = InstitutionField(label="村医疗卫生机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用")
    ground = radio("申请依据", BASES)
    entered_on = day("进入村医疗卫生机构工作日期", hint="首次进入的填写拟聘用日期")
    former_certificate = forms.CharField(
        label="原乡村医生证书编号", max_length=40, required=False, help_text="条例公布前的乡村医生填写"
    )
    trained_on = day("最近一次培训日期", required=False, hint="至少每两年一次")
    services = forms.CharField(label="服务内容", max_length=300, help_text="例如：预防、保健和一般医疗服务")
    drug_list = forms.CharField(label="基本用药目录版本", max_length=50, required=False)

    def clean(self) -> dict[str, Any]:
        """Article 10 is for holders of a village doctor's certificate (第十条)."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ground") in FORMER and not cleaned.get("former_certificate"):
            self.add_error("former_certificate", "条例公布前的乡村医生，请填写原乡村医生证书编号")
        return cleaned


class VillageStandingStep(Step):
    """The registration as it stands."""

    code = "standing"
    title = "现有注册"
    fixed = dict.fromkeys(("institution", "certificate_number", "valid_until"), "登记内容，不能改")
    rows = (("certificate_number", "valid_until"),)

    institution = forms.CharField(label="村医疗卫生机构", max_length=200)
    certificate_number = forms.CharField(label="乡村医生执业证书编号", max_length=40)
    valid_until = day("有效期至")


class VillageRenewalStep(Step):
    """What has been since: the training, the services that go on."""

    code = "renewal"
    title = "再注册"
    rows = (("trained_on", "health"),)

    trained_on = day("最近一次培训日期", hint="至少每两年一次")
    health = either("健康状况", ("fit", "健康，适宜执业"), ("unfit", "不适宜执业"))
    services = forms.CharField(label="服务内容", max_length=300)
    drug_list = forms.CharField(label="基本用药目录版本", max_length=50, required=False)


class VillageMoveStep(Step):
    """To which village institution."""

    code = "practice"
    title = "变更内容"

    institution = InstitutionField(label="新的村医疗卫生机构", help_text="提交后由新机构确认聘用")
    services = forms.CharField(label="服务内容", max_length=300)


class VillageAssessmentStep(Step):
    """The examination of two years, and its conclusion."""

    code = "assessment"
    title = "考核结论"
    rows = (("cycle", "assessed_on"), ("kind", "result"))

    cycle = forms.CharField(label="考核周期", max_length=20, help_text="例如：2025-2026")
    assessed_on = day("考核日期")
    kind = either("考核种类", ("repeated", "再次考核"), ("regular", "周期考核"), no_first=True)
    result = passed("结论")
    opinions = forms.CharField(label="村委会和村民意见", max_length=300, required=False)
