"""Cases that wait for a decision, written as rows: people who qualified, complete applications, papers, events."""

from __future__ import annotations

import io
import itertools
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yizheng.documents.attachments import keep
from yizheng.documents.models import Attachment
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.licensing import answers as form_answers
from yizheng.licensing.catalogue import item
from yizheng.licensing.models import Case, CaseEvent, Paper
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import add_organisation
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Subject
from yizheng.site.database import databases
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line as qualification_line
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE

BORN = date(1996, 4, 26)
ITEM = "doctor_first_registration"
_serial = itertools.count(1)


@contextmanager
def serving() -> Iterator[None]:
    """Django speaks as the serving role within the block."""
    former = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(databases({**os.environ, "YIZHENG_DB_ROLE": "serving"})["default"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(former)


def waiting_cases(
    number: int, tables: Sequence[tuple[str, str]]
) -> tuple[list[Case], Account, dict[tuple[str, str], int]]:
    """So many cases on one decider's desk, the decider, and how far each table had grown before the decisions."""
    with acting_as_system("测量"), transaction.atomic():
        licence = InstitutionLicence.objects.current().filter(status="active").order_by("pk")[0]
        office = Scope.objects.get(pk=licence.authority_scope)
        made = _cases(number, licence, office)
        decider = clerk("决定", Role.DECIDER, office)
        before = {(table, grows): highest(table, grows) for table, grows in tables}
    return made, decider, before


def highest(table: str, grows: str) -> int:
    """How far a table has grown."""
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(max({grows}), 0) from {table}")
        return int(cursor.fetchone()[0])


def clerk(name: str, role: Role, office: Scope, kind: AccountKind = AccountKind.CLERK) -> Account:
    """Somebody of an authority, or of another kind, with a role."""
    account = Account.objects.create_account(
        f"bench-{role}-{unique()}",
        kind,
        name,
        password="-",  # noqa: S106  nobody signs in
    )
    Grant.objects.create(account=account, role=role, scope=office)
    return account


def unique() -> int:
    """A number not given before."""
    return timezone.now().microsecond * 1000 + next(_serial)


def subjects_made(number: int) -> list[int]:
    """So many people of whom nothing is said yet."""
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench") as change:
        opened = [Subject(kind="person", opened=change.id) for _ in range(number)]
        return [subject.pk for subject in Subject.objects.bulk_create(opened)]


def _cases(number: int, licence: InstitutionLicence, office: Scope) -> list[Case]:
    subjects, qualified_on = subjects_made(number), timezone.localdate() - timedelta(days=300)
    numbers = {pk: make_resident_id("110108", _born(pk), pk % 499 * 2 + 2) for pk in subjects}
    certificates = {
        pk: make_qualification_number(qualified_on.year, "11", "1", "clinical", text) for pk, text in numbers.items()
    }
    names = {pk: "测" + chr(0x4E00 + pk % 4000) + chr(0x5E00 + pk // 4000 % 3000) for pk in subjects}
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench", subjects=subjects) as change:
        for pk in subjects:
            identity = {"name": names[pk], "sex": "2", "birth_date": _born(pk), "ethnic_group": "01"}
            change.state(PersonIdentity, pk, LINE, identity, valid_from=BORN, authority_scope=office.pk)
            qualification = {
                "level": "1", "category": "clinical", "qualified_on": qualified_on, "way": "exam",
                "issuer": "北京市卫生健康委员会", "holder_name": names[pk],
            }  # fmt: skip
            change.state(
                Qualification, pk, qualification_line(1), qualification,
                valid_from=qualified_on, authority_scope=office.pk,
            )  # fmt: skip
    vault.store_many([(pk, "resident_id", text) for pk, text in numbers.items()])
    vault.store_many([(pk, "qualification_number", text) for pk, text in certificates.items()])
    accounts = Account.objects.bulk_create(
        [Account(username=f"bench-{pk}", kind=AccountKind.INDIVIDUAL, display_name=names[pk], subject_id=pk, password="!")  # noqa: S106  nobody signs in
         for pk in subjects]
    )  # fmt: skip
    return _written(accounts, licence, office, numbers, certificates)


def _born(subject: int) -> date:
    return BORN + timedelta(days=subject // 499 % 3000)


def _written(
    accounts: Sequence[Account], licence: InstitutionLicence, office: Scope, numbers: dict[int, str],
    certificates: dict[int, str],
) -> list[Case]:  # fmt: skip
    today = timezone.localdate()
    organisation = add_organisation(f"bench-{licence.subject_id}", licence.name, office, licence.subject_id)
    declared, cases = item(ITEM, today), []
    first = unique() % 10**9
    for n, account in enumerate(accounts):
        subject = account.subject_id or 0
        case = Case(
            number=f"B{first}-{n}"[:20], item_code=ITEM, rules_on=today, shape=declared.shape, subject_id=subject,
            applicant=account, applicant_name=account.display_name, institution_scope=organisation.pk,
            institution_name=licence.name, authority_scope=office.pk, state="deciding", submitted_at=timezone.now(),
            proposal="grant",
        )  # fmt: skip
        form_answers.put(case, declared, _answers(account, licence.name, numbers[subject], certificates[subject]))
        cases.append(case)
    Case.objects.bulk_create(cases)
    clerks = [clerk(word, role, office) for word, role in (("受理", Role.ACCEPTOR), ("审核", Role.REVIEWER))]
    _papers(cases)
    events(cases, clerks)
    return cases


def _answers(account: Account, house: str, number: str, certificate: str) -> dict[str, dict[str, Any]]:
    return {
        "person": {
            "name": account.display_name, "sex": "2", "id_type": "01", "id_number": number,
            "birth_date": f"{number[6:10]}-{number[10:12]}-{number[12:14]}", "ethnic_group": "01", "mobile": "19900000001",
        },
        "education": {
            "level": "21", "degree": "410", "school": "华北示范医科大学", "major": "临床医学",
            "learning_form": "full_time", "graduated_on": "2019-06-30",
        },
        "qualification": {
            "qualification_number": certificate, "level": "1", "category": "clinical",
            "qualified_on": (timezone.localdate() - timedelta(days=300)).isoformat(),
            "issuer": "北京市卫生健康委员会", "way": "exam",
        },
        "practice": {
            "level": "1", "category": "clinical", "institution": house, "employer_as_sealed": house, "scope": "11",
            "employment": "contract", "employed_from": "2026-01-05",
        },
        "declaration": {"health": "fit", "criminal_record": "no", "ban": "no", "truth": True},
    }  # fmt: skip


def _papers(cases: Sequence[Case]) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (354, 472), "white").save(picture, "PNG")
    picture.seek(0)
    one = keep(picture, "photo.png", subject_id=cases[0].subject_id, authority_scope=cases[0].authority_scope)
    copied = {field.attname for field in Attachment._meta.concrete_fields} - {"id", "subject_id"}  # noqa: SLF001
    for material in ("photo", "employment_proof"):
        files = Attachment.objects.bulk_create(
            [Attachment(subject_id=case.subject_id, **{name: getattr(one, name) for name in copied}) for case in cases]
        )
        Paper.objects.bulk_create(
            [Paper(case=case, material=material, attachment=file) for case, file in zip(cases, files, strict=True)]
        )


def events(cases: Sequence[Case], clerks: Sequence[Account]) -> None:
    """What happened to the cases before the decision."""
    acceptor, reviewer = clerks
    told = (
        ("submit", "draft", "confirming", None), ("confirm", "confirming", "received", None),
        ("accept", "received", "reviewing", acceptor), ("pass_review", "reviewing", "deciding", reviewer),
    )  # fmt: skip
    CaseEvent.objects.bulk_create(
        [
            CaseEvent(
                case=case, verb=verb, title=verb, at=timezone.now(), on=timezone.localdate(), actor=actor,
                actor_name=actor.display_name if actor else case.applicant_name, from_state=before, to_state=after,
                subject_id=case.subject_id, authority_scope=case.authority_scope, institution_scope=case.institution_scope,
            )
            for case in cases
            for verb, before, after, actor in told
        ]
    )  # fmt: skip
