"""Parts of forms about a short-term practice that stands: which one, what is to change, why it ends, why a new certificate."""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.documents.models import MadeFor
from yizheng.kernel.codes import Code
from yizheng.licensing.fields import coded, day, in_order, radio
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.forms.scopes import ScopesStep

_AS_REGISTERED = "登记内容，不能改"


class StandingStep(Step):
    """Which practice is meant, as the register has it."""

    code = "standing"
    title = "现有注册"
    fixed = {"institution": _AS_REGISTERED, "certificate_number": _AS_REGISTERED}
    rows = (("institution", "certificate_number"),)

    institution = forms.CharField(label="聘用机构", max_length=200)
    certificate_number = forms.CharField(label="证书编号", max_length=40)


class AmendedPracticeStep(ScopesStep):
    """What becomes of the practice within its days; another host is a registration of its own."""

    code = "amended"
    title = "变更内容"
    rows = (("scope", "department"), ("contract_from", "contract_to"))

    scope = coded("practice_scope", "执业范围")
    department = forms.CharField(label="科室", max_length=50, required=False)
    contract_from = day("协议开始")
    contract_to = day("协议结束", hint="有效期不因此延长；更早的结束日期同时缩短有效期")
    purpose = forms.CharField(label="变更理由", max_length=200)

    def clean(self) -> dict[str, Any]:
        """The contract does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned, "contract_from", "contract_to", "协议结束日期早于开始日期，请核对")
        return cleaned


def _asked_by_parties(code: Code) -> bool:
    """Revocation is a penalty and no request."""
    return not code.flag("sanction")


class EndingStep(Step):
    """Why the practice ends, and since when."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("short_term_ending_reason", "注销原因", only=_asked_by_parties)
    happened_on = day("情形发生日期", hint="机构应自知悉之日起 30 日内报告")
    explanation = forms.CharField(label="说明", max_length=300, required=False)


class ReissueStep(Step):
    """Why the certificate is made again."""

    code = "reissue"
    title = "补证原因"

    cause = radio("原因", ((MadeFor.LOST.value, "遗失"), (MadeFor.DAMAGED.value, "损坏")))
    explanation = forms.CharField(label="经过说明", max_length=300)
