"""What editors do with an article: begin, write, attach, ask a second person, withdraw. Each act is recorded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from yizheng.disclosure.content.models import Article, ArticleEvent, ArticleFile, ArticleState, PublicArticle
from yizheng.disclosure.content.scanning import MAX_BYTES, faults_of_text, scanned
from yizheng.disclosure.content.sites import site_of
from yizheng.documents.attachments import store_bytes
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scopes import city
from yizheng.work import approval, inbox
from yizheng.work.models import Approval

KIND = "content.publish"
MOST_FILES = 20


class NotPossible(Exception):
    """The act cannot be; the words say why."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an editor typed."""

    site: str
    section: str
    title: str
    body: str
    shown_from: date | None = None
    shown_until: date | None = None


def reference(article: Article) -> str:
    """What proposals and the audit trail call it."""
    return f"article:{article.pk}"


def waiting_for(article: Article) -> Approval | None:
    """The proposal a second person has not decided yet."""
    found = Approval.objects.waiting().filter(kind=KIND, object_ref=reference(article))
    return found.select_related("proposer").first()


@transaction.atomic
def begin(account: Account, written: Written) -> Article:
    """A new draft. Raises NotPossible."""
    _checked(account, written)
    article = Article.objects.create(**asdict(written), editor=account)
    _record(article, account, "起草", "")
    return article


@transaction.atomic
def save(article: Article, account: Account, written: Written, revision: int) -> None:
    """Write on it; visitors see nothing of that yet. Raises NotPossible, also when somebody else wrote meanwhile."""
    _checked(account, written)
    _not_waiting(article)
    _touched(article, account, revision=revision, **asdict(written))
    _record(article, account, "修改", "")


@transaction.atomic
def attach(article: Article, account: Account, file: BinaryIO, name: str) -> ArticleFile:
    """Add a file after it was scanned. Raises NotPossible, RefusedFile."""
    _editor(account)
    _not_waiting(article)
    if article.files.count() >= MOST_FILES:
        raise NotPossible(f"一篇文章最多 {MOST_FILES} 个附件")
    content = file.read(MAX_BYTES + 1)
    media_type = scanned(content, name)
    try:
        with transaction.atomic():
            kept = ArticleFile.objects.create(
                article=article, name=name[-200:], digest=store_bytes(content), media_type=media_type, size=len(content)
            )
    except IntegrityError:
        raise NotPossible("同样的文件已经附上") from None
    _touched(article, account)
    _record(article, account, "添加附件", name[:300])
    return kept


@transaction.atomic
def detach(article: Article, account: Account, pk: int) -> None:
    """Take a file out of the draft; versions keep theirs. Raises NotPossible."""
    _editor(account)
    _not_waiting(article)
    found = article.files.filter(pk=pk).first()
    if found is None:
        raise NotPossible("没有这个附件，请刷新后再看")
    found.delete()
    _touched(article, account)
    _record(article, account, "删去附件", found.name)


@transaction.atomic
def propose(article: Article, account: Account, reason: str) -> Approval:
    """Ask a second person to publish it as it stands. Raises NotPossible, ApprovalRefused."""
    _editor(account)
    if article.state == ArticleState.PUBLISHED:
        raise NotPossible("发布以后没有改动，不必再提请")
    faults = faults_of_text(article.title, article.body)
    if faults:
        raise NotPossible("；".join(faults) + "。公开的文章不写个人号码，请删去。")
    if article.shown_until and article.shown_until < timezone.localdate():
        raise NotPossible("下线日期已经过去")
    said = {"title": article.title, "article": article.pk, "revision": article.revision}
    made = approval.propose(KIND, reference(article), account, said, reason)
    _record(article, account, "提请发布", reason[:300])
    inbox.send(
        title=f"待批准发布：{article.title}",
        kind="approval",
        role=Role.EDITOR,
        scope=city(),
        link=f"/work/approvals/{made.pk}/",
    )
    return made


@transaction.atomic
def withdraw(article: Article, account: Account, reason: str) -> None:
    """Take it off the site at once; one person may, since what should not be read must not wait. Raises NotPossible."""
    _editor(account)
    if not reason.strip():
        raise NotPossible("请写明撤下的理由")
    removed, _ = PublicArticle.objects.filter(article=article.pk).delete()
    if not removed:
        raise NotPossible("这篇文章没有公开")
    Article.objects.filter(pk=article.pk).update(state=ArticleState.WITHDRAWN)
    _record(article, account, "撤下", reason.strip()[:300])


def _editor(account: Account) -> None:
    if Role.EDITOR not in roles_of(account):
        raise NotPossible("文章由网站编辑办理")


def _checked(account: Account, written: Written) -> None:
    _editor(account)
    site = site_of(written.site)
    if site is None or written.section not in site.sections:
        raise NotPossible("请选择网站和栏目")
    if not written.title.strip() or not written.body.strip():
        raise NotPossible("请填写标题和正文")
    if written.shown_from and written.shown_until and written.shown_until < written.shown_from:
        raise NotPossible("下线日期不早于上线日期")


def _not_waiting(article: Article) -> None:
    if waiting_for(article) is not None:
        raise NotPossible("正在等另一人批准，驳回以后才能改")


def _touched(article: Article, account: Account, revision: int | None = None, **values: object) -> None:
    """Write to the draft, if it still is what the editor saw."""
    mine = Article.objects.filter(pk=article.pk)
    mine = mine if revision is None else mine.filter(revision=revision)
    state = ArticleState.DRAFT
    if mine.update(**values, state=state, editor=account, revision=F("revision") + 1, updated=timezone.now()) != 1:
        raise NotPossible("别人刚刚改过这篇文章，请刷新后再改；您写的内容还在本页")
    article.refresh_from_db()


def _record(article: Article, account: Account, act: str, text: str) -> None:
    ArticleEvent.objects.create(article=article, account=account, act=act, text=text)
    audit.record(account, "content.act", reference(article), {"act": act})
