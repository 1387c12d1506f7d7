"""Forms of exchanging a military qualification, coming from and going to the forces, and recognition of doctors from outside."""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.licensing.fields import coded, day, either, radio
from yizheng.licensing.forms import Step

WAYS = (("civilian", "转业、复员"), ("retired", "离休、退休移交安置"))
JOINING = (("enlisted", "入伍"), ("hired", "受聘到军队医疗机构"))
ORIGINS = (("hk", "香港"), ("macau", "澳门"), ("taiwan", "台湾"))


class MilitaryStep(Step):
    """The military qualification, the letter of the military health organ, the transfer."""

    code = "military"
    title = "军队医师资格和移交"
    personal = frozenset({"military_certificate"})
    rows = (("level", "category"), ("qualified_on", "military_certificate"), ("transferred_on", "proof_number"))

    level = coded("practice_level", "级别")
    category = coded("practice_category", "类别")
    qualified_on = day("军队医师资格取得日期")
    military_certificate = forms.CharField(label="军队医师资格证书编号", max_length=40)
    organ = forms.CharField(label="军队发证机关", max_length=100, help_text="可以公开的名称或者代号")
    way = radio("移交方式", WAYS)
    transferred_on = day("移交地方日期", hint="九十日内申请换领")
    proof_number = forms.CharField(label="军队卫生部门证明文号", max_length=60)


class MilitaryRegistrationStep(Step):
    """The proof of the organ that kept the military registration."""

    code = "military"
    title = "军队注册证明"
    personal = frozenset({"military_practice_number"})
    rows = (("transferred_on", "proof_number"),)

    organ = forms.CharField(label="军队原注册机关", max_length=100, help_text="可以公开的名称或者代号")
    military_practice_number = forms.CharField(label="军队医师执业证书编号", max_length=40)
    way = radio("移交方式", WAYS)
    transferred_on = day("移交地方日期")
    proof_number = forms.CharField(label="原注册机关证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回军队医师执业证书")


class JoiningStep(Step):
    """Joining the forces, and the civil certificate handed in."""

    code = "joining"
    title = "转军队注册"
    rows = (("joined_on", "proof_number"),)

    way = radio("方式", JOINING)
    organ = forms.CharField(label="军队注册机关", max_length=100, help_text="可以公开的名称或者代号")
    joined_on = day("入伍、聘用日期")
    proof_number = forms.CharField(label="入伍、聘用证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回医师执业证书")


IS_SO = (("yes", "是"), ("no", "否"))


class RecognitionStep(Step):
    """What the doctor was allowed at home, since when, and where."""

    code = "recognition"
    title = "认定条件"
    personal = frozenset({"licence_number"})
    rows = (("origin", "category"), ("licensed_on", "licence_number"))

    origin = radio("来源地", ORIGINS)
    category = coded("practice_category", "申请类别", only=lambda code: code.code in ("clinical", "stomatology", "tcm"))
    licensed_on = day("取得合法行医资格日期")
    licence_number = forms.CharField(label="行医执照编号", max_length=40)
    specialty = forms.CharField(label="专科", max_length=100)
    permanent_resident = either("当地永久性居民", *IS_SO)
    chinese_citizen = either("中国公民（香港、澳门）", *IS_SO, required=False)
    specialist = either("有专科医师资格证书", *IS_SO)
    practising = either("在当地医疗机构中执业", *IS_SO)
    workplace = forms.CharField(label="当地执业机构", max_length=200)

    def clean(self) -> dict[str, Any]:
        """Residents of Hong Kong and Macau say whether they are citizens."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("origin") in ("hk", "macau") and cleaned.get("chinese_citizen") is None:
            self.add_error("chinese_citizen", "来自香港、澳门的，请选择是否中国公民")
        return cleaned
