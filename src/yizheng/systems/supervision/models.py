"""线索: what a rule found about somebody, with all its hits, who looks into it until when, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.rights.visibility import AuthorityQuerySet


class ClueState(models.TextChoices):
    """Where a clue stands."""

    ASSIGNED = "assigned", "待核查"
    VERIFYING = "verifying", "核查中"
    PROPOSED = "proposed", "待第二名监督员确认"
    ORDERED = "ordered", "责令改正，待改正"
    CLOSED = "closed", "已办结"


OPEN = (ClueState.ASSIGNED, ClueState.VERIFYING, ClueState.PROPOSED, ClueState.ORDERED)


class Outcome(models.TextChoices):
    """What verifying found; the last six confirm the rule."""

    UNFOUNDED = "unfounded", "不成立"
    EXPLAINED = "explained", "有正当理由"
    CORRECTED = "corrected", "当场改正"
    ORDERED = "ordered", "责令改正"
    FILED = "filed", "立案"
    POINTS = "points", "记分"
    TRANSFERRED = "transferred", "移送"
    MENDED = "mended", "后一切片已无此情形"


CONFIRMING = frozenset({Outcome.CORRECTED, Outcome.ORDERED, Outcome.FILED, Outcome.POINTS, Outcome.TRANSFERRED})


class Clue(models.Model):
    """One clue; a rule that finds the same again adds to it."""

    rule = models.CharField("规则", max_length=4)
    subject = models.CharField("对象", max_length=64)
    severity = models.CharField("程度", max_length=4)
    first_hit = models.DateField("首次发生")
    last_hit = models.DateField("最近发生")
    hits = models.IntegerField("次数", default=1)
    slices = models.JSONField("切片")
    found_at = models.DateTimeField("发现", auto_now_add=True)
    seen_on = models.DateField("最近一次切片")
    due_on = models.DateField("核查期限")
    state = models.CharField("状态", max_length=10, choices=ClueState, default=ClueState.ASSIGNED)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="核查人"
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="第二名监督员"
    )
    outcome = models.CharField("结果", max_length=12, choices=Outcome, blank=True)
    confirmed = models.BooleanField("属实", null=True)
    authority_scope = models.IntegerField("辖区")

    objects: AuthorityQuerySet[Clue] = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "监管线索"
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "subject"], condition=~Q(state="closed"), name="supervision_clue_open_once"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=models.F("officer")), name="supervision_two_officers"
            ),
        )
        indexes = (models.Index(fields=["authority_scope", "state", "due_on"], name="supervision_clue_due"),)

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}"


class ClueEvent(models.Model):
    """One act on a clue: what was done, by whom, with what evidence."""

    clue = models.ForeignKey(Clue, models.CASCADE, related_name="events", verbose_name="线索")
    act = models.CharField("动作", max_length=20)
    text = models.CharField("说明", max_length=500, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.clue_id} {self.act}"


class Extract(models.Model):
    """One file of service data, exemptions or alliances, as it was taken in."""

    kind = models.CharField("种类", max_length=12)
    name = models.CharField("文件", max_length=200)
    digest = models.CharField("文件摘要", max_length=64)
    rows = models.IntegerField("行数")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("接收", auto_now_add=True)
    withdrawn = models.BooleanField("已撤回", default=False)
    authority_scope = models.IntegerField("辖区")

    objects: AuthorityQuerySet[Extract] = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "业务数据"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class OnlineRecord(models.Model):
    """One thing done over the internet, as the supervising platform passed it on: what checks ask for, of the patient the age."""

    kind = models.CharField("种类", max_length=12)
    number = models.CharField("业务编号", max_length=60)
    institution = models.BigIntegerField("机构")
    served_on = models.DateField("服务日")
    practitioner = models.CharField("医师证书编号", max_length=32, blank=True)
    reviewer = models.CharField("审方药师证书编号", max_length=32, blank=True)
    subject = models.CharField("诊疗科目", max_length=10, blank=True)
    first_visit = models.BooleanField("首诊", null=True)
    drug = models.CharField("管制药品", max_length=12, blank=True)
    age = models.SmallIntegerField("年龄", null=True)
    guardian = models.BooleanField("监护人陪伴", null=True)
    events = models.IntegerField("不良事件数", null=True)
    rating = models.SmallIntegerField("评价", null=True)
    version = models.IntegerField("版本")
    received = models.DateTimeField("收到", auto_now=True)
    authority_scope = models.IntegerField("辖区")

    objects: AuthorityQuerySet[OnlineRecord] = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "互联网诊疗业务数据"
        constraints = (
            models.UniqueConstraint(fields=["institution", "kind", "number"], name="supervision_online_once"),
        )
        indexes = (models.Index(fields=["institution", "kind", "served_on"], name="supervision_online_days"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Draw(models.Model):
    """One double-random draw: the public seed, who and what could be drawn, and what was; anybody can repeat it."""

    seed = models.CharField("公开种子", max_length=100)
    source = models.CharField("种子来源", max_length=200)
    number = models.IntegerField("机构数")
    institutions = models.JSONField("机构名录")
    officers = models.JSONField("监督员名录")
    result = models.JSONField("抽取结果")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField("抽取时间", auto_now_add=True)
    authority_scope = models.IntegerField("辖区")

    objects: AuthorityQuerySet[Draw] = AuthorityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "双随机抽查"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.seed
