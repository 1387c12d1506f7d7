"""Going over to the forces and coming back (军地转换), for the register of people that says which of its people did.

The organ is named as far as it may be told; numbers of military papers stay in the sealed form of the case. Nothing of this is public.
"""

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import NEUTRAL, Entry, Told
from yizheng.registry.fields import CodeField, DayField, NumberField, TextField

LINE = "military"
"""The line of all a person's transfers."""
FROM_FORCES, TO_FORCES = "in", "out"
DIRECTIONS = ((FROM_FORCES, "军队转地方"), (TO_FORCES, "地方转军队"))


class TransferFact(VisibleEvent):
    """A transfer on the day it was entered, with the proof it rests on."""

    order, weight, drawn = 25, 50, NEUTRAL
    told = Told("{direction}　{transferred_on}", begins="{line}：{says}", past="{direction}")
    entry = Entry("军地转换", "{valid_from}　{says}", place=50)

    direction = CodeField("方向", 3, table=dict(DIRECTIONS))
    organ = TextField("军队注册机关", 100)
    proof_number = NumberField("证明文号", 60, blank=True)
    transferred_on = DayField("转业、复员、入伍日期")

    class Meta(VisibleEvent.Meta):
        abstract = True
