"""期限: what fires by the clock about a person, and when; computed from the register every night and after each decision.

No fact but a calendar made from facts: a row that its facts no longer support is removed while it has not fired. What was
warned of and what fired stays noted on the row, so that nothing is told or proposed twice.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import NEUTRAL, Told
from yizheng.registry.fields import TextField


class DeadlineQuerySet(ScopedQuerySet["Deadline"]):
    """Deadlines belong to the authority and to the person; who was opened her record sees them too."""

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope",)

    def pending(self) -> DeadlineQuerySet:
        """Those that have not fired."""
        return self.filter(fired_on=None)


class Deadline(models.Model):
    """One clock of one line, with the day on which it fires."""

    clock = models.CharField("期限", max_length=40)
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", db_index=False)
    line = models.CharField("登记项", max_length=80)
    fires_on = models.DateField("到期日")
    authority_scope = models.IntegerField("主管辖区")
    institution_id = models.BigIntegerField("机构", null=True)
    about = models.CharField("内容代码", max_length=40, blank=True)
    cause = models.BigIntegerField("引起它的登记变更")
    warned_on = models.DateField("提醒日期", null=True)
    fired_on = models.DateField("处理日期", null=True)
    outcome = models.CharField("处理结果", max_length=100, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "期限"
        db_table = "licensing_deadline"
        constraints = [
            models.UniqueConstraint(fields=["subject", "clock", "line", "fires_on"], name="licensing_deadline_once")
        ]
        indexes = [
            models.Index(
                fields=["authority_scope", "clock", "fires_on", "id"],
                name="licensing_deadline_coming",
                condition=models.Q(fired_on=None),
            ),
            models.Index(
                fields=["clock", "fires_on"], name="licensing_deadline_due", condition=models.Q(fired_on=None)
            ),
            models.Index(
                fields=["institution_id", "fires_on"],
                name="licensing_deadline_staff",
                condition=models.Q(fired_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.line} {self.fires_on}"


class Expiry(VisibleEvent):
    """到期终止: a filing, a special qualification or a certificate reached its last day the day before, by which clock."""

    order, weight, drawn = 10, 160, NEUTRAL
    told = Told("{what}", begins="{line}{says}")
    entry = None

    clock = TextField("期限", 40)
    ended_line = TextField("终止的登记项", 80)
    what = TextField("终止的内容", 200)

    class Meta:
        verbose_name = "到期终止"
        db_table = "licensing_expiry"
