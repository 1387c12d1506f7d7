"""`docs/permissions.md` says who may open and do what at every address and in every state, and it is so.

The page is written anew only on purpose: `YIZHENG_REWRITE_BASELINE=1 ./yizheng test tests/test_permissions.py`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests import permission_matrix as matrix
from tests.cast import Place
from tests.documents import test_certificates, test_instruments
from tests.documents.conftest import certificate_fields  # noqa: F401  a fixture
from tests.systems.doctors.crowd import Desk, Person, apply_all, qualified
from tests.systems.doctors.intakes.examinees import csv_of, examinee
from tests.systems.doctors.people_of_pages import license_house, make_doctor
from yizheng.documents import printing
from yizheng.intake.formats import format_of
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.receive import receive
from yizheng.licensing.models import Case, Dossier, Forecast, Paper
from yizheng.licensing.models.saved_view import SavedView
from yizheng.licensing.states import CaseState
from yizheng.people import vault
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Grant, GrantProposal, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.models import Job, Notice

pytestmark = pytest.mark.django_db
REWRITE = os.environ.get("YIZHENG_REWRITE_BASELINE") == "1"
PERSONAL = (
    "attachments/",
    "certificates/",
    "instruments/",
    "desk/cases/",
    "doctors/<",
    "nurses/<",
    "intake/<",
    "exchange/<",
)
"""Where a person's papers or record lie."""


@pytest.fixture
def other_institution_operator(another_institution: Place) -> Account:
    return another_institution.operator


@pytest.fixture
def case(
    applicant: Account,
    institution: Place,
    haidian: Scope,
    acceptor: Account,
    reviewer: Account,
    decider: Account,
) -> Case:
    """A first registration of the applicant that lies with the deciding clerk."""
    vault.prepare()
    license_house(institution, haidian)
    (like,) = qualified(["林知遥"], haidian.pk)
    desk = Desk(institution.scope.name, institution.scope.pk, haidian.pk, acceptor, reviewer)
    who = Person(applicant, like.number, like.certificate, like.qualified_on)
    return apply_all([who], desk, CaseState.DECIDING)[0]


@pytest.fixture
def things(
    case: Case,
    applicant: Account,
    institution: Place,
    another_institution: Place,
    haidian: Scope,
    acceptor: Account,
    decider: Account,
    system_admin: Account,
    certificate_fields: dict[str, Any],  # noqa: F811
    tmp_path: Path,
) -> dict[str, Any]:
    """One of everything that has an address, all of Haidian, with what stands in the address."""
    doctor = make_doctor(
        "林知夏", institution, haidian, by=decider, second=another_institution, number="110110108000001"
    )
    certificate = test_certificates.issue(decider, applicant, certificate_fields)
    with acting_as(decider):
        run = printing.print_certificates([certificate.pk], by=decider, first_serial="A-000998")
    path = tmp_path / "成绩.csv"
    path.write_bytes(csv_of([examinee(1)]))
    with acting_as_system("test"):
        declared = format_of("exam_result")
        batch = check(
            receive(declared, path, path.name, account=acceptor, authority_scope=haidian.pk), declared
        )
        paper = Paper.objects.filter(case=case).select_related("attachment").first()
        assert paper is not None
        proposal = GrantProposal.objects.create(
            account=acceptor, role=Role.REVIEWER, scope=haidian, reason="轮岗", proposer=system_admin
        )
    with acting_as(institution.operator):
        dossier = Dossier.objects.create(
            number="PL-1", item_code="doctor_first_registration", rules_on=timezone.localdate(),
            institution_scope=institution.scope.pk, institution_name=institution.scope.name,
            institution_subject=institution.subject, opened_by=institution.operator,
        )  # fmt: skip
    forecast = Forecast.objects.create(
        register="doctor", on=timezone.localdate(), asked_by=decider, finished_at=timezone.now()
    )
    return {
        "accounts/me/": 1,
        "accounts/admin/": {"account_id": acceptor.pk, "kind": "clerk", "act": "suspend"},
        "accounts/admin/grants/<int:proposal_id>": proposal.pk,
        "accounts/admin/grants/end": Grant.objects.get(account=acceptor).pk,
        "accounts/counter/": "no-such-ticket",
        "desk/batch/": 1,
        "desk/views/": SavedView.objects.create(account=acceptor, name="我的", query="view=all").pk,
        "desk/cases/": {"number": case.number, "code": "R01", "field": "person.mobile"},
        "certificates/": certificate.pk,
        "certificates/runs/": run.pk,
        "instruments/": test_instruments.issue(decider, applicant, "grant").pk,
        "attachments/": paper.attachment.pk,
        "intake/": batch.pk,
        "intake/templates/": "exam_result",
        "rules/": {"code": "no-such-rule", "year": 2026, "proposal_id": 1},
        "exchange/": 1,
        "my/apply/": "doctor_first_registration",
        "my/dossiers/": dossier.pk,
        "my/dossiers/begin/": "doctor_first_registration",
        "my/cases/": {"number": case.number, "material": "photo"},
        "proposals/": 1,
        "<register:register>/": {"register": "doctors", "pk": forecast.pk},
        "bundle/": "none.css",
        "work/jobs/": Job.objects.create(name="disclosure.republish", title="公开", account=acceptor).pk,
        "work/approvals/": 1,
        "inbox/": Notice.objects.create(account=acceptor, title="一条", kind="case").pk,
        "public/": "none",
        "verify/": {"payload": "none", "day": "2026-01-01"},
        "api/": "none",
        "institutions/": institution.subject.pk,
        "changes/": doctor.changes["widened"].pk,
        "doctors/": {
            "subject_id": doctor.subject.pk,
            "kind": "resident_id",
            "change_id": doctor.changes["widened"].pk,
        },
        "nurses/": {
            "subject_id": doctor.subject.pk,
            "kind": "resident_id",
            "change_id": doctor.changes["widened"].pk,
        },
    }


