"""存为视图: filters of the worklist kept under a name; one may be what the worklist opens on."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yizheng.licensing.models import SavedView
from yizheng.people.models import Account
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.worklist_cases import FILTERS

MOST = 12
MOST_NAME = 20


def opening_query(account: Account) -> str:
    """The query the worklist opens on; empty where the account chose none."""
    opens = SavedView.objects.visible_to(account).filter(opens=True)
    return opens.values_list("query", flat=True).first() or ""


@require_safe
@office_only
def manage(request: HttpRequest) -> HttpResponseBase:
    """The account's views, to rename, to open on, to delete."""
    views = SavedView.objects.visible_to(signed_in(request))
    return render(request, "desk/views.html", {"views": views, "most": MOST})


@require_POST
@office_only
def save(request: HttpRequest) -> HttpResponseBase:
    """Keep the filters under a name; the same name again is replaced."""
    account, name = signed_in(request), request.POST.get("name", "").strip()[:MOST_NAME]
    query = _kept(request.POST.get("query", ""))
    mine = SavedView.objects.visible_to(account)
    if not name:
        messages.error(request, "请给视图起一个名字")
    elif mine.exclude(name=name).count() >= MOST:
        messages.error(request, f"最多保存 {MOST} 个视图，请先删除不用的")
    else:
        SavedView.objects.visible_to(account).update_or_create(account=account, name=name, defaults={"query": query})
        messages.success(request, f"已存为视图“{name}”")
    return redirect(f"{reverse('desk:worklist')}?{query}")


@require_POST
@office_only
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Rename, open on, or delete one of the account's views."""
    account = signed_in(request)
    view = SavedView.objects.visible_to(account).filter(pk=pk).first()
    if view is None:
        raise Http404("没有这个视图")
    act = request.POST.get("act")
    if act == "delete":
        view.delete()
    elif act == "open":
        _open_on(account, view)
    elif name := request.POST.get("name", "").strip()[:MOST_NAME]:
        _rename(request, view, name)
    return redirect("desk:views")


def _open_on(account: Account, view: SavedView) -> None:
    """The worklist opens on this view, or no longer does."""
    opens = not view.opens
    mine = SavedView.objects.visible_to(account)
    mine.update(opens=False)
    mine.filter(pk=view.pk).update(opens=opens)


def _rename(request: HttpRequest, view: SavedView, name: str) -> None:
    try:
        with transaction.atomic():
            SavedView.objects.visible_to(signed_in(request)).filter(pk=view.pk).update(name=name)
    except IntegrityError:
        messages.error(request, f"已有名为“{name}”的视图")


def _kept(text: str) -> str:
    """Of a query what a view keeps: the view it narrows and its filters."""
    given = QueryDict(text)
    kept = QueryDict(mutable=True)
    for name in ("view", *FILTERS):
        if value := given.get(name, "")[:60]:
            kept[name] = value
    return kept.urlencode()
