"""Which cases the worklist shows: by whose desk, by view, by filter, by dossier; the same for page, paper, file and batch."""

from datetime import date

from django.db.models import Count, F, Min, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case, Dossier
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.shell.desk.views_of_work import BY_CODE, Desk, WorkView, desk_of

ON_DESK = (
    CaseState.RECEIVED, CaseState.CORRECTED, CaseState.CORRECTING, CaseState.REVIEWING, CaseState.IN_PROCEDURE,
    CaseState.DECIDING, CaseState.CHECKING, CaseState.PROPOSED, CaseState.NOTICED, CaseState.HEARING,
    CaseState.CONFIRMING,
)  # fmt: skip
FINDINGS = (("clear", "全部通过"), ("open", "有发现"))
FILTERS = ("item", "stage", "findings", "q", "dossier")
"""What an address may say beside the view."""
MOST_DOSSIERS = 20


def on_desk(account: Account) -> QuerySet[Case]:
    """The open cases the account's authority or institution has; what waits for the institution is hers alone."""
    cases = Case.objects.visible_to(account).filter(state__in=ON_DESK)
    if account.is_office:
        return cases.exclude(state=CaseState.CONFIRMING)
    return cases


def open_count(account: Account) -> int:
    """How many open cases wait for this person; the number at the side."""
    desk = desk_of(account)
    return on_desk(account).filter(BY_CODE["mine"].keeps(desk, timezone.localdate())).count()


def chosen_cases(account: Account, query: QueryDict, today: date) -> QuerySet[Case]:
    """The cases an address asks for, what is due first in front; those of dossiers too."""
    desk = desk_of(account)
    cases = filtered(query, on_desk(account)).filter(view_of(query, desk).keeps(desk, today))
    return cases.select_related("handler").order_by(F("due_on").asc(nulls_last=True), "id")


def view_of(query: QueryDict, desk: Desk) -> WorkView:
    """The view the address names; without one, what waits for this person, or everything for who only looks on."""
    return BY_CODE.get(query.get("view", ""), BY_CODE["mine" if desk.states else "all"])


def filtered(query: QueryDict, cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases that pass the filters of the address."""
    if code := query.get("item"):
        cases = cases.filter(item_code=code)
    if (state := query.get("stage")) in CaseState.values:
        cases = cases.filter(state=state)
    if query.get("findings") == "clear":
        cases = cases.filter(blocks=0, advice=0)
    elif query.get("findings") == "open":
        cases = cases.exclude(blocks=0, advice=0)
    if (dossier := query.get("dossier", "")).isdecimal():
        cases = cases.filter(dossier=int(dossier))
    if text := query.get("q", "").strip():
        cases = cases.filter(Q(applicant_name=text) | Q(number=text) | Q(institution_name__startswith=text))
    return cases


def dossiers_among(account: Account, cases: QuerySet[Case]) -> list[tuple[Dossier, int, date | None]]:
    """The dossiers these cases belong to, with their number of cases and first due day; what is due first in front."""
    found = cases.exclude(dossier=None).order_by().values("dossier").annotate(n=Count("pk"), due=Min("due_on"))
    rows = list(found.order_by(F("due").asc(nulls_last=True), "dossier")[:MOST_DOSSIERS])
    known = Dossier.objects.visible_to(account).in_bulk([row["dossier"] for row in rows])
    return [(known[row["dossier"]], row["n"], row["due"]) for row in rows if row["dossier"] in known]


def item_word(code: str) -> str:
    """The short name of an item in force today, by its code."""
    return next((item.short_title for item in items(timezone.localdate()) if item.code == code), code)
