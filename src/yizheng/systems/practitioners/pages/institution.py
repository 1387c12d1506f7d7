"""Which institution a page of its staff is about: the operator's own, or the one a clerk names."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import scopes_of
from yizheng.shell.desk.access import signed_in
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.registered import PeopleRegister, people_register


@dataclass(frozen=True, slots=True)
class StaffPage:
    """An institution and a register of people, as the pages about its staff need them."""

    people: PeopleRegister

    account: Account
    subject: int
    name: str
    own: bool
    """Whether the reader works for it."""


def staff_page(request: HttpRequest, register: str) -> StaffPage | None:
    """The institution of the page, if the account may see it; nothing where none was named and none is one's own."""
    account = signed_in(request)
    wanted = request.GET.get("house", "")
    own = account.subject_id if account.kind == AccountKind.INSTITUTION else None
    subject = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else own
    if subject is None:
        return None
    seen = InstitutionLicence.objects.visible_to(account).current().filter(subject_id=subject)
    name = seen.order_by("-valid_from").values_list("name", flat=True).first()
    if name is None or (own is not None and subject != own):
        raise Http404("没有这家机构，或者不在您的辖区")
    return StaffPage(people_register(register), account, subject, name, subject == own)


def watching_scope(account: Account) -> Scope | None:
    """Whose watch list an account keeps: its institution's, else its jurisdiction's; nothing for anybody else."""
    for role in (Role.INSTITUTION_OPERATOR, Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR):
        held = scopes_of(account, role)
        if held:
            return held[0]
    return None
