"""What the grant of a special qualification writes and certifies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.documents.authorities import authority
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.licensing.item import Effect
from yizheng.people.models import Scope
from yizheng.people.scopes import open_to
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permits
from yizheng.systems.doctors.certificates.practice import NoCertificateError, certificate_kind, renewed_fields
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.short_term.limits import longest
from yizheng.systems.doctors.special.applicant import SpecialLimits
from yizheng.systems.doctors.special.reading import bound
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.certificate_series import next_number


@dataclass(frozen=True, slots=True)
class Grant:
    """One special qualification to be entered."""

    type: str
    detail: str
    line: str
    licence: InstitutionLicence
    office: Scope
    granted_by: str
    words: str
    typed: Mapping[str, Any]
    certificate: str = ""
    noted: bool = False


def granted(change: ChangeInProgress, held: Held, grant: Grant, on: date, *, cause: str) -> Effect:
    """Enter the qualification from ``on`` and say what is certified."""
    main = held.main
    assert main is not None
    fact = change.state(
        SpecialQualification,
        main.subject_id,
        grant.line,
        _values(change, main.subject_id, grant, on),
        valid_from=on,
        authority_scope=grant.office.pk,
    )
    open_to(main.subject_id, grant.office.pk, cause)
    summary = f"已登记{grant.words}"
    if fact.valid_until is not None:
        summary += f"，有效期至{long_date(fact.valid_until)}"
    if grant.noted:
        return _noted(held, grant, on, summary)
    if grant.certificate:
        return _certified(held, grant, fact, summary)
    return Effect(summary=summary)


def _values(change: ChangeInProgress, subject_id: int, grant: Grant, on: date) -> dict[str, Any]:
    trained, years = grant.typed.get("trained_to"), _years(grant.type)
    retrained = grant.type == "radiation_worker" and trained is not None
    number = ""
    if grant.certificate:
        number = next_number(grant.certificate, on, given_to=f"subject:{subject_id}", change_id=change.id)
    return {
        "type": grant.type,
        "detail": grant.detail,
        "institution": grant.licence.subject_id if bound(grant.type) else None,
        "certificate_number": number,
        "granted_by": grant.granted_by,
        "granted_on": on,
        "valid_until": longest(on, years) if years else None,
        "last_work_on": grant.typed.get("last_work_on"),
        "retraining_due": add_years(trained, SpecialLimits.on(on).retraining_years) if retrained and trained else None,
        "noted": grant.noted,
    }


def _years(type_: str) -> int:
    return int(table("special_qualification_type")[type_].attributes["validity_years"] or 0)


def _noted(held: Held, grant: Grant, on: date, summary: str) -> Effect:
    """A new version of the practice certificate with the note; without a certificate in force the register alone says it."""
    main = held.main
    assert main is not None
    registering = Scope.objects.get(pk=main.authority_scope)
    try:
        fields = renewed_fields(
            main,
            held.identity,
            on,
            changed=f"加注{grant.words}",
            office=grant.office,
            institution=licences.name_of(main.institution_id, on),
            issuer=authority(registering.code).name,
        )
    except NoCertificateError:
        return Effect(summary=summary)
    return Effect(f"{summary}，已在执业证书上注明", certificate_kind(main.level), fields)


def _certified(held: Held, grant: Grant, fact: SpecialQualification, summary: str) -> Effect:
    main, identity = held.main, held.identity
    assert main is not None
    assert identity is not None
    days = {"valid_from": fact.granted_on, "valid_until": fact.valid_until, "retraining_due": fact.retraining_due}
    fields = permits.printed(
        identity,
        number=fact.certificate_number,
        issuer=grant.granted_by,
        practice_number=main.practice_number,
        work=grant.words,
        institution=grant.licence.name,
        **{name: long_date(day) for name, day in days.items() if day is not None},
    )
    return Effect(f"{summary}，证书编号 {fact.certificate_number}", grant.certificate, fields)
