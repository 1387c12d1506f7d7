"""Penalties (行政处罚): what was decided on somebody of a register, on what, for how long, and whether it is contested.

The kinds stand in the code table ``doctor_penalty_kind`` with what each does to the registration and which bar follows;
``penalty_basis`` has the articles that know them, with their limits.
Annulment (撤销) is no penalty but is recorded beside them, for it too is decided against the doctor.
"""

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import BAD, Entry, Told
from yizheng.registry.fields import AmountField, CodeField, DayField, NumberField, TextField
from yizheng.systems.practitioners.models.keyed import register_field

NOT_CONTESTED = "none"
REVIEW_STATES = (
    (NOT_CONTESTED, "未申请复议、未起诉"),
    ("review", "行政复议中"),
    ("court", "行政诉讼中"),
    ("upheld", "复议或者判决维持"),
)


class PenaltyRecord(VisibleEvent):
    """One penalty decision on its day; a suspension names its first and last day, a ban its last day or none (for life)."""

    order, weight, drawn = 23, 30, BAD
    told = Told("{kind}　{behaviour}", begins="{line}：{says}", past="{kind}　{document_number}")
    entry = Entry("行政处罚", "{valid_from}　{says}", place=30)

    of_register = register_field()
    kind = CodeField("处罚种类", 20, table="doctor_penalty_kind")
    behaviour = TextField("违法行为", 200, personal=True)
    article = TextField("处罚依据", 120)
    authority_name = TextField("决定机关", 100)
    document_number = NumberField("决定书文号", 60)
    suspended_from = DayField("暂停开始", null=True)
    suspended_to = DayField("暂停结束", null=True)
    amount = AmountField("罚款（元）", max_digits=12, decimal_places=2, null=True, unit="元")
    confiscated = AmountField("没收违法所得（元）", max_digits=12, decimal_places=2, null=True, unit="元")
    banned_from = DayField("禁止从业开始", null=True)
    banned_to = DayField("禁止从业结束", null=True)
    review_state = CodeField("复议诉讼", 8, table=dict(REVIEW_STATES), default=NOT_CONTESTED, blank=True)

    class Meta:
        verbose_name = "行政处罚"
        db_table = "practitioners_penalty"


def line(document_number: str) -> str:
    """The line of one decision."""
    return f"penalty:{document_number}"
