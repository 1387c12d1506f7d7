"""执业地点: the places where an institution practises, each with its own beds and subjects (院区).

The licence says the sum; the place that it names as its address is the first.
"""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, CodesField, CountField, NumberField, TextField
from yizheng.systems.institutions.register import INSTITUTIONS


def line(number: int) -> str:
    """The line of the n-th place."""
    return f"place:{number}"


class PracticePlace(VisibleState):
    """One place of practice over a period."""

    register = INSTITUTIONS
    label = "执业地点 {title}"
    order, weight, drawn = 4, 25, OUTLINED
    told = Told(
        "{address}", begins="登记执业地点：{address}", changes="变更执业地点：{address}", ends="撤销执业地点：{address}"
    )
    entry = Entry("执业地点 {title}", "{address}　床位 {beds} 张　{subjects}", place=30)

    title = TextField("院区", 60, public=True, printed=True)
    district = CodeField("所在区", 6, table="district", public=True)
    address = TextField("地址", 200, public=True, printed=True)
    postcode = NumberField("邮政编码", 6, blank=True)
    beds = CountField("床位", default=0, unit="张", public=True, printed=True)
    dental_chairs = CountField("牙椅", default=0, unit="张", public=True)
    observation_beds = CountField("观察床", default=0, unit="张")
    subjects = CodesField("诊疗科目", 10, table="clinical_subject", default=list, public=True, printed=True)

    class Meta:
        verbose_name = "医疗机构执业地点"
        db_table = "institutions_place"
