"""合同义务: every obligation with its state today, what proves it, and when it is due next; one with its consequence."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yizheng.people.tables import Asked, Choice, Column, Shown, State, Table
from yizheng.systems.service.clauses.evidence import Stands, all_of
from yizheng.systems.service.clauses.found import IDLE, LACKING, LATE, PROVEN, WAITING
from yizheng.systems.service.clauses.obligations import ACTORS, readings_of
from yizheng.systems.service.pages.access import service_only, surroundings

_STATES = ((LATE, LATE), (LACKING, LACKING), (WAITING, WAITING), (PROVEN, PROVEN), (IDLE, IDLE))


def _rows(asked: Asked) -> list[Stands]:
    rows = all_of(surroundings())
    if asked["actor"]:
        rows = [each for each in rows if each.obligation.actor == asked["actor"]]
    if asked["state"]:
        rows = [each for each in rows if each.found.state == asked["state"]]
    return rows


OBLIGATIONS = Table(
    "service_obligations",
    "合同义务",
    _rows,
    (
        Column("条款", "obligation.clause", 16, css="together"),
        Column(
            "义务",
            "obligation.title",
            36,
            css="name",
            link=lambda row: reverse("service:obligation", args=[row.obligation.code]),
        ),
        Column("触发", "obligation.trigger", 26, shown=Shown.ON_PAPER),
        Column("责任方", "obligation.actor_words", 8, css="together"),
        Column("时限", "obligation.limit", 26),
        State("今天", "found.state", 10),
        Column("证据", "found.sentence", 40, link="found.url"),
        Column("下一次", "found.due", 12),
        Column("后果", "obligation.consequence", 30, shown=Shown.ON_PAPER),
    ),
    guard=service_only,
    filters=(Choice("责任方", "actor", tuple(ACTORS.items())), Choice("状态", "state", _STATES)),
    size=100,
    template="service/table.html",
    says="每条义务的状态从记录算出，点证据打开它的行",
    tally="条，按条款",
)


@service_only
@require_safe
def obligation(request: HttpRequest, code: str) -> HttpResponse:
    """One obligation: what triggers it, who owes it by when, what proves it, what follows where it is missed, how doubts are read."""
    around = surroundings()
    found = next((each for each in all_of(around) if each.obligation.code == code), None)
    if found is None:
        raise Http404("没有这条义务")
    readings = readings_of(found.obligation, around.today)
    return render(request, "service/obligation.html", {"each": found, "readings": readings})
