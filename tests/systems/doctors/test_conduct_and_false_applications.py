"""Conduct that is recorded, good and bad, and the bar that follows a false application."""

import pytest
from django.utils import timezone

from tests.cast import new_account
from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.public import must_see, number_of
from tests.systems.doctors.test_penalties import ONE_DAY, TODAY, begun, grounds
from tests.walking import picture
from yizheng.disclosure.models import PublicPractitioner
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.verbs.drafting import hand_in, keep, open_for
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.practitioners.models import ConductRecord


@pytest.mark.django_db
class TestConduct:
    def test_an_institution_records_good_conduct_and_it_stays_off_the_public_page(
        self, registered, doctor, hospital, acceptor
    ):
        typed = {
            "kind": "good", "category": "G1", "happened_on": TODAY.isoformat(),
            "content": "获区级抗疫先进个人", "recorded_by": "海淀区青禾社区卫生服务中心",
        }  # fmt: skip
        operator = hospital.operator
        with acting_as(operator):
            case = open_for(operator, "doctor_conduct_record", doctor.subject_id, doctor.display_name, hospital.scope)
            case = keep(case, operator, {"conduct": typed})
            hand_in(case, operator, case.item.materials[0], picture((800, 600)), "表彰.jpg")
        go_on(case, "submit", operator)
        with acting_as(doctor):
            record = ConductRecord.objects.visible_to(doctor).get()
        assert (record.kind, record.content) == ("good", "获区级抗疫先进个人")
        assert "抗疫" not in str(PublicPractitioner.objects.get(subject=doctor.subject_id).__dict__)
        with acting_as_system("test"):
            cycle = assessing.cycle_of(TODAY)
            assert assessing.conduct_within(doctor.subject_id, cycle, TODAY) == (1, 0)

    def test_the_authority_records_bad_conduct_by_two_persons(self, registered, doctor, reviewer, decider, haidian):
        typed = {
            "kind": "bad", "category": "B1", "happened_on": TODAY.isoformat(),
            "content": "未按规定书写病历", "recorded_by": "北京市海淀区卫生健康委员会",
        }  # fmt: skip
        case = begun(reviewer, doctor, haidian, "doctor_conduct_decision", {"conduct": typed})
        go_on(case, "enact", decider, reason="属实。")
        with acting_as_system("test"):
            assert assessing.conduct_within(doctor.subject_id, assessing.cycle_of(TODAY), TODAY) == (0, 1)
        entry = must_see(number_of(doctor))
        assert entry.answer == "可以执业"
        assert not any(words in entry.page for words in ("病历", "不良", "行为记录"))
        stranger = new_account(AccountKind.CLERK, "外区", Role.REVIEWER, Scope.objects.get(code="110105"))
        with acting_as(stranger):
            assert not ConductRecord.objects.visible_to(stranger).exists()


@pytest.mark.django_db
class TestFalseApplications:
    def refused(self, doctor: Account, acceptor: Account, haidian: Scope, state: str) -> Case:
        with acting_as_system("test"):
            case = Case.objects.create(
                number="26-900001", item_code="doctor_certificate_reissue", rules_on=TODAY, shape="licence",
                subject_id=doctor.subject_id or 0, applicant_name=doctor.display_name, applicant=doctor,
                authority_scope=haidian.pk, state=state,
            )  # fmt: skip
            CaseEvent.objects.create(
                case=case, verb="decline", title="不予受理", at=timezone.now(), on=TODAY - 10 * ONE_DAY,
                actor=acceptor, actor_name=acceptor.display_name, to_state=state,
                subject_id=doctor.subject_id or 0, authority_scope=haidian.pk,
            )  # fmt: skip
        return case

    def test_a_false_application_bars_for_a_year_from_the_refusal(
        self, registered, doctor, acceptor, reviewer, decider, haidian
    ):
        self.refused(doctor, acceptor, haidian, "declined")
        typed = {"false_application": {"case_number": "26-900001", "facts": "培训合格证明系伪造"}}
        case = begun(reviewer, doctor, haidian, "doctor_false_application_record", typed)
        go_on(case, "enact", decider, reason="属实。")
        bar = grounds(doctor)["R17"]
        assert (bar.valid_from, bar.document_number) == (TODAY - 10 * ONE_DAY, "26-900001")
        entry = must_see(number_of(doctor))
        assert entry.answer == "可以执业"
        assert not any(words in entry.page for words in ("26-900001", "伪造", "虚假", "不受理"))
        again = begun(reviewer, doctor, haidian, "doctor_false_application_record", typed)
        with pytest.raises(NotPossibleError, match="已经记录过"):
            go_on(again, "enact", decider, reason="属实。")

    def test_it_stands_on_a_refusal(self, registered, doctor, reviewer, decider, haidian):
        typed = {"false_application": {"case_number": "26-900009", "facts": "-"}}
        case = begun(reviewer, doctor, haidian, "doctor_false_application_record", typed)
        with pytest.raises(NotPossibleError, match="没有这一办件"):
            go_on(case, "enact", decider, reason="属实。")
        assert "R17" not in grounds(doctor)
