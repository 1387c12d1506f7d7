"""A filing is told as one: it is confirmed, not hired for; it takes effect at once; longer is not ended, and ended is not taken back."""

from datetime import date, timedelta

import pytest

from tests.systems.doctors.conftest import House, found
from tests.systems.nurses.test_practice import CLINIC, TODAY, clinic_walker, filings, further
from yizheng.licensing.cases import examining
from yizheng.licensing.catalogue import item as item_of
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.record import LineStep
from yizheng.registry.wording.words import Names, Words
from yizheng.shell.applicant.drafting_page import context
from yizheng.shell.desk import display
from yizheng.systems.nurses.models import NurseFiling
from yizheng.systems.nurses.practice import FilingExtension
from yizheng.work.models import Notice

__all__ = ["clinic_walker"]


@pytest.fixture
def clinic(chaoyang: Scope) -> House:
    return found(CLINIC, chaoyang, "110105")


def filing(begins: date, ends: date) -> NurseFiling:
    return NurseFiling(
        subject_id=1, line="filing:2", institution_id=2, filed_on=begins, valid_from=begins, valid_to=ends, opened=1
    )


@pytest.mark.parametrize(
    ("after", "word"),
    [
        ((filing(date(2026, 1, 1), date(2026, 12, 1)),), "延长"),
        ((filing(date(2026, 1, 1), date(2026, 3, 1)),), "终止"),
        ((), "终止"),
    ],
    ids=["longer", "shorter", "ended_the_day_it_began"],
)
def test_the_history_calls_it_by_its_name(after, word):
    step = LineStep(NurseFiling, "filing:2", (filing(date(2026, 1, 1), date(2026, 6, 1)),), after)
    assert Words(Names(subjects={2: CLINIC})).did(step) == f"{word} 多机构备案 {CLINIC}"


@pytest.mark.django_db
def test_what_people_are_told_and_asked(clinic_walker, registered, nurse, clinic, hospital):
    case = further(clinic_walker, nurse)
    assert context(case, examining.examine(case, TODAY), tried=False)["submit_label"] == "提交备案"
    filed = clinic_walker.walk(case, CaseState.CHECKING)
    with acting_as_system("test"):
        told = list(Notice.objects.filter(body=f"办件 {case.number}").values_list("title", flat=True))
        shown = display.findings(Case.objects.get(pk=filed.pk), examining.examine(filed, TODAY), may_dispose=False)
    assert any("请确认备案" in each for each in told)
    assert any("已生效，请核查" in each for each in told)
    assert not any("聘用" in each or "受理机关" in each for each in told)
    assert shown["open"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("lasting", [False, True])
def test_only_a_filing_with_an_end_is_offered_to_be_extended(clinic_walker, registered, nurse, clinic, lasting):
    ends = {} if lasting else {"period_to": (TODAY + timedelta(days=90)).isoformat()}
    clinic_walker.walk(further(clinic_walker, nurse, **ends), CaseState.CHECKING)
    item = item_of("nurse_filing_extension", TODAY)
    assert isinstance(item, FilingExtension)
    assert bool(item.may_apply(nurse.subject_id, TODAY)) is lasting
    assert len(filings(nurse)) == 1


@pytest.mark.django_db
def test_whom_an_institution_filed_alone_is_told_how_to_undo_it(clinic_walker, registered, nurse, clinic):
    typed = {"filing": {"institution": CLINIC, "period_from": TODAY.isoformat()}}
    person = Candidate(nurse.subject_id, nurse.display_name)
    case = clinic_walker.draft(
        clinic.operator, "nurse_multi_institution_filing", typed, person=person, institution=clinic.scope
    )
    with acting_as(clinic.operator):
        perform(case, "submit", clinic.operator)
    with acting_as_system("test"):
        hers = Notice.objects.filter(account=nurse, body=f"办件 {case.number}").values_list("title", flat=True)
    assert [("取消备案" in each) for each in hers] == [True]
