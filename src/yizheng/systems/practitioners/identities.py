"""Entering who a person is when a business registers her: the identity as typed, her photo, who may see and find her."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from yizheng.kernel.remembering import Memory
from yizheng.licensing.models import Case, Paper
from yizheng.licensing.ports.questions import Named, who_is_called
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_many, organisations_of
from yizheng.people.searching.search import index_names
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE

CHINA = "156"
"""中国, GB/T 2659."""


PHOTOS: Memory[int, str] = Memory("yizheng_practitioners_photos")
"""The digests of photos by case."""


def read_photos(cases: Sequence[Case]) -> None:
    """Read of many cases at once what `photo_of` is asked for each."""
    papers = Paper.objects.filter(case__in=cases, material="photo", replaced=False)
    PHOTOS.learn({case.pk: "" for case in cases} | dict(papers.values_list("case_id", "attachment__digest")))


def photo_of(case: Case) -> str:
    """The digest of the photo handed in with the case; empty where there is none."""
    return PHOTOS.ask(case.pk, lambda: _photo_of(case))


def _photo_of(case: Case) -> str:
    papers = Paper.objects.filter(case=case, material="photo", replaced=False)
    return papers.values_list("attachment__digest", flat=True).first() or ""


def enter_identity(
    change: ChangeInProgress,
    subject_id: int,
    person: Mapping[str, Any],
    *,
    office: int,
    photo: str,
    on: date,
    known: PersonIdentity | None,
) -> PersonIdentity:
    """The identity from ``on`` as the form says it; what the form does not ask for stays as it is ``known``."""
    return change.state(
        PersonIdentity,
        subject_id,
        LINE,
        identity_values(person, photo, known),
        valid_from=on,
        authority_scope=office if known is None else known.authority_scope,
    )


def alter_identity(known: PersonIdentity, change: ChangeInProgress, on: date, **altered: Any) -> PersonIdentity:
    """The identity from ``on`` as it is known, but for what is altered."""
    values, scope = {**known.values(), **altered}, known.authority_scope
    return change.state(PersonIdentity, known.subject_id, LINE, values, valid_from=on, authority_scope=scope)


def enter_applicant(
    change: ChangeInProgress,
    case: Case,
    person: Mapping[str, Any],
    on: date,
    *,
    office: int,
    known: PersonIdentity | None,
) -> PersonIdentity:
    """The applicant's identity as her form says it, with the photo handed in with it."""
    return enter_identity(change, case.subject_id, person, office=office, photo=photo_of(case), on=on, known=known)


def identity_values(person: Mapping[str, Any], photo: str, known: PersonIdentity | None) -> dict[str, Any]:
    """What the identity says after the form: what the form does not ask for stays as it is ``known``."""
    return {
        "name": person["name"],
        "sex": person["sex"],
        "birth_date": person["birth_date"],
        "ethnic_group": person.get("ethnic_group", "" if known is None else known.ethnic_group),
        "nationality": person.get("nationality") or (CHINA if known is None else known.nationality),
        "photo": photo or ("" if known is None else known.photo),
    }


IDENTITIES: Memory[tuple[int, date], PersonIdentity | None] = Memory(
    "yizheng_practitioners_identities", lambda key: key[0]
)
"""Who people are on a day, by subject and day."""


def read_identities(subject_ids: Sequence[int], on: date) -> None:
    """Read of many people at once what `identity_on` is asked for each; call it as the system."""

    def read(unread: list[tuple[int, date]]) -> dict[tuple[int, date], PersonIdentity | None]:
        found = PersonIdentity.objects.as_of(on).filter(subject_id__in=[subject for subject, _ in unread])
        known = {each.subject_id: each for each in found}
        return {(subject, on): known.get(subject) for subject, _ in unread}

    IDENTITIES.ask_many([(subject, on) for subject in subject_ids], read)


def identity_on(subject_id: int, on: date) -> PersonIdentity | None:
    """Who she is on a day, whoever recorded it; call it as the system."""
    return IDENTITIES.ask(
        (subject_id, on), lambda: PersonIdentity.objects.as_of(on).filter(subject_id=subject_id).first()
    )


@who_is_called.answered_by
def registered_names(asked: Named) -> list[tuple[int, str]]:
    """The names on the registers; in one query."""
    with acting_as_system("登记姓名"):
        found = PersonIdentity.objects.as_of(asked.on).filter(subject_id__in=asked.subjects)
        return list(found.values_list("subject_id", "name"))


def show_to(change: ChangeInProgress, identity: PersonIdentity, institution: int, office: int, cause: str) -> None:
    """The institution and the deciding authority see the person from now on and find her by name."""
    change.share(_show, (identity, institution, office, cause))


def _show(shown: Sequence[tuple[PersonIdentity, int, int, str]]) -> None:
    """For (identity, institution, office, cause): institution and authority see the person from now on and find her by name."""
    organisations = organisations_of({institution for _, institution, _, _ in shown})
    opened = [
        (identity.subject_id, scope, cause)
        for identity, institution, office, cause in shown
        for scope in (organisations.get(institution), office if identity.authority_scope != office else None)
        if scope is not None
    ]
    open_many(opened)
    index_names([(identity.subject_id, identity.name, office) for identity, _, office, _ in shown])


def namesakes(name: str, besides: int, on: date) -> int:
    """How many other people of exactly this name the register holds on ``on``; call it as the system."""
    return len(BEARERS.ask((name, on), lambda: _bearers([name], on)[name, on]) - {besides}) if name else 0


BEARERS: Memory[tuple[str, date], frozenset[int]] = Memory("yizheng_practitioners_bearers")
"""For work on many people: who bears each name."""


def read_bearers(names: Iterable[str], on: date) -> None:
    """Read at once who bears these names; call it as the system."""
    BEARERS.ask_many([(name, on) for name in names], lambda unread: _bearers([name for name, _ in unread], on))


def _bearers(names: Iterable[str], on: date) -> dict[tuple[str, date], frozenset[int]]:
    found: dict[str, set[int]] = {name: set() for name in names}
    rows = PersonIdentity.objects.as_of(on).filter(name__in=list(found))
    for name, subject_id in rows.values_list("name", "subject_id"):
        found[name].add(subject_id)
    return {(name, on): frozenset(subjects) for name, subjects in found.items()}
