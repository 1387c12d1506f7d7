"""线索的办理: found again it grows, an inspector takes it, finds, a second one confirms, a later slice may show it mended.

行政处罚法 第四十二条: two officers. A clue is explained by what 医师法 第十八条 allows (alliances, training, emergencies and the like).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.systems.supervision.declaring import Clue as Hit
from yizheng.systems.supervision.models import CONFIRMING, OPEN, Clue, ClueEvent, ClueState, Outcome

DAYS = {"high": 15, "mid": 30, "low": 60}
"""Days to verify a clue, by its severity."""


class NotNow(Exception):
    """The clue does not stand where the act begins, or somebody else must do it; the words say so."""


@transaction.atomic
def enter(
    hits: Iterable[Hit], *, severity: Mapping[str, str], scopes: Mapping[str, int], city: int, slices: list[int], day: date
) -> tuple[int, int, int]:  # fmt: skip
    """Enter what the rules found and nobody looked into yet: how many clues are new, grew, and are shown mended by the slice."""
    settled = _settled()
    grouped: dict[tuple[str, str], list[date]] = {}
    for hit in hits:
        if hit.date > settled.get((hit.rule, hit.subject), date.min):
            grouped.setdefault((hit.rule, hit.subject), []).append(hit.date)
    standing = {(clue.rule, clue.subject): clue for clue in Clue.objects.filter(state__in=OPEN).select_for_update()}
    new = [
        Clue(
            rule=rule, subject=subject[:64], severity=severity[rule], first_hit=min(days), last_hit=max(days), hits=len(days),
            slices=slices, seen_on=day, due_on=day + timedelta(days=DAYS[severity[rule]]),
            authority_scope=scopes.get(subject, city),
        )
        for (rule, subject), days in grouped.items()
        if (rule, subject) not in standing
    ]  # fmt: skip
    Clue.objects.bulk_create(new, 2000)
    ClueEvent.objects.bulk_create((ClueEvent(clue=clue, act="发现", text=f"{clue.hits} 次") for clue in new), 2000)
    grown = [_grown(clue, grouped[key], slices, day) for key, clue in standing.items() if key in grouped]
    Clue.objects.bulk_update(grown, ["hits", "first_hit", "last_hit", "slices", "seen_on"], 2000)
    gone = [clue for key, clue in standing.items() if key not in grouped and clue.seen_on < day]
    for clue in gone:
        _mended(clue, day)
    return len(new), len(grown), len(gone)


def _settled() -> dict[tuple[str, str], date]:
    """Up to which day what a rule found about a subject was looked into already: an old service is no new clue."""
    closed = Clue.objects.filter(state=ClueState.CLOSED).values_list("rule", "subject").annotate(last=Max("last_hit"))
    return {(rule, subject): last for rule, subject, last in closed}


def _grown(clue: Clue, days: Collection[date], slices: list[int], day: date) -> Clue:
    fresh = [each for each in days if each > clue.last_hit] if clue.seen_on < day else []
    clue.hits += len(fresh)
    clue.last_hit = max([clue.last_hit, *fresh])
    clue.slices, clue.seen_on = slices, day
    return clue


def _mended(clue: Clue, day: date) -> None:
    """What the later slice no longer shows is closed: an order that was followed, or a state that ended by itself."""
    ordered = clue.state == ClueState.ORDERED
    outcome = clue.outcome if ordered else Outcome.MENDED
    confirmed = True if ordered else clue.confirmed
    Clue.objects.filter(pk=clue.pk).update(state=ClueState.CLOSED, outcome=outcome, confirmed=confirmed)
    ClueEvent.objects.create(clue=clue, act="办结", text=f"{day.isoformat()} 的切片已无此情形")


@transaction.atomic
def take(clue: Clue, account: Account) -> None:
    """Begin to verify. Raises NotNow."""
    _inspector(clue, account)
    begun = Clue.objects.filter(pk=clue.pk, state=ClueState.ASSIGNED).update(state=ClueState.VERIFYING, officer=account)
    _done(clue, account, begun, "开始核查", "")


@transaction.atomic
def propose(clue: Clue, account: Account, outcome: str, evidence: str) -> None:
    """Say what was found, with the evidence. Raises NotNow."""
    _inspector(clue, account)
    if outcome not in Outcome or outcome == Outcome.MENDED:
        raise NotNow("请选择核查结果")
    if not evidence.strip():
        raise NotNow("请写明证据：看了什么，问了谁，依据哪一条")
    mine = Clue.objects.filter(pk=clue.pk, state=ClueState.VERIFYING, officer=account)
    said = mine.update(state=ClueState.PROPOSED, outcome=outcome)
    _done(clue, account, said, "提出结果", f"{Outcome(outcome).label}：{evidence.strip()}")


@transaction.atomic
def confirm(clue: Clue, account: Account, *, agree: bool, opinion: str = "") -> None:
    """A second inspector agrees, or gives the clue back. Raises NotNow."""
    _inspector(clue, account)
    if clue.officer_id == account.pk:
        raise NotNow("核查结果须由另一名监督员确认（行政处罚法第四十二条）")
    waiting = Clue.objects.filter(pk=clue.pk, state=ClueState.PROPOSED).exclude(officer=account)
    if not agree:
        if not opinion.strip():
            raise NotNow("退回须写明理由")
        _done(clue, account, waiting.update(state=ClueState.VERIFYING, outcome=""), "退回", opinion.strip())
        return
    outcome = Outcome(Clue.objects.get(pk=clue.pk).outcome)
    state = ClueState.ORDERED if outcome == Outcome.ORDERED else ClueState.CLOSED
    agreed = waiting.update(state=state, second=account, confirmed=outcome in CONFIRMING)
    _done(clue, account, agreed, "确认", f"{outcome.label} {opinion.strip()}".strip())


def _inspector(clue: Clue, account: Account) -> None:
    if not allowed(account, Role.INSPECTOR, clue.authority_scope):
        raise NotNow("线索由其辖区的监督员办理")


def _done(clue: Clue, account: Account, changed: int, act: str, text: str) -> None:
    if changed != 1:
        raise NotNow("线索已由他人办理，请刷新后再看")
    ClueEvent.objects.create(clue=clue, act=act, text=text[:500], account=account)
    audit.record(account, "clue.act", f"clue:{clue.pk}")
