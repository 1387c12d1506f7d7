"""A doctor's qualification (医师资格, 医师法 第十二条): it has no end, and one person may hold several.

The certificate number contains the identity number, so it lives in the vault; the line counts a person's
qualifications (``qualification:1``).
"""

from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import PLAIN, Entry, Told
from yizheng.registry.fields import CodeField, DayField, TextField
from yizheng.systems.doctors.register import DOCTORS


class Qualification(VisibleState):
    """One qualification from the day it was given."""

    register = DOCTORS
    label = "医师资格 {level}"
    order, weight, drawn = 0, 40, PLAIN
    told = Told("{category}　{qualified_on} 取得", past="取得{level}资格（{category}）")
    entry = Entry("医师资格", "{level}　{category}　{qualified_on} 取得", none="无", place=2)

    level = CodeField("级别", 1, table="practice_level", printed=True)
    category = CodeField("类别", 20, table="practice_category", printed=True)
    qualified_on = DayField("签发日期", printed=True)
    issuer = TextField("发证机关", 100, printed=True)
    way = CodeField("取得方式", 20, table="acquisition_way", default="exam")
    holder_name = TextField("证书姓名", 100, personal=True, printed=True)
    holder_sex = CodeField("证书性别", 1, table="gender", blank=True, personal=True, printed=True)
    holder_birth_date = DayField("证书出生日期", null=True, personal=True, printed=True)
    holder_education = CodeField("证书学历", 2, table="education_level", blank=True, personal=True, printed=True)
    holder_school = TextField("证书毕业学校", 100, blank=True, personal=True, printed=True)
    holder_major = TextField("证书专业", 100, blank=True, personal=True, printed=True)
    assessed_scope = TextField("考核的技术方法和病证", 500, blank=True)

    class Meta:
        verbose_name = "医师资格"
        db_table = "doctors_qualification"


def line(index: int) -> str:
    """The line of a person's n-th qualification."""
    return f"qualification:{index}"
