"""注销事由: which reason of the law, when it happened, on which document it rests."""

from __future__ import annotations

from django import forms

from yizheng.kernel.codes import Code
from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step

REASONS = "doctor_deregistration_reason"


def _applied(code: Code) -> bool:
    """Reasons a doctor or an institution may bring; a transfer to the forces has a business of its own."""
    return bool({"person", "institution"} & set(code.many("initiators"))) and code.code != "D14"


def _decided(code: Code) -> bool:
    """Reasons for which what was decided or happened needs no hearing any more."""
    return "authority" in code.many("initiators") and not code.flag("heard")


def _heard(code: Code) -> bool:
    """Reasons on which the doctor is heard first."""
    return "authority" in code.many("initiators") and code.flag("heard")


class DeregistrationStep(Step):
    """The reason as the doctor or the institution brings it."""

    code = "ground"
    title = "注销事由"
    rows = (("event_on", "known_on"),)

    cause = coded(REASONS, "注销原因", only=_applied)
    event_on = day("事由发生日期", hint="中止执业的填最后执业的日期；本人申请的填今天")
    known_on = day("机构知悉日期", required=False, hint="机构申报的填写；自这一天起三十日内报告")
    authority_name = forms.CharField(label="作出判决、决定的机关", max_length=100, required=False)
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    served_on = day("刑罚执行完毕日期", required=False, hint="受刑事处罚的填写")
    certificate_returned = forms.BooleanField(label="纸质执业证书已交回", required=False)


class DecidedStep(Step):
    """The decision in force, the judgment or the death that the authority enters."""

    code = "ground"
    title = "注销依据"
    rows = (("event_on", "served_on"),)

    cause = coded(REASONS, "注销原因", only=_decided)
    event_on = day("文书或者事由的日期", hint="吊销、撤销自这一天起算")
    authority_name = forms.CharField(label="作出判决、决定的机关", max_length=100, required=False)
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    served_on = day("刑罚执行完毕日期", required=False, hint="受刑事处罚的填写；二年自这一天起算")
    certificate_returned = forms.BooleanField(label="纸质执业证书已收回", required=False)


class HeardStep(Step):
    """The ground on which the authority means to end a registration."""

    code = "ground"
    title = "注销事由"

    cause = coded(REASONS, "注销原因", only=_heard)
    event_on = day("事由发生日期", required=False, hint="中止执业的填最后执业的日期")
    authority_name = forms.CharField(label="认定机关", max_length=100, required=False)
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    certificate_returned = forms.BooleanField(label="纸质执业证书已收回", required=False)
