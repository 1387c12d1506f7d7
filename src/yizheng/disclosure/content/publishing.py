"""A second person agrees: the draft becomes a version that never changes, and the copy that visitors read."""

from django.utils import timezone

from yizheng.disclosure.content.editing import KIND
from yizheng.disclosure.content.models import Article, ArticleEvent, ArticleState, ArticleVersion, PublicArticle
from yizheng.people.kinds import Role
from yizheng.people.permissions import Held
from yizheng.work import approval, inbox
from yizheng.work.models import Approval


def _may_decide(held: Held, asked: Approval) -> bool:
    return held.has(Role.EDITOR)


def _carry_out(asked: Approval) -> None:
    article = Article.objects.select_for_update().get(pk=asked.payload["article"])
    if article.revision != asked.payload["revision"] or asked.decider is None:
        raise approval.ApprovalRefused("提请以后内容又有改动，请驳回，由编辑重新提请")
    article.number += 1
    article.state = ArticleState.PUBLISHED
    article.save(update_fields=["number", "state"])
    said = {
        "site": article.site, "section": article.section, "title": article.title, "body": article.body,
        "number": article.number, "files": [each.kept() for each in article.files.all()],
        "shown_from": article.shown_from or timezone.localdate(), "shown_until": article.shown_until,
    }  # fmt: skip
    ArticleVersion.objects.create(article=article, proposer=asked.proposer, approver=asked.decider, **said)
    PublicArticle.objects.update_or_create(article=article.pk, defaults=said)
    ArticleEvent.objects.create(article=article, account=asked.decider, act="批准发布", text=f"第 {article.number} 版")
    inbox.send(to=asked.proposer, title=f"已批准发布：{article.title}", kind="approval", link=f"/content/{article.pk}/")


approval.ApprovalKind(KIND, title="发布文章", may_decide=_may_decide, carry_out=_carry_out)
