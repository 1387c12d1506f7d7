"""The watch list of an institution or an authority (关注名单): of whose registration it wants to be told when it changes."""

from typing import ClassVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet


class WatchQuerySet(ScopedQuerySet["Watch"]):
    """A watch list is its owner's alone: the person watched sees in her record who looked, not who waits."""

    scope_columns: ClassVar[tuple[str, ...]] = ("watcher_scope",)
    subject_column: ClassVar[str | None] = None
    opened_by_access: ClassVar[bool] = False


class Watch(models.Model):
    """One person watched by one institution or authority, and what was told of her last."""

    register = models.CharField("登记簿", max_length=20)
    watcher_scope = models.IntegerField("关注的机构或机关")
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="人员")
    name = models.CharField("姓名", max_length=100)
    note = models.CharField("备注", max_length=100, blank=True)
    told = models.CharField("已告知的状态", max_length=200, blank=True)
    added_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    added_at = models.DateTimeField("加入时间", auto_now_add=True)
    changed_at = models.DateTimeField("最近变化", null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = "关注"
        db_table = "practitioners_watch"
        constraints = [
            models.UniqueConstraint(fields=["register", "watcher_scope", "subject"], name="practitioners_watch_once")
        ]

    def __str__(self) -> str:
        return f"{self.watcher_scope} {self.name}"
