"""医院系统: a hospital's own system that sends packages, by its public keys; two persons enter them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject


class Sender(models.Model):
    """The system of one hospital: what it signs with and what is sealed for it."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    institution_scope = models.IntegerField("机构")
    authority_scope = models.IntegerField("辖区")
    name = models.CharField("系统名称", max_length=50)
    signing_key = models.TextField("签名公钥")
    opening_key = models.TextField("加密公钥")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提请人")
    since = models.DateTimeField("登记时间", auto_now=True)

    objects: ScopedQuerySet[Sender] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "医院系统"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def code(self) -> str:
        """What it calls itself when it calls."""
        return f"{CODE}{self.subject_id}"


CODE = "hospital-"
"""What the codes of hospitals' systems begin with; the number of the hospital's subject follows."""
