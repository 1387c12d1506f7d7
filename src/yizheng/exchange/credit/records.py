"""A record of 双公示 made from a decision as the register stands: its fields, what the rules say of it, and its key.

The key is the number of the decision. Identity numbers of persons are left open and filled in on the way out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from yizheng.documents import sealing
from yizheng.documents.authorities import authority
from yizheng.documents.declarations import certificate_kind
from yizheng.documents.models import Certificate, Ending, Instrument, MadeFor, Status
from yizheng.exchange.channels.declaring import Draft
from yizheng.exchange.channels.mapping import mapping
from yizheng.exchange.credit.rules import PERSON, RESIDENT_CARD, judge, record_of
from yizheng.exchange.credit.sources import ORGANISATION, Party, Source, sources
from yizheng.exchange.credit.standards import rules_in_force, standard
from yizheng.exchange.organs import organ_code
from yizheng.kernel.calendar.office_calendar import state_council_calendar
from yizheng.people.models import Scope
from yizheng.registry.models import Change, ChangeKind
from yizheng.registry.reading import facts_touched

LICENCE: Final = "license"
GRANT = "grant"
"""The kind of the instrument of a decision in favour."""
NEW = (MadeFor.FIRST, MadeFor.CHANGED)
STANDS, WITHDRAWN = "1", "2"
_ENDINGS = (Ending.CANCELLED, Ending.ANNULLED, Ending.PENALTY)
_FILLED_IN_LATER = {"XK_XDR_ZJLX": "待填", "XK_XDR_ZJHM": "待填"}
"""In place of a person's number, which stands in no message at rest; the vault took only numbers that are valid."""
_NOT_BEFORE_SENDING = {11}
"""Being late is counted, not held back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that is reported: the certificate it made and the number of its document."""

    certificate: Certificate
    number: str
    source: Source
    stands: Certificate
    """The newest version no other decision made: what a correction had printed anew, or what was lost and made again."""


def decisions(certificates: Iterable[Certificate]) -> list[Decision]:
    """Those of the certificates that decisions to grant made, each with the number of its decision."""
    fitting = [each for each in certificates if each.kind in sources() and each.made_for in NEW and each.change_id]
    granted = Instrument.objects.all().filter(kind=GRANT, change_id__in=[each.change_id for each in fitting])
    numbers = dict(granted.values_list("change_id", "number"))
    decided = [each for each in fitting if each.change_id in numbers]
    newest = _newest(decided)
    found = []
    for each in decided:
        source = sources()[each.kind]
        number = each.number if source.numbered_itself else numbers[each.change_id]
        found.append(Decision(each, number, source, newest[each.pk]))
    return found


def _newest(decided: Sequence[Certificate]) -> dict[int, Certificate]:
    """Of each certificate a decision made, the last version before the next decision about the same number."""
    versions = list(_versions(decided).order_by("version"))
    granted = Instrument.objects.all().filter(kind=GRANT, change_id__in={each.change_id for each in versions})
    granting = set(granted.values_list("change_id", flat=True))
    stands: dict[int, Certificate] = {}
    first: dict[tuple[str, str], int] = {}
    for each in versions:
        named = (each.kind, each.number)
        if each.change_id in granting or named not in first:
            first[named] = each.pk
        stands[first[named]] = each
    return {each.pk: stands.get(each.pk, each) for each in decided}


def _versions(certificates: Iterable[Certificate]) -> QuerySet[Certificate]:
    named = {(each.kind, each.number) for each in certificates}
    kinds, numbers = {kind for kind, _ in named}, {number for _, number in named}
    return Certificate.objects.all().filter(kind__in=kinds, number__in=numbers)


def of_changes(changes: Sequence[int]) -> list[Decision]:
    """The decisions these changes made, those whose certificates they ended, and those of whom they corrected the register."""
    about = Q(change_id__in=changes) | Q(ended_by__in=changes, status=Status.REVOKED)
    about |= Q(subject_id__in=_corrected(changes), status=Status.VALID)
    touched = list(Certificate.objects.all().filter(about, kind__in=sources()))
    wanted = {each.pk for each in touched}
    return [each for each in decisions(_versions(touched)) if {each.certificate.pk, each.stands.pk} & wanted]


