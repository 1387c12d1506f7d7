"""A case whose registration was rolled back says so: state, clock, timeline, counts; and whoever signs sees what."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Place, new_account, sign_in
from tests.systems.doctors.people_of_pages import Made
from tests.systems.doctors.test_pages_rollback import address_of, doctor, second_decider
from yizheng.licensing.cases.rollbacks import mark_cases, taken_back
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.work.models import Approval, Notice

__all__ = ["doctor", "second_decider"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(doctor: Made, institution: Place, haidian: Scope, decider: Account) -> Case:
    """The granted case that the widened registration came from."""
    with acting_as_system("test"):
        made: Case = Case.objects.create(
            number="BJ20250601000001", item_code="doctor_change_scope", rules_on=date(2025, 6, 1), shape="licence",
            subject=doctor.subject, applicant_name="林知夏", institution_scope=institution.scope.pk,
            institution_name=institution.scope.name, authority_scope=haidian.pk, state=CaseState.GRANTED,
            change_id=doctor.changes["widened"].pk, summary="准予变更",
        )  # fmt: skip
    return made


def rolled_back(client: Client, doctor: Made, decider: Account, second: Account) -> None:
    sign_in(client, decider).post(address_of(doctor), {"ground": "correction", "reason": "录错人员"})
    made = Approval.objects.get()
    sign_in(client, second).post(f"/work/approvals/{made.pk}/", {"verdict": "approve"})


def test_the_case_is_no_longer_granted(
    client: Client, doctor: Made, case: Case, decider: Account, second_decider: Account
) -> None:
    rolled_back(client, doctor, decider, second_decider)
    with acting_as_system("test"):
        case.refresh_from_db()
        event = CaseEvent.objects.get(case=case, verb="roll_back")
    assert (case.state, case.due_on, case.clock_runs) == (CaseState.ROLLED_BACK, None, False)
    assert (event.from_state, event.actor_name) == (CaseState.GRANTED, second_decider.display_name)
    page = sign_in(client, decider).get(f"/desk/cases/{case.number}/").content.decode()
    assert "已回退" in page
    assert "登记已回退" in page
    assert "登记送达" not in page
    assert "的登记已于" in page


def test_who_is_concerned_learns_what_stands_now(
    client: Client, doctor: Made, case: Case, decider: Account, second_decider: Account
) -> None:
    person = new_account(AccountKind.INDIVIDUAL, "林知夏", subject=doctor.subject)
    with acting_as_system("test"):
        case.submitted_at = timezone.now()
        case.save(update_fields=["submitted_at"])
    rolled_back(client, doctor, decider, second_decider)
    done = client.get("/work/approvals/").content.decode()
    assert "已批准并办理：业务数据回退" in done
    with acting_as_system("test"):
        told = list(Notice.objects.filter(kind="case").order_by("pk"))
    hers, house = told
    assert (hers.account_id, house.scope_id) == (person.pk, case.institution_scope)
    for each in told:
        assert "登记已回退，“准予变更”不再有效" in each.title


def test_undoing_the_rollback_gives_the_case_its_state_again(
    client: Client, doctor: Made, case: Case, decider: Account, second_decider: Account
) -> None:
    rolled_back(client, doctor, decider, second_decider)
    with acting_as_system("test"):
        undone = Change.objects.get(undoes=case.change_id)
        again = Change(pk=undone.pk + 1000, undoes=undone, approved_by_id=decider.pk, reason="回退有误")
        mark_cases(type("Done", (), {"change": again})())
        case.refresh_from_db()
        assert (case.state, taken_back(case)) == (CaseState.GRANTED, "")


def test_who_signs_second_sees_what_she_signs(
    client: Client, doctor: Made, case: Case, decider: Account, second_decider: Account
) -> None:
    sign_in(client, decider).post(address_of(doctor), {"ground": "correction", "reason": "录错人员"})
    made = Approval.objects.get()
    listed = sign_in(client, second_decider).get("/work/approvals/").content.decode()
    assert f"/work/approvals/{made.pk}/" in listed
    page = client.get(f"/work/approvals/{made.pk}/").content.decode()
    assert "回退会做什么" in page
    assert address_of(doctor) in page
    assert "恢复“" in page
