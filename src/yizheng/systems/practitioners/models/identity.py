"""Who a doctor is, apart from any number: name, sex, birth date, ethnic group, nationality, photo.

Numbers live in the vault. The birth date is kept because age decides capacity (民法典 第十八条) and tells namesakes apart.
"""

from django.db import models

from yizheng.kernel.codes import name_of
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import NOT_DRAWN, Naming, Told
from yizheng.registry.fields import CodeField, DayField, TextField

LINE = "identity"
"""The line of the identity: a person has one."""


def sex_word(code: str) -> str:
    """男, 女, or the table's own word for what is not known."""
    return {"1": "男", "2": "女"}.get(code, name_of("gender", code))


class PersonIdentity(VisibleState):
    """The identity over a period; a change of name is a further version."""

    naming = Naming(
        "name",
        beside="{sex_word}",
        hint="{sex_word}　{birth_date:%Y}年出生",
        own=(("姓名", "{name}"), ("性别", "{sex_word}"), ("出生日期", "{birth_date}")),
    )
    order, weight, drawn = 90, 900, NOT_DRAWN
    told = Told("{name}")
    entry = None

    founds_subject = True

    name = TextField("姓名", 100, public=True, personal=True, printed=True)
    sex = CodeField("性别", 1, table="gender", public=True, personal=True, printed=True)
    birth_date = DayField("出生日期", personal=True)
    ethnic_group = CodeField("民族", 2, table="ethnic_group", blank=True, personal=True)
    nationality = CodeField("国籍", 3, table="nationality", default="156", personal=True)
    photo = TextField("照片摘要", 64, said=lambda digest: f"照片 {digest[:8]}", blank=True, personal=True, printed=True)

    class Meta:
        verbose_name = "人员身份"
        db_table = "practitioners_identity"
        indexes = [models.Index(fields=["name"], name="practitioners_identity_name")]

    @property
    def sex_word(self) -> str:
        """男 or 女."""
        return sex_word(self.sex)
