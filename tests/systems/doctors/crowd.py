"""Many doctors at once, each with a first registration lying on a desk; written as rows, as quickly as rows can be."""

import io
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tests.systems.doctors.conftest import DECLARED, practice
from tests.walking import picture
from yizheng.documents import attachments
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.licensing import answers as form_answers
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.models import Case, CaseEvent, Paper
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.drafting import next_number
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE as IDENTITY

BORN = date(1996, 4, 26)
NAMES = [
    first + second + third for first in "许沈韩秦尤何吕施" for second in "清明远致若望思怀" for third in "川舟禾溪岚樵"
]


@dataclass(frozen=True)
class Desk:
    """Where the cases lie: the institution by name and scope, the authority, and who acted before."""

    institution: str
    institution_scope: int
    authority: int
    acceptor: Account
    reviewer: Account


@dataclass(frozen=True)
class Person:
    """A qualified doctor who is registered nowhere."""

    account: Account
    number: str
    certificate: str
    qualified_on: date


def qualified(names: Sequence[str], authority: int) -> list[Person]:
    """Persons of these names, qualified last year, each with an account."""
    qualified_on = timezone.localdate() - timedelta(days=300)
    people, rows = [], []
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        for name in names:
            subject = change.subject("person")
            number = make_resident_id("110108", BORN, next(_serial))
            certificate = make_qualification_number(qualified_on.year, "11", "1", "clinical", number)
            who = {"name": name, "sex": "2", "birth_date": BORN, "ethnic_group": "01"}
            change.state(PersonIdentity, subject, IDENTITY, who, valid_from=BORN, authority_scope=authority)
            held = {
                "level": "1", "category": "clinical", "qualified_on": qualified_on, "way": "exam",
                "issuer": "北京市卫生健康委员会", "holder_name": name,
            }  # fmt: skip
            change.state(
                Qualification, subject, qualification_line(1), held,
                valid_from=qualified_on, authority_scope=authority,
            )  # fmt: skip
            account = Account.objects.create_account(
                f"crowd-{subject.pk}", AccountKind.INDIVIDUAL, name, password="-", subject_id=subject.pk
            )
            people.append(Person(account, number, certificate, qualified_on))
            rows += [(subject.pk, "resident_id", number), (subject.pk, "qualification_number", certificate)]
        vault.store_many(rows)
    return people


_serial = itertools.count(2, 2)


def apply_all(people: Sequence[Person], desk: Desk, state: CaseState, **typed: str) -> list[Case]:
    """A complete first registration of each, which has come as far as ``state``; ``typed`` about the practice differs."""
    with acting_as_system("test"), transaction.atomic():
        photo = picture().getvalue()
        return [_case(person, desk, state, photo, typed) for person in people]


def _case(person: Person, desk: Desk, state: CaseState, photo: bytes, typed: dict[str, str]) -> Case:
    today = timezone.localdate()
    item = FirstRegistration()
    assert person.account.subject_id is not None
    case = Case(
        number=next_number(today),
        item_code=item.code,
        rules_on=today,
        shape=item.shape,
        subject_id=person.account.subject_id,
        applicant=person.account,
        applicant_name=person.account.display_name,
        institution_scope=desk.institution_scope,
        institution_name=desk.institution,
        authority_scope=desk.authority,
        handler=desk.reviewer if state == CaseState.DECIDING else None,
        state=state,
        submitted_at=timezone.now(),
        proposal="grant" if state == CaseState.DECIDING else "",
    )
    form_answers.put(case, item, _answers(person, desk, typed))
    case.save()
    for material in item.materials[:2]:
        _hand_in(case, material.code, photo)
    _events(case, person, desk)
    timekeeping.wind(case, item)
    return case


def _hand_in(case: Case, material: str, photo: bytes) -> None:
    kept = attachments.keep(
        io.BytesIO(photo),
        f"{material}.jpg",
        subject_id=case.subject_id,
        authority_scope=case.authority_scope,
        institution_scope=case.institution_scope,
    )
    Paper.objects.create(case=case, material=material, attachment=kept)


def _answers(person: Person, desk: Desk, typed: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {
        "person": {
            "name": person.account.display_name, "sex": "2", "id_type": "01", "id_number": person.number,
            "birth_date": BORN.isoformat(), "ethnic_group": "01", "mobile": "19900000001",
        },
        "education": {
            "level": "21", "degree": "410", "school": "华北示范医科大学", "major": "临床医学",
            "learning_form": "full_time", "graduated_on": "2019-06-30",
        },
        "qualification": {
            "qualification_number": person.certificate, "level": "1", "category": "clinical",
            "qualified_on": person.qualified_on.isoformat(), "issuer": "北京市卫生健康委员会", "way": "exam",
        },
        "practice": practice(**{
            "level": "1", "category": "clinical", "institution": desk.institution,
            "employer_as_sealed": desk.institution, **typed,
        }),
        "declaration": dict(DECLARED),
    }  # fmt: skip


STEPS = (
    ("submit", "提交申请", CaseState.CONFIRMING),
    ("confirm", "确认聘用", CaseState.RECEIVED),
    ("accept", "受理", CaseState.REVIEWING),
    ("pass_review", "通过审核", CaseState.DECIDING),
)
"""The acts before the decision and the state each leads to."""


def _events(case: Case, person: Person, desk: Desk) -> None:
    actors = (person.account, None, desk.acceptor, desk.reviewer)
    before, events = CaseState.DRAFT, []
    for (verb, title, entered), actor in zip(STEPS, actors, strict=True):
        events.append(
            CaseEvent(
                case=case, verb=verb, title=title, at=timezone.now(), on=timezone.localdate(), actor=actor,
                actor_name=actor.display_name if actor else desk.institution, from_state=before,
                to_state=entered, subject_id=case.subject_id, authority_scope=case.authority_scope,
                institution_scope=case.institution_scope,
            )
        )  # fmt: skip
        if entered == case.state:
            break
        before = entered
    CaseEvent.objects.bulk_create(events)
