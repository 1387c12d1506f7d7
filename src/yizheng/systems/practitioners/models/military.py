"""Going over to the forces and coming back (军地转换), and what their health organs tell, for the register of people concerned.

Organs and units are named as far as they may be told; numbers of military papers stay in the sealed form of the case, and in the
sealed package. Nothing of this is public.
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


JOINED, LEFT = "to_forces", "to_local"
"""The events by which somebody goes over to the forces and comes back (`military_event`)."""


class RecordFact(VisibleEvent):
    """One event of a military registration, on its day: evidence, and no registration by itself."""

    order, weight, drawn = 10, 500, NEUTRAL
    told = Told("{event}")
    entry = None

    event = CodeField("变动", 12, table="military_event")
    registered_from = DayField("军队注册开始", null=True)
    registered_to = DayField("军队注册结束", null=True)
    proof_number = NumberField("证明文号", 60)
    unit_code = TextField("单位代码", 20, blank=True, personal=True)
    unit_name = TextField("单位可公开名称", 100, blank=True, personal=True)
    sanctions = TextField("处罚情况", 200, blank=True, personal=True)

    class Meta(VisibleEvent.Meta):
        abstract = True