def _corrected(changes: Sequence[int]) -> set[int]:
    """Whose entries these changes corrected: what was told of them is told again where it reads otherwise now."""
    corrections = Change.objects.filter(pk__in=changes, kind=ChangeKind.CORRECTION).values_list("pk", flat=True)
    return {subject for each in corrections for _, subject in facts_touched(each)}


def of_numbers(numbers: Sequence[str]) -> list[Decision]:
    """The decisions of these numbers."""
    granted = Instrument.objects.all().filter(kind=GRANT, number__in=numbers)
    changes = [pk for pk in granted.values_list("change_id", flat=True) if pk]
    itself = [code for code, each in sources().items() if each.numbered_itself]
    found = [
        *Certificate.objects.all().filter(change_id__in=changes, kind__in=sources()),
        *Certificate.objects.all().filter(number__in=numbers, kind__in=itself),
    ]
    wanted = set(numbers)
    return [each for each in decisions({one.pk: one for one in found}.values()) if each.number in wanted]


def decided_between(since: date, until: date) -> list[Decision]:
    """The decisions of these days."""
    made = Certificate.objects.all().filter(issued_on__range=(since, until), kind__in=sources())
    return decisions(made.order_by("issued_on", "id"))


def drafts(found: Sequence[Decision]) -> Iterator[Draft]:
    """The records of these decisions as the register stands today; what breaks a rule is marked and not sent."""
    today = timezone.localdate()
    offices = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    printed = [fields for fields, _ in sealing.unseal_many([each.stands for each in found])]
    for decision, fields in zip(found, printed, strict=True):
        party = decision.source.party(decision.certificate, fields, today)
        if party is None:
            continue
        values = _values(decision, fields, party, offices[decision.certificate.authority_scope])
        broken = _broken(values, party, today)
        yield Draft(
            LICENCE, decision.number, values, decision.certificate.subject_id, decision.certificate.authority_scope,
            fault=f"规则{broken[0]}" if broken else "",
            note="；".join(rules_in_force(today)[number] for number in broken),
            cause=f"change:{decision.certificate.change_id}",
        )  # fmt: skip


def _values(decision: Decision, fields: Any, party: Party, area: str) -> dict[str, str]:
    certificate, source = decision.certificate, decision.source
    first, last = source.term(certificate, fields)
    organ, code, on = authority(area).name, organ_code(area, certificate.issued_on), certificate.issued_on
    title = certificate_kind(certificate.kind).title
    ended = decision.stands.status == Status.REVOKED and decision.stands.ending in _ENDINGS
    said = {
        "XK_XDR_MC": party.name, "XK_XDR_LB": PERSON if party.is_person else ORGANISATION, "XK_XDR_SHXYM": party.uscc,
        "XK_FRDB": party.legal, "XK_XDR_ZJLX": RESIDENT_CARD if party.is_person else "",
        "XK_XKWS": title if source.numbered_itself else source.document, "XK_WSH": decision.number,
        "XK_XKLB": mapping("credit_category").to(certificate.kind, on), "XK_XKZS": title, "XK_XKBH": certificate.number,
        "XK_NR": source.content(certificate, fields), "XK_JDRQ": f"{on:%Y/%m/%d}", "XK_YXQZ": f"{first:%Y/%m/%d}",
        "XK_YXQZI": f"{last:%Y/%m/%d}", "XK_XKJG": organ, "XK_XKJGDM": code, "XK_ZT": WITHDRAWN if ended else STANDS,
        "XK_LYDW": organ, "XK_LYDWDM": code,
    }  # fmt: skip
    return {each.name: said.get(each.name, "") for each in standard(LICENCE, on).fields}


def _broken(values: dict[str, str], party: Party, today: date) -> list[int]:
    complete = {**values, **_FILLED_IN_LATER} if party.is_person else values
    (verdict,) = judge([record_of(LICENCE, complete, today, "", None)], state_council_calendar())
    return [number for number in verdict.broken if number not in _NOT_BEFORE_SENDING]
