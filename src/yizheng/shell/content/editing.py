"""One article: its text beside what visitors would read, its files, versions and acts; and the acts themselves."""

from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.disclosure.content import editing
from yizheng.disclosure.content.drafting import drafters
from yizheng.disclosure.content.editing import NotPossible, Written
from yizheng.disclosure.content.models import Article, ArticleVersion, PublicArticle
from yizheng.disclosure.content.scanning import faults_of_text, kind_in_words
from yizheng.disclosure.content.sites import sites
from yizheng.disclosure.content.writing import blocks
from yizheng.documents.attachments import RefusedFile, size_of, store
from yizheng.documents.pages.serving import served
from yizheng.licensing.fields import day
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.shell.content.listing import editors_only, state_in_words, with_waiting
from yizheng.shell.desk.access import signed_in
from yizheng.work.approval import ApprovalRefused, Shown, declare_preview, may_decide
from yizheng.work.models import Approval, ApprovalState

HOW = "空一行分段；“## ”开头的是小标题，“- ”开头的是列表，“| ”隔开的是表格，第一行是表头"


class ArticleForm(forms.Form):
    """What an editor types."""

    place = forms.ChoiceField(label="栏目")
    title = forms.CharField(label="标题", max_length=100)
    body = forms.CharField(label="正文", max_length=20_000, help_text=HOW, widget=forms.Textarea({"rows": "18"}))
    shown_from = day("上线日期", required=False, hint="不填：批准当日")
    shown_until = day("下线日期", required=False, hint="当日仍公开；不填：不下线")

    def __init__(self, data: Mapping[str, Any] | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        listed = [
            (site.title, [(f"{site.code}:{code}", title) for code, title in site.sections.items()]) for site in sites()
        ]
        self.fields["place"].choices = [("", "请选择"), *listed]  # type: ignore[attr-defined]

    def written(self) -> Written:
        """The values of a valid form."""
        said = dict(self.cleaned_data)
        site, _, section = said.pop("place").partition(":")
        return Written(site, section, **{**said, "body": said["body"].replace("\r\n", "\n")})


def _initial(article: Article) -> dict[str, Any]:
    names = ("title", "body", "shown_from", "shown_until")
    return {"place": f"{article.site}:{article.section}", **{name: getattr(article, name) for name in names}}


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def new(request: HttpRequest) -> HttpResponseBase:
    """Begin an article, from nothing or from what a system drafts."""
    account = signed_in(request)
    drafter = next((each for each in drafters() if each.code == request.GET.get("from")), None)
    initial = None
    if drafter is not None and request.method != "POST":
        draft = drafter.draft()
        initial = {"place": f"{drafter.site}:{drafter.section}", "title": draft.title, "body": draft.body}
    form = ArticleForm(request.POST if request.method == "POST" else None, initial)
    if request.method == "POST" and form.is_valid():
        try:
            article = editing.begin(account, form.written())
        except NotPossible as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存为草稿")
            return redirect("content:article", pk=article.pk)
    context = {"form": form, "drafters": drafters(), "chosen": drafter}
    return render(request, "content/new.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@editors_only
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article."""
    return _page(request, signed_in(request), _article(pk))


@require_POST
@editors_only
def act(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Save, attach, detach, propose, withdraw."""
    account, found, typed = signed_in(request), _article(pk), request.POST
    form = ArticleForm(typed if typed.get("verb") == "save" else None, _initial(found))
    try:
        match typed.get("verb", ""):
            case "save":
                if not form.is_valid():
                    return _page(request, account, found, form=form, status=422)
                editing.save(found, account, form.written(), _number(typed.get("revision", "")))
                messages.success(request, "已保存；公开的仍是上一版" if found.number else "已保存")
            case "attach":
                file = request.FILES.get("file")
                if file is None:
                    raise NotPossible("请选择文件")
                editing.attach(found, account, cast("BinaryIO", file), file.name or "")
                messages.success(request, "已附上，没有发现个人号码和宏")
            case "detach":
                editing.detach(found, account, _number(typed.get("file", "")))
                messages.success(request, "已删去附件")
            case "propose":
                editing.propose(found, account, typed.get("reason", ""))
                messages.success(request, "已提请发布，等另一位编辑批准")
            case "withdraw":
                editing.withdraw(found, account, typed.get("reason", ""))
                messages.success(request, "已撤下")
            case _:
                raise Http404("没有这种办理")
    except (NotPossible, ApprovalRefused, RefusedFile) as refused:
        return _page(request, account, _article(pk), form=form, problem=str(refused), status=422)
    return redirect("content:article", pk=pk)


@require_safe
@editors_only
def file(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """A file of the draft."""
    kept = _article(pk).files.filter(pk=file_id).first()
    if kept is None:
        raise Http404("没有这个附件")
    return served(request, store().read(kept.digest), kept.media_type, kept.name)


@require_safe
@editors_only
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was agreed to once."""
    found = ArticleVersion.objects.select_related("proposer", "approver").filter(article=pk, number=number).first()
    if found is None:
        raise Http404("没有这一版")
    return render(request, "content/version.html", {"version": found, "blocks": blocks(found.body)})


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def _article(pk: int) -> Any:
    found = with_waiting(Article.objects.select_related("editor")).filter(pk=pk).first() if pk < 2**62 else None
    if found is None:
        raise Http404("没有这篇文章")
    return found


def _page(
    request: HttpRequest, account: Account, found: Any, *, form: ArticleForm | None = None, problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    waiting = editing.waiting_for(found) if found.is_waiting else None
    rejected = Approval.objects.filter(kind=editing.KIND, object_ref=editing.reference(found)).order_by("-pk").first()
    context: dict[str, Any] = {
        "article": found,
        "state": state_in_words(found),
        "public": PublicArticle.objects.filter(article=found.pk).first(),
        "waiting": waiting,
        "approves": waiting is not None and may_decide(held_by(account), waiting),
        "rejected": rejected if rejected is not None and rejected.state == ApprovalState.REJECTED else None,
        "form": form or ArticleForm(None, _initial(found)),
        "faults": faults_of_text(found.title, found.body),
        "blocks": blocks(found.body),
        "files": [(each, kind_in_words(each.media_type), size_of(each.size)) for each in found.files.all()],
        "versions": found.versions.select_related("proposer", "approver"),
        "events": found.events.select_related("account")[:30],
        "problem": problem,
    }
    return render(request, "content/article.html", context, status=status)


def _preview(asked: Approval, account: Account) -> Shown:
    """What the second person signs: the text as visitors would read it."""
    found = Article.objects.filter(pk=asked.payload["article"]).first()
    if found is None:
        return Shown()
    files = [each.name for each in found.files.all()]
    shown = {"article": found, "blocks": list(blocks(found.body)), "files": files}
    return Shown("content/preview.html", shown, f"/content/{found.pk}/")


declare_preview(editing.KIND, _preview)
