"""Penalties, each from the desk to the register and the public page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.public import must_see, number_of
from tests.systems.doctors.walking import Desk, desk_of
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_months, add_years
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import item as item_called
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.record import record_of
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.item import OFFICE
from yizheng.systems.practitioners.models import PenaltyRecord, RegistrationBar

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)

WARNING = {"kind": "warning", "article": "physicians_law:55", "suspended_from": "", "suspended_to": ""}


def penalty(**values: Any) -> dict[str, Any]:
    return {
        "kind": "suspension",
        "article": "physicians_law:57",
        "behaviour": "未按照注册的执业范围执业，情节严重",
        "authority_name": "北京市海淀区卫生健康委员会",
        "decided_by": "county",
        "document_number": "海卫医罚〔2026〕007号",
        "decided_on": TODAY.isoformat(),
        "suspended_from": TODAY.isoformat(),
        "suspended_to": (add_months(TODAY, 8) - ONE_DAY).isoformat(),
        "review_state": "none",
        **values,
    }


def begun(
    account: Account, doctor: Account, scope: Scope, code: str, answers: dict[str, Any], on: date | None = None
) -> Case:
    with acting_as(account):
        return propose(
            account,
            code,
            subject_id=doctor.subject_id or 0,
            subject_name=doctor.display_name,
            authority_scope=scope.pk,
            evidence="见决定书。",
            answers={OFFICE: {"scope": scope.pk}, **answers},
            on=on,
        )


def standing(doctor: Account, on: date = TODAY) -> Registration:
    with acting_as_system("test"):
        return Registration.objects.as_of(on).get(subject_id=doctor.subject_id or 0)


def grounds(doctor: Account) -> dict[str, RegistrationBar]:
    with acting_as_system("test"):
        found = RegistrationBar.objects.current().filter(subject_id=doctor.subject_id or 0)
        return {each.ground: each for each in found}


@pytest.fixture
def city_desk(city: Scope) -> Desk:
    return desk_of(city)


@pytest.mark.django_db
class TestPenalties:
    def enter(self, doctor: Account, reviewer: Account, decider: Account, haidian: Scope, **values: Any) -> Case:
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty(**values)})
        return go_on(case, "enact", decider, reason="决定书属实。")

    def test_a_suspension_runs_from_day_to_day_and_ends_by_itself(self, registered, doctor, reviewer, decider, haidian):
        last = add_months(TODAY, 8) - ONE_DAY
        self.enter(doctor, reviewer, decider, haidian)
        assert standing(doctor).status == "SUSP_PENAL"
        assert standing(doctor, last).status == "SUSP_PENAL"
        assert standing(doctor, last + ONE_DAY).status == "REG"
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("暂停执业", "暂停执业，目前不得执业")
        assert "007号" not in entry.page
        assert "执业范围执业" not in entry.page
        with acting_as_system("test"):
            record = PenaltyRecord.objects.get(subject_id=doctor.subject_id)
        assert (record.kind, record.suspended_to) == ("suspension", last)
        assert grounds(doctor) == {}

    def test_revocation_ends_everything_and_bars_from_the_day_of_the_decision(
        self, registered, doctor, reviewer, decider, haidian
    ):
        self.enter(
            doctor, reviewer, decider, haidian,
            kind="revocation_ban", article="physicians_law:58", decided_by="province",
            banned_from=TODAY.isoformat(), for_life=True,
        )  # fmt: skip
        assert (standing(doctor).status, standing(doctor).reason) == ("REVOKED", "D04")
        found = grounds(doctor)
        assert set(found) == {"R04", "R12"}
        assert found["R04"].valid_from == TODAY
        assert found["R12"].until is None
        with acting_as_system("test"):
            certificate = Certificate.objects.get(subject_id=doctor.subject_id)
        assert (certificate.status, certificate.ending) == (Status.REVOKED, "penalty")
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("吊销（执业证书）", "执业证书已被吊销，不得执业")
        assert "禁止" not in entry.page

    def test_a_warning_is_recorded_and_changes_nothing_else(self, registered, doctor, reviewer, decider, haidian):
        self.enter(doctor, reviewer, decider, haidian, **WARNING)
        assert standing(doctor).status == "REG"
        assert must_see(number_of(doctor)).answer == "可以执业"
        with acting_as_system("test"):
            assert PenaltyRecord.objects.get(subject_id=doctor.subject_id).suspended_to is None

    def test_what_the_law_does_not_allow_is_not_entered(self, registered, doctor, reviewer, decider, haidian):
        short = (add_months(TODAY, 5)).isoformat()
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty(suspended_to=short)})
        with acting_as(decider), pytest.raises(NotPossibleError, match="六个月以上一年以下"):
            perform(Case.objects.get(pk=case.pk), "enact", decider, reason="决定书属实。")
        assert standing(doctor).status == "REG"
        with acting_as_system("test"):
            assert not PenaltyRecord.objects.filter(subject_id=doctor.subject_id).exists()

    def test_who_is_not_registered_is_banned_all_the_same(self, doctor, city_desk, city):
        begins = begun(
            city_desk.reviewer, doctor, city, "doctor_penalty_record",
            {"penalty": penalty(
                kind="ban", article="physicians_law:58", decided_by="province", suspended_from="",
                suspended_to="", banned_from=TODAY.isoformat(), banned_to=add_years(TODAY, 5).isoformat(),
            )},
        )  # fmt: skip
        go_on(begins, "enact", city_desk.decider, reason="决定书属实。")
        assert grounds(doctor)["R12"].until == add_years(TODAY, 5)
        first = item_called("doctor_first_registration", TODAY)
        assert "D-R12" in {each.code for each in first.examine(applicant_of(doctor), TODAY).blocks}

    def test_a_penalty_of_another_register_bars_no_doctor(self, doctor, haidian):
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change,
        ):
            enter_bar(
                change, doctor.subject_id or 0, "R04", TODAY, authority_scope=haidian.pk, authority_name="测试", of="nurse",
            )  # fmt: skip
        assert applicant_of(doctor).bars == ()
        with acting_as_system("test"):
            record = record_of(doctor.subject_id or 0, (RegistrationBar.objects.all(),))
        assert [len(record.within(each).versions) for each in (DOCTORS, NURSES)] == [0, 1]

    def test_one_decision_is_entered_once(self, registered, doctor, reviewer, decider, haidian):
        self.enter(doctor, reviewer, decider, haidian, **WARNING)
        with pytest.raises(NotPossibleError, match="已经登记"):
            self.enter(doctor, reviewer, decider, haidian, **WARNING)

    def test_the_one_who_types_does_not_decide(self, registered, doctor, reviewer, haidian):
        Grant = reviewer.grants.model  # noqa: N806  # the model of the relation
        Grant.objects.create(account=reviewer, role=Role.DECIDER, scope=haidian)
        case = begun(reviewer, doctor, haidian, "doctor_penalty_record", {"penalty": penalty()})
        with acting_as(reviewer), pytest.raises(NotPermittedError):
            perform(Case.objects.get(pk=case.pk), "enact", reviewer, reason="属实。")

    def test_an_early_end_rests_on_a_document(self, registered, doctor, reviewer, decider, haidian):
        self.enter(doctor, reviewer, decider, haidian)
        early = begun(reviewer, doctor, haidian, "doctor_suspension_end", {"resuming": {"ground": "over"}})
        with acting_as(decider), pytest.raises(NotPossibleError, match="期满后才能恢复"):
            perform(Case.objects.get(pk=early.pk), "enact", decider, reason="恢复。")
        lifted = {"resuming": {"ground": "lifted", "document_number": "京复〔2026〕3号"}}
        case = begun(reviewer, doctor, haidian, "doctor_suspension_end", lifted)
        go_on(case, "enact", decider, reason="复议决定撤销。")
        assert standing(doctor).status == "REG"
        assert standing(doctor, TODAY + timedelta(days=100)).status == "REG"
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")


def applicant_of(doctor: Account) -> Any:
    """Who asks to be registered, as the rules weigh her before anything is typed."""
    return item_called("doctor_first_registration", TODAY).gather(Answers(), doctor.subject_id or 0, TODAY)
