"""登记页: one subject of a register on any day, as known now or as known then; what changed, when, by whom, and what it altered."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import Role
from yizheng.people.permissions import may, roles_of
from yizheng.people.rights.roles import Power
from yizheng.registry.wording.words import Words
from yizheng.shell import revealing
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.problem_data.merged import merged_under
from yizheng.shell.problem_data.reporting import report_link
from yizheng.shell.record import changes
from yizheng.shell.record.beside import cases_under_way, certificates
from yizheng.shell.record.drawing import drawing
from yizheng.shell.record.entries import naming, sections, since_then
from yizheng.shell.record.head import elsewhere, head
from yizheng.shell.record.moment import moment_of
from yizheng.shell.record.names import names_for
from yizheng.shell.record.pages import page_of, record_for
from yizheng.shell.rollback import rollback

MOST_CHANGES = 40


@require_safe
@office_only
def record(request: HttpRequest, subject_id: int, register: str) -> HttpResponse:
    """The whole record of one subject."""
    account, page = signed_in(request), page_of(register)
    found = record_for(account, page, subject_id)
    moment = moment_of(request)
    words = Words(names_for(found.versions))
    steps = found.steps()
    away = elsewhere(page, found, moment.day, moment.position)
    chosen = changes.chosen_step(steps, request.GET.get("change", ""))
    address = f"?day={moment.day}&known={moment.known}&" if moment.is_past else "?"
    today = found.on(moment.day, moment.position)
    context = {
        "page": page,
        "address": page.address(subject_id),
        "search_url": page.within(page.search),
        "links": [*page.links(account, subject_id), *report_link(account, page, subject_id)],
        "merged": merged_under(page, subject_id),
        "head": head(account, page, found, moment.today),
        "moment": moment,
        "drawing": drawing(found.known(moment.position), words, day=moment.day, today=moment.today),
        "sections": sections(today, words, page.register, moment.day, partly=bool(away)),
        "elsewhere": away,
        "since_then": since_then(found, moment),
        "changes": changes.listed(account, steps[:MOST_CHANGES], words, address=address),
        "change_count": len(steps),
        "older": max(0, len(steps) - MOST_CHANGES),
        "chosen": changes.chosen(account, page, subject_id, chosen, words),
        "certificates": certificates(account, subject_id),
        "cases": cases_under_way(account, subject_id),
        "acts_url": f"{reverse('desk:initiate')}?subject={subject_id}" if Role.REVIEWER in roles_of(account) else "",
    }
    return render(request, "shell/record.html", context)


@office_only
def reveal(request: HttpRequest, subject_id: int, kind: str, register: str) -> HttpResponse:
    """查看: ask the reason, then answer with an identifier in full; recorded, and the person can see who looked."""
    account, page = signed_in(request), page_of(register)
    found = record_for(account, page, subject_id)
    if kind not in set(IdentifierKind):
        raise Http404("没有这一项")
    if not may(account, Power.UNMASK):
        raise PermissionDenied("查看完整证件号码须有受理、审核、决定或者监督检查的授权")
    wanted = IdentifierKind(kind)
    if not vault.masked(subject_id, wanted):
        raise Http404("没有这一项")
    who = naming(found.versions)
    name = Words(names_for([])).names.own(who) if who else f"该{page.who}"
    return revealing.answer(
        request,
        what=wanted.label,
        whose=f"{name}　{page.title}",
        value=lambda reason: vault.reveal(subject_id, wanted, account, f"{page.title}：{reason}"),
    )


def addresses(register: str, prefix: str) -> list[URLPattern]:
    """The addresses of the subjects of a register, to be listed in the namespace that its page declares."""
    of = {"register": register}
    return [
        path(f"{prefix}/<int:subject_id>/", record, of, name=register),
        path(f"{prefix}/<int:subject_id>/reveal/<str:kind>/", reveal, of, name="reveal"),
        path(f"{prefix}/<int:subject_id>/changes/<int:change_id>/rollback/", rollback, of, name="rollback"),
    ]
