"""文章: what stands on the public sites and what is being written, the newest first."""

from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from yizheng.disclosure.content.editing import KIND
from yizheng.disclosure.content.models import Article, ArticleState
from yizheng.disclosure.content.sites import sites
from yizheng.people.kinds import Role
from yizheng.people.tables import Asked, Choice, Column, Link, State, Table, Text
from yizheng.shell.access import for_roles
from yizheng.work.models import Approval

EDITORS = frozenset({Role.EDITOR})
editors_only = for_roles(EDITORS)
WAITING = "待批准"
"""The state word while a second person is asked."""


def state_in_words(article: Any) -> str:
    """Where it stands, for an editor: also that what visitors read differs from the draft."""
    if article.is_waiting:
        return WAITING
    if article.state == ArticleState.DRAFT and article.number:
        return "有改动"
    return str(article.get_state_display())


def with_waiting(found: QuerySet[Article]) -> QuerySet[Article]:
    """Articles, each told whether a second person is asked."""
    reference = Concat(Value("article:"), Cast(OuterRef("pk"), CharField()))
    return found.annotate(is_waiting=Exists(Approval.objects.waiting().filter(kind=KIND, object_ref=reference)))


def _articles(asked: Asked) -> QuerySet[Article]:
    found = with_waiting(Article.objects.select_related("editor"))
    return found.filter(title__icontains=asked["q"]) if asked["q"] else found


ARTICLES = Table(
    "articles",
    "网站文章",
    _articles,
    (
        Column("标题", "title", 40, css="name", link=lambda each: reverse("content:article", args=[each.pk])),
        Column("网站", lambda each: each.in_site.title if each.in_site else each.site, 16),
        Column("栏目", "section_title", 12),
        State("状态", state_in_words, 10),
        Column("版本", lambda each: f"第 {each.number} 版" if each.number else "", 8, nothing="还没有发布"),
        Column("上线", "shown_from", 12, nothing="批准当日"),
        Column("下线", "shown_until", 12, nothing="不下线"),
        Column("编辑", "editor.display_name", 12),
        Column("更新", "updated", 16, css="dense"),
    ),
    guard=editors_only,
    filters=(
        Text("标题"),
        Choice("网站", "site", options=lambda: [(each.code, each.title) for each in sites()], by="site"),
        Choice("状态", "state", options=ArticleState.choices, by="state"),
    ),
    order=("-updated", "-pk"),
    says="一人起草，另一人批准后公开；撤下即时生效",
    tally="篇，新改的在前",
    empty="还没有文章。",
    links=lambda asked: [Link("新文章", reverse("content:new"), "plus", primary=True)],
)
"""Every article."""
