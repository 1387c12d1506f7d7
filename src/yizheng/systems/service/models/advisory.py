"""Advisories about packages the platform is built from, imported from a file in the form of osv.dev."""

from __future__ import annotations

from django.db import models


class Advisory(models.Model):
    """One package that an advisory names, with the versions it concerns. A later import replaces what the earlier said."""

    code = models.CharField("编号", max_length=40)
    package = models.CharField("软件包", max_length=100)
    severity = models.CharField("等级", max_length=2)
    title = models.CharField("摘要", max_length=200)
    ranges = models.JSONField("受影响版本")
    """Pairs of the first version concerned and the first that is mended; an empty one is open."""
    modified = models.DateTimeField("发布方修改时间")
    imported = models.DateTimeField("导入时间", auto_now=True)

    class Meta:
        verbose_name = "安全通告"
        ordering = ("code", "package")
        constraints = [models.UniqueConstraint(fields=["code", "package"], name="service_advisory_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.package}"
