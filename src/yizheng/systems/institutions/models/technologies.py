"""限制类医疗技术: what the duplicate notes of a filed technology (医疗技术临床应用管理办法 第十一条)."""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, DayField, SubjectField
from yizheng.systems.institutions.register import INSTITUTIONS


def line(code: str) -> str:
    """The line of a technology."""
    return f"technology:{code}"


class FiledTechnology(VisibleState):
    """A restricted technology from its filing until it is stopped."""

    register = INSTITUTIONS
    label = "限制类技术 {technology}"
    order, weight, drawn = 11, 50, OUTLINED
    told = Told(
        "{technology}",
        begins="备案限制类技术：{technology}",
        changes="变更{technology}的备案",
        ends="停止限制类技术：{technology}",
    )
    entry = Entry("限制类技术", "{technology}　{filed_on} 备案", place=50)

    technology = CodeField("技术", 10, table="restricted_technology", public=True, printed=True)
    clinical_subject = CodeField("诊疗科目", 10, table="clinical_subject", blank=True)
    leader = SubjectField("技术负责人", of=None, null=True)
    first_case_on = DayField("首例日期", null=True)
    filed_on = DayField("备案日期", public=True)

    class Meta:
        verbose_name = "限制类医疗技术备案"
        db_table = "institutions_technology"
