"""设置医疗机构批准书: the approval to set an institution up, where one is needed (医疗机构管理条例 第九条至第十二条).

What was approved stands in the licence with the status of preparing; registration is held against it.
"""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import AmountField, DayField, FlagField, NumberField
from yizheng.systems.institutions.register import INSTITUTIONS

ESTABLISHMENT = "establishment"
"""The line of the approval: an institution has one; it ends with the registration, or lapses."""


class EstablishmentApproval(VisibleState):
    """The approval, from its day until the institution is registered or the approval lapses."""

    register = INSTITUTIONS
    label = "设置批准"
    order, weight, drawn = 1, 10, OUTLINED
    told = Told("{number}　有效期至 {lapses_on}", begins="准予设置：{number}", ends="设置批准书 {number} 终止")
    entry = Entry("设置医疗机构批准书", place=5)

    number = NumberField("批准书编号", 40, public=True, printed=True)
    approved_on = DayField("批准日期", public=True, printed=True)
    lapses_on = DayField("有效期至", null=True, public=True, printed=True)
    investment = AmountField("投资总额", null=True, unit="万元", max_digits=14, decimal_places=2)
    internet_planned = FlagField("拟开展互联网诊疗", default=False)

    class Meta:
        verbose_name = "设置医疗机构批准书"
        db_table = "institutions_establishment"
