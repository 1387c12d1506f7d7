"""查看: a doctor's identifier in full, for accounts with that power; recorded, and the person can see who looked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.permissions import may
from yizheng.people.roles import Power
from yizheng.shell import revealing
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.doctors.pages.access import record_for
from yizheng.systems.doctors.pages.entries_of_day import identity


@office_only
def reveal(request: HttpRequest, subject_id: int, kind: str) -> HttpResponse:
    """Ask the reason, then answer with the identifier."""
    account = signed_in(request)
    record = record_for(account, subject_id)
    if kind not in set(IdentifierKind):
        raise Http404("没有这一项")
    if not may(account, Power.UNMASK):
        raise PermissionDenied("查看完整证件号码须有受理、审核、决定或者监督检查的授权")
    wanted = IdentifierKind(kind)
    if not vault.masked(subject_id, wanted):
        raise Http404("没有这一项")
    who = identity(record.versions)
    return revealing.answer(
        request,
        what=wanted.label,
        whose=f"{who.name if who else '该医师'}　医师登记",
        value=lambda reason: vault.reveal(subject_id, wanted, account, f"医师登记：{reason}"),
    )
