"""Entries and verdicts in the shapes of the interface."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from yizheng.disclosure.api.schemas import CertificateOut, PlaceOut, PractitionerOut, PractitionersOut, ScopeOut
from yizheng.disclosure.keys import public_number
from yizheng.disclosure.lookup import Found
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import PracticePlace
from yizheng.disclosure.verdicts import verdict_on
from yizheng.documents.verifying.verdicts import Verdict


def practitioners_out(request: HttpRequest, found: Found) -> PractitionersOut:
    """The answer to a question about people of a register."""
    results = [_practitioner_out(request, entry) for entry in found.entries]
    return PractitionersOut(count=len(results), more=found.more, results=results)


def certificate_out(verdict: Verdict) -> CertificateOut:
    """The answer to a question about a certificate."""
    facts = verdict.facts
    if facts is None:
        return CertificateOut(verdict=verdict.answer.value, sentence=verdict.sentence)
    return CertificateOut(
        verdict=verdict.answer.value,
        sentence=verdict.sentence,
        title=facts.title,
        issuer=facts.issuer,
        issued_on=facts.issued_on,
        version=facts.version,
        status=facts.status_word,
        ended_on=facts.ended_on,
    )


def _practitioner_out(request: HttpRequest, entry: PublicPractitioner) -> PractitionerOut:
    today = timezone.localdate()
    verdict = verdict_on(entry, today)
    return PractitionerOut(
        name=entry.name,
        sex=entry.sex,
        level=entry.level,
        category=entry.category,
        scopes=[ScopeOut(name=scope.name, added=scope.added) for scope in entry.scopes],
        place=entry.place,
        main_institution=_place_out(entry.main) if entry.main else None,
        other_institutions=[_place_out(place) for place in entry.others if today < place.until],
        authority=entry.authority,
        practice_number=public_number(entry.practice_number),
        first_registered=entry.first_registered,
        status=verdict.words.long,
        may_practise=verdict.may_practise,
        verdict=verdict.words.verdict,
        link=request.build_absolute_uri(reverse(f"disclosure:{entry.register}", args=[entry.token])),
    )


def _place_out(place: PracticePlace) -> PlaceOut:
    return PlaceOut(name=place.name, since=place.since, until=place.last_day)
