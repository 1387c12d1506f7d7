"""Who a doctor is, apart from any number: name, sex, birth date, ethnic group, nationality, photo.

Numbers live in the vault. The birth date is kept because age decides capacity (民法典 第十八条) and tells namesakes apart.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState

LINE = "identity"
"""The line of the identity: a person has one."""


class PersonIdentity(VisibleState):
    """The identity over a period; a change of name is a further version."""

    founds_subject = True

    name = models.CharField("姓名", max_length=100)
    sex = models.CharField("性别", max_length=1)
    birth_date = models.DateField("出生日期")
    ethnic_group = models.CharField("民族", max_length=2, blank=True)
    nationality = models.CharField("国籍", max_length=3, default="156")
    photo = models.CharField("照片摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = "人员身份"
        db_table = "practitioners_identity"
        indexes = [models.Index(fields=["name"], name="practitioners_identity_name")]
