"""A ground against registering somebody (不予注册情形, 医师法 第十六条、第五十四条、第五十八条), as a state from the day it counts from.

Where the law counts years the state stays open and the rule counts; where a condition ended (recovered, capacity
restored, assessed and passed) the state ends with that day; where an order names a last day it is in ``until``.
"""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import HATCHED, Told
from yizheng.registry.fields import CodeField, DayField, NumberField, TextField
from yizheng.systems.practitioners.models.keyed import register_field

LICENCES = {
    "doctor": "医师执业注册",
    "hmt": "港澳台医师短期行医",
    "foreign": "外国医师短期行医",
    "village": "乡村医生执业注册",
    "special": "专项资格",
    "nurse": "护士执业注册",
}
"""The licences of which a ground may bar one alone (行政许可法 第七十八条: 该行政许可)."""
_BEGINNINGS = {"hmt_": "hmt", "foreign_": "foreign", "rural_": "village", "sq_": "special", "nurse_": "nurse"}


def licence_of(item_code: str) -> str:
    """The licence that an item is about."""
    found = (licence for beginning, licence in _BEGINNINGS.items() if item_code.startswith(beginning))
    return next(found, "doctor")


class RegistrationBar(VisibleState):
    """One recorded ground: which, on whose decision, until when the decision says."""

    label = "不予注册情形 {ground_code}"
    order, weight, drawn = 20, 20, HATCHED
    told = Told("{ground}")
    entry = None

    of_register = register_field()
    ground = CodeField("情形", 4, table="doctor_refusal_reason")
    until = DayField("载明的截止日", null=True)
    authority_name = TextField("认定机关", 100, blank=True)
    document_number = NumberField("文书号", 60, blank=True)
    licence = CodeField("所涉许可", 12, table=LICENCES, blank=True)

    class Meta:
        verbose_name = "不予注册情形"
        db_table = "practitioners_bar"

    @property
    def ground_code(self) -> str:
        """The ground by its code alone."""
        return self.ground


def line(ground: str, index: int) -> str:
    """The line of the n-th record of a ground."""
    return f"bar:{ground}:{index}"