def columns(
    request: pytest.FixtureRequest, case: Case, things: dict[str, Any], who: str
) -> tuple[dict[str, str], dict[str, str]]:
    account = None if who == "visitor" else request.getfixturevalue(who)
    return matrix.cells(account, things), matrix.cells_in_states(account, case, things)


@pytest.mark.skipif(REWRITE, reason="the page is being written")
@pytest.mark.parametrize("who", matrix.WHO)
def test_everybody_gets_what_the_page_says(
    request: pytest.FixtureRequest, case: Case, things: dict[str, Any], who: str
) -> None:
    addresses, states = columns(request, case, things, who)
    said = {row: cell[who] for row, cell in matrix.kept().items()}
    assert addresses | states == said


@pytest.mark.skipif(not REWRITE, reason="the page is kept")
def test_the_page_is_written_anew(request: pytest.FixtureRequest, case: Case, things: dict[str, Any]) -> None:
    asked = {who: columns(request, case, things, who) for who in matrix.WHO}
    addresses, states = (
        {row: {who: asked[who][table][row] for who in matrix.WHO} for row in asked["visitor"][table]}
        for table in (0, 1)
    )
    matrix.PAGE.write_text(matrix.written(addresses, states), "utf-8")


def test_the_page_is_written_as_the_program_writes_it() -> None:
    said = matrix.kept()
    states = {
        row: cell for row, cell in said.items() if row.split(" ")[-1] in matrix.OF_A_CASE and " " in row
    }
    addresses = {row: cell for row, cell in said.items() if row not in states}
    assert matrix.PAGE.read_text("utf-8") == matrix.written(addresses, states)


@pytest.mark.parametrize("who", ["visitor", "another_applicant", "other_institution_operator", "other_district_clerk",
                                 "analyst", "engineer", "system_admin", "security_admin", "audit_admin"])  # fmt: skip
def test_nobody_without_a_part_in_it_reads_papers_or_records(who: str) -> None:
    personal = {
        row: cell[who] for row, cell in matrix.kept().items() if row.split(" ")[-1].startswith(PERSONAL)
    }
    held = {row: cell for row, cell in personal.items() if "<" in row and "读" in cell}
    assert held == {}
