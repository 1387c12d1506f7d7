"""The professional title (专业技术职务) a doctor was given, from the day it was given; a higher one is a further version."""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import NOT_DRAWN, Entry, Told
from yizheng.registry.fields import CodeField, DayField

LINE = "title"
"""The line of the title: the one in force is the highest given."""


class ProfessionalTitle(VisibleState):
    """A title as shown and proved."""

    order, weight, drawn = 92, 850, NOT_DRAWN
    told = Told("{title}")
    entry = Entry("专业职务", "{valid_from}　{says}", place=10)

    title = CodeField("专业技术职务", 4, table="professional_title")
    obtained_on = DayField("取得时间")

    class Meta:
        verbose_name = "专业技术职务"
        db_table = "practitioners_title"
