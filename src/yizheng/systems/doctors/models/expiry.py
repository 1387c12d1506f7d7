"""The end of something that ended by itself (到期终止): recorded on the day, with what it was and which clock ran out."""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent


class Expiry(VisibleEvent):
    """A filing, a special qualification or a certificate reached its last day the day before."""

    clock = models.CharField("期限", max_length=20)
    ended_line = models.CharField("终止的登记项", max_length=80)
    what = models.CharField("终止的内容", max_length=200)

    class Meta:
        verbose_name = "到期终止"
        db_table = "doctors_expiry"


def line(ended_line: str) -> str:
    """The line of the ends of one line."""
    return f"expiry:{ended_line}"
