"""Articles as editors work on them, the versions that two persons agreed to, their files, and the copy that visitors read.

What visitors read stands in a table of its own, written only when a second person agrees: a draft cannot leak through it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from yizheng.disclosure.content.sites import Site, section_title, site_of


class ArticleState(models.TextChoices):
    """Where an article stands; whether a second person is being asked follows from the proposals."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class _Placed(models.Model):
    """Which section of which site, what it says, and from which day to which it is shown."""

    site = models.CharField("网站", max_length=20)
    section = models.CharField("栏目", max_length=20)
    title = models.CharField("标题", max_length=100)
    body = models.TextField("正文", max_length=20_000)
    shown_until = models.DateField("下线日期", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def in_site(self) -> Site | None:
        """The site."""
        return site_of(self.site)

    @property
    def section_title(self) -> str:
        """The section in words."""
        return section_title(self.site, self.section)


class Article(_Placed):
    """What editors write. Published, it may be written on: visitors keep reading the version that was agreed to."""

    state = models.CharField("状态", max_length=10, choices=ArticleState, default=ArticleState.DRAFT)
    shown_from = models.DateField("上线日期", null=True, blank=True)
    revision = models.IntegerField("改动次数", default=0)
    number = models.IntegerField("版本", default=0)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="编辑")
    updated = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "文章"
        ordering = ("-updated", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True)
                | Q(shown_from__isnull=True)
                | Q(shown_until__gte=F("shown_from")),
                name="disclosure_article_days",
            ),
        )


class ArticleFile(models.Model):
    """A file of an article, scanned before it was kept."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="files")
    name = models.CharField("名称", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    media_type = models.CharField("类型", max_length=100)
    size = models.IntegerField("字节")

    class Meta:
        verbose_name = "附件"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["article", "digest"], name="disclosure_article_file_once"),)

    def __str__(self) -> str:
        return self.name

    def kept(self) -> dict[str, Any]:
        """What a version keeps of it."""
        return {"name": self.name, "digest": self.digest, "media_type": self.media_type, "size": self.size}


class ArticleVersion(_Placed):
    """What two persons agreed to. Never changed."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.IntegerField("版本")
    files = models.JSONField("附件", default=list)
    shown_from = models.DateField("上线日期")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提请人")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")
    at = models.DateTimeField("批准时间", auto_now_add=True)

    class Meta:
        verbose_name = "文章版本"
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="disclosure_article_version_once"),
            models.CheckConstraint(condition=~Q(proposer=F("approver")), name="disclosure_article_needs_two_persons"),
        )


class ArticleEvent(models.Model):
    """One act on an article. Never changed."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="events")
    act = models.CharField("动作", max_length=20)
    text = models.CharField("说明", max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.article_id} {self.act}"


class PublicArticleQuerySet(models.QuerySet["PublicArticle"]):
    """Articles visitors read."""

    def shown(self, today: date) -> PublicArticleQuerySet:
        """Those on view on a day, the newest first."""
        until = Q(shown_until__isnull=True) | Q(shown_until__gte=today)
        return self.filter(until, shown_from__lte=today).order_by("-shown_from", "-article")

    def about(self, words: str) -> PublicArticleQuerySet:
        """Those whose title or text has every one of the words."""
        found = self
        for word in words.split()[:5]:
            found = found.filter(Q(title__icontains=word) | Q(body__icontains=word))
        return found


class PublicArticle(_Placed):
    """The agreed version of an article, for visitors."""

    article = models.BigIntegerField(primary_key=True)
    number = models.IntegerField("版本")
    files = models.JSONField("附件", default=list)
    shown_from = models.DateField("上线日期")

    objects = PublicArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "公开文章"
        indexes = (models.Index(fields=["site", "section", "-shown_from"], name="disclosure_article_shown"),)
