"""The parts of the forms by which an institution ends: the reason as each side brings it."""

from django import forms

from yizheng.kernel.codes import Code
from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step
from yizheng.systems.institutions.closing.rules import AUTHORITY, INSTITUTION
from yizheng.systems.institutions.models.closing import REASONS


def applied(code: Code) -> bool:
    """Reasons the institution brings."""
    return INSTITUTION in code.many("initiators")


def heard(code: Code) -> bool:
    """Reasons on which the institution is told and heard first."""
    return AUTHORITY in code.many("initiators") and code.flag("heard")


def recorded(code: Code) -> bool:
    """Reasons that a document in force decided already."""
    return AUTHORITY in code.many("initiators") and code.flag("document")


class AppliedStep(Step):
    """As the institution applies."""

    code, title = "closing", "注销"
    rows = (("cause", "event_on"), ("successor", "district_to"))

    cause = coded(REASONS, "注销原因", only=applied)
    event_on = day("停止执业日期")
    successor = forms.CharField(
        label="承接的机构", max_length=200, required=False, help_text="合并的填存续机构；有承接病历、病人的机构也填写"
    )
    district_to = coded(
        "district", "迁往的区", only=lambda code: code.code != "110000", required=False, hint="迁出辖区的填写"
    )
    records_kept = forms.CharField(
        label="病历和处方保管",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="由谁保管、在哪里查阅",
    )
    handed_over = forms.CharField(
        label="麻醉药品、放射装置、医疗废物的处置", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="没有的写“无”",
    )  # fmt: skip
    licence_returned = forms.BooleanField(
        label="执业许可证正本、副本和印章已交回", error_messages={"required": "注销须交回许可证正本、副本和印章"}
    )


class HeardStep(Step):
    """As the authority brings it, before the institution is heard."""

    code, title = "closing", "注销事由"

    cause = coded(REASONS, "注销原因", only=heard)
    event_on = day("事由发生日期", required=False)


class RecordedStep(Step):
    """As a document in force says it."""

    code, title = "closing", "注销依据"
    rows = (("organ", "document_number"),)

    cause = coded(REASONS, "注销原因", only=recorded)
    organ = forms.CharField(label="作出决定的机关", max_length=100)
    document_number = forms.CharField(label="文书号", max_length=100)
    event_on = day("文书日期", hint="吊销自这一天起生效")
