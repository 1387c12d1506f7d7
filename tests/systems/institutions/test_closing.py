"""停业、恢复、注销: what stands still, what goes on, and what ends with the licence."""

from datetime import timedelta

import pytest

from tests.systems.doctors.people_of_pages import make_doctor
from tests.systems.institutions.registered import TODAY, drafted, found, turn
from yizheng.documents.models import Certificate, Status
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Proposal
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import jurisdiction
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.models import (
    Closing,
    FiledTechnology,
    FurtherName,
    VerificationPeriod,
    names,
    technologies,
)

pytestmark = pytest.mark.django_db
CLOSE = {
    "cause": "closed", "event_on": TODAY.isoformat(), "records_kept": "由清河街道社区卫生服务中心保管", "handed_over": "无",
    "licence_returned": "on",
}  # fmt: skip
NEXT_YEAR = (TODAY + timedelta(days=300)).isoformat()


def suspension(walker, house, **more):
    said = {"ground": "other", "from_on": TODAY.isoformat(), "to_on": NEXT_YEAR, "arrangement": "转往示范医院"}
    return drafted(walker, house, "inst_suspend", {"suspend": {**said, **more}})


def test_it_stands_still_with_approval_and_practises_again(walker, house):
    walker.walk(suspension(walker, house))
    with acting_as_system("test"):
        assert (house.held.licence.status, house.held.suspension.reason) == ("closed_temp", "other")
    ready = {"resumed_on": TODAY.isoformat(), "ready": "yes", "statement": "人员、设备到位"}
    walker.walk(drafted(walker, house, "inst_resume", {"resume": ready}))
    with acting_as_system("test"):
        assert (house.held.licence.status, house.held.suspension) == ("active", None)


def test_a_suspension_is_prolonged_within_the_year_in_all(walker, house):
    walker.walk(suspension(walker, house))
    too_long = (TODAY + timedelta(days=366)).isoformat()
    assert "I-S-YEAR" in found(house, suspension(walker, house, to_on=too_long))
    walker.walk(suspension(walker, house, to_on=(TODAY + timedelta(days=360)).isoformat()))
    with acting_as_system("test"):
        assert house.held.suspension.from_on == TODAY


def stating(house, kind, line, values):
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        office = house.held.licence.authority_scope
        change.state(kind, house.subject, line, values, valid_from=TODAY, authority_scope=office)


def test_with_the_licence_ends_what_rests_on_it_and_its_people_are_put_to_their_authority(
    walker, house, haidian, district_desk
):
    made = make_doctor("林知夏", house, haidian, by=district_desk.decider)
    stating(house, FiledTechnology, technologies.line("G01"), {"technology": "G01", "filed_on": TODAY})
    stating(house, FurtherName, names.line(1), {"kind": "internet_hospital", "name": "北京清河医院互联网医院"})
    case = drafted(walker, house, "inst_deregister", {"closing": CLOSE})
    assert "I-X-STAFF" in found(house, case)
    done = walker.walk(case)
    assert done.summary.startswith("注销执业许可（歇业）")
    with acting_as_system("test"):
        held = house.held
        assert held.licence.status == "deregistered"
        assert [*held.of(FiledTechnology), *held.of(FurtherName), *held.of(VerificationPeriod)] == []
        assert held.of(Closing)[0].cause == "closed"
        proposal = Proposal.objects.get(consequence="doctors.institution_ended")
        assert proposal.subject_id == made.subject.pk
        mine = Certificate.objects.all().filter(subject_id=house.subject.pk)
        assert not mine.filter(status=Status.VALID).exists()


def test_who_moves_out_of_the_area_ends_here_and_is_expected_there(walker, house):
    chaoyang = jurisdiction("110105")
    walker.walk(
        drafted(walker, house, "inst_deregister", {"closing": {**CLOSE, "cause": "moved_out", "district_to": "110105"}})
    )
    with acting_as_system("test"):
        expected = Proposal.objects.get(consequence="institutions.moved_in")
        assert (expected.authority_scope, house.held.licence.status) == (chaoyang.pk, "deregistered")


def begun(house, desk, code, **said):
    with acting_as(desk.reviewer):
        return propose(
            desk.reviewer, code, subject_id=house.subject.pk, subject_name=house.scope.name,
            authority_scope=house.scope.parent_id, evidence="经查实", answers={"closing": said},
        )  # fmt: skip


def told_and_heard(walker, house, desk, case):
    """The institution is told, asks to be heard, and was."""
    case = walker.walk(case, CaseState.NOTICED)
    for account, verb in ((house.operator, "ask_hearing"), (desk.reviewer, "end_hearing"), (desk.reviewer, "conclude")):
        with acting_as(account):
            perform(case, verb, account, reason="已听取陈述")
    return case


def test_who_does_not_follow_an_order_is_told_heard_and_deregistered(walker, house, district_desk):
    case = begun(house, district_desk, "inst_deregister_ex_officio", cause="check_not_applied")
    case = told_and_heard(walker, house, district_desk, case)
    with pytest.raises(NotPossibleError, match="没有责令限期补办校验"):
        walker.walk(case)
    turn(
        house,
        due_on=TODAY - timedelta(days=40),
        ordered_on=TODAY - timedelta(days=30),
        order_by=TODAY - timedelta(days=10),
    )
    walker.walk(case)
    with acting_as_system("test"):
        assert house.held.licence.status == "deregistered"


def test_a_revocation_in_force_is_entered_by_two_persons_from_the_day_of_its_document(walker, house, district_desk):
    said = {"cause": "revoked", "organ": "海淀区卫生健康委员会", "document_number": "海卫医罚〔2026〕1号"}
    case = begun(house, district_desk, "inst_deregister_on_record", event_on=TODAY.isoformat(), **said)
    assert case.state == CaseState.DECIDING
    walker.walk(case)
    with acting_as_system("test"):
        assert house.held.licence.status == "revoked"


def test_nothing_else_may_be_open_when_it_closes(walker, house):
    walker.walk(suspension(walker, house), CaseState.RECEIVED)
    assert "I-X-OPEN" in found(house, drafted(walker, house, "inst_deregister", {"closing": CLOSE}))
