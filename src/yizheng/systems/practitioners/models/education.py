"""Education (学历) as it was declared and shown when registering."""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import NOT_DRAWN, Told
from yizheng.registry.fields import CodeField, DayField, TextField


class Education(VisibleState):
    """One completed education from the day of graduation."""

    order, weight, drawn = 91, 910, NOT_DRAWN
    told = Told("{school}　{major}")
    entry = None

    level = CodeField("学历", 2, table="education_level", personal=True)
    degree = CodeField("学位", 3, table="degree", blank=True, personal=True)
    school = TextField("毕业院校", 100, personal=True)
    major = TextField("所学专业", 100, personal=True)
    learning_form = CodeField("学习形式", 12, table="learning_form", default="full_time", personal=True)
    graduated_on = DayField("毕业时间", personal=True)

    class Meta:
        verbose_name = "学历"
        db_table = "practitioners_education"


def line(index: int) -> str:
    """The line of a person's n-th education; the one that qualified comes first."""
    return f"education:{index}"
