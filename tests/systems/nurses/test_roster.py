"""The roster of a hospital names its nurses and those who filed to work there too."""

from datetime import date, timedelta

import pytest

from tests.cast import sign_in
from tests.systems.doctors.conftest import found
from tests.systems.nurses.test_collective_renewal import DUE, TODAY, employ
from tests.systems.nurses.test_personal import restate
from yizheng.disclosure.publishing import refresh
from yizheng.documents.models import Certificate
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.closing.items import weighed
from yizheng.systems.institutions.closing.rules import INSTITUTION
from yizheng.systems.institutions.questions import Staff, who_nurses
from yizheng.systems.nurses.models import NurseFiling, NurseRegistration
from yizheng.systems.practitioners.filings import filing_line

pytestmark = pytest.mark.django_db


def test_a_nurse_of_another_hospital_who_filed_here_stands_on_the_roster(client, hospital, haidian):
    clinic = found("海淀示范门诊部", haidian, "110108")
    (nurse,) = employ(hospital, haidian, 1)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        said = {"institution": clinic.subject, "department": "", "schedule": "", "filed_on": TODAY}
        where = filing_line(clinic.subject)
        change.state(NurseFiling, nurse[0], where, said, valid_from=TODAY, authority_scope=haidian.pk)
    open_to(nurse[0], clinic.scope, "test")
    for operator in (hospital.operator, clinic.operator):
        page = sign_in(client, operator).get("/nurses/roster/").content.decode()
        assert nurse[1] in page
        assert DUE.isoformat() in page
    after = DUE + timedelta(days=1)
    asked = [(house.subject, on) for house in (hospital, clinic) for on in (TODAY, DUE, after)]
    assert [len(who_nurses.ask(Staff(*each))) for each in asked] == [1, 1, 0, 1, 1, 0], "asked of an institution"
    with acting_as_system("test"):
        assert weighed(clinic.subject, TODAY, INSTITUTION)["staff"] == 1, "told to who closes it"


def test_a_term_that_was_renewed_is_no_term_that_ran_out() -> None:
    renewed = NurseRegistration(
        status="REG", valid_from=date(2016, 3, 1), valid_to=date(2021, 3, 1), term_to=date(2021, 2, 28)
    )
    lapsed = NurseRegistration(status="REG", valid_from=date(2016, 3, 1), term_to=date(2021, 2, 28))
    assert (renewed.state, renewed.may_practise) == ("在册", True)
    assert (lapsed.state, lapsed.may_practise) == ("有效期届满未延续", False)


@pytest.mark.parametrize(("days", "state"), [(-1, "有效期满"), (0, "有效"), (1, "有效")])
def test_a_genuine_certificate_of_a_term_that_is_over_is_not_called_good(
    client, walker, registered, nurse, days, state
):
    with acting_as_system("test"):
        restate(nurse, term_to=TODAY + timedelta(days=days))
        refresh("nurse", [nurse.subject_id])
        code = Certificate.objects.get(subject_id=nurse.subject_id, status="valid").code
    page = client.get("/verify/", {"code": code}).content.decode()
    assert ("不得执业" in page) is (days < 0)
    assert f">{state}</" in page.replace("\n", "")
