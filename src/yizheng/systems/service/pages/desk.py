"""服务台: failures with their clocks, what is due, the last inspection, the obligations that come next."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.people.permissions import roles_of
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.clauses.changes import account_of_changes
from yizheng.systems.service.clauses.evidence import Stands, all_of
from yizheng.systems.service.clauses.found import LACKING, LATE, WAITING
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.ledger import Kept
from yizheng.systems.service.models import Inspection
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.pages.access import contract_now, service_only
from yizheng.systems.service.pages.bars import bars
from yizheng.systems.service.pages.inspections import last_readings
from yizheng.systems.service.rights import CONTRACTOR
from yizheng.work.models import RecoveryKind
from yizheng.work.recovery import latest

SOON = 8
"""How many obligations the desk shows."""


@never_cache
@service_only
@require_safe
def desk(request: HttpRequest) -> HttpResponseBase:
    """The page everybody of the service begins with."""
    contract = contract_now()
    if contract is None:
        return render(request, "service/no_contract.html")
    around = Surroundings(contract)
    open_ones = [each for each in around.standings if not each.ended]
    failures = [each for each in open_ones if each.is_failure]
    stands = all_of(around)
    context = {
        "contract": contract,
        "day_number": (around.today - contract.starts).days + 1,
        "days": (contract.ends - contract.starts).days + 1,
        "failures": [(each, bars(each)) for each in failures],
        "open": len(open_ones),
        "due": _due(open_ones),
        "kept": _kept(around),
        "changes": account_of_changes(around),
        "readings": last_readings(),
        "inspected": Inspection.objects.first(),
        "drill": latest(RecoveryKind.DRILL),
        "next": _next(stands),
        "lacking": sum(each.found.state in (LACKING, LATE) for each in stands),
        "obligations": len(stands),
        "may_register": not CONTRACTOR.isdisjoint(roles_of(signed_in(request))),
    }
    return render(request, "service/desk.html", context)


def _due(standings: list[Standing]) -> list[Standing]:
    """Orders that are no failures, the most urgent first."""
    return sorted((each for each in standings if not each.is_failure), key=lambda each: each.order.due or each.now)[:10]


def _kept(around: Surroundings) -> list[tuple[str, int, int]]:
    """What was promised, how often it was kept and of how many; clocks that still run are not counted."""
    promises = (
        ("答复", [each.ledger.response_kept for each in around.failures]),
        ("恢复", [each.ledger.restore_kept_gross for each in around.failures]),
    )
    counts = [(done, kept.count(Kept.YES), kept.count(Kept.NO)) for done, kept in promises]
    return [(done, yes, yes + no) for done, yes, no in counts if yes + no]


def _next(stands: list[Stands]) -> list[tuple[Stands, int | None]]:
    """What is late or lacking first, then what comes due, each with the days that are left."""
    today = timezone.localdate()
    urgent = [each for each in stands if each.found.state in (LATE, WAITING)]
    later = [each for each in stands if each.found.due and each.found.due >= today and each not in urgent]
    chosen = sorted([*urgent, *later], key=lambda each: each.found.due or today)[:SOON]
    return [(each, (each.found.due - today).days if each.found.due else None) for each in chosen]
