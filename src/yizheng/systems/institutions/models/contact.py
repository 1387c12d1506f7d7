"""未登记信息: what an institution says of itself without registration: how to reach it, when it is open (信息修改).

No fact of the register: nobody decides about it, and the licence does not print it. Every version stays.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet


class ContactQuerySet(ScopedQuerySet["InstitutionContact"]):
    """Seen by the authority and by the institution."""

    opened_by_access: ClassVar[bool] = False


class InstitutionContact(models.Model):
    """One version of it; the newest counts."""

    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="机构")
    authority_scope = models.IntegerField("登记机关")
    phone = models.CharField("咨询电话", max_length=60, blank=True)
    hours = models.CharField("开诊时间", max_length=200, blank=True)
    website = models.CharField("网址", max_length=200, blank=True)
    transport = models.CharField("交通", max_length=200, blank=True)
    introduction = models.TextField("简介", max_length=1000, blank=True)
    changed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("修改时间", auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "机构未登记信息"
        db_table = "institutions_contact"
        indexes = [models.Index(fields=["subject", "-id"], name="institutions_contact_newest")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.changed_at:%Y-%m-%d}"
