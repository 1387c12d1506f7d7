"""What anybody reads of a nurse: may she practise, until when, and nothing that is to come told as if it were so."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.systems.doctors.conftest import HOSPITAL
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import refresh
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.nurses.terms import Term

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
BEGAN = add_years(TODAY, -2)
TERM = Term.beginning(BEGAN)
NUMBER = "202411000123"
HELD: dict[str, Any] = {"number": NUMBER, "registered_on": BEGAN, "term_from": BEGAN, "term_to": TERM.last}


@pytest.fixture
def registered(nurse: Account, hospital: Any, haidian: Scope) -> Any:
    """Registers her two years ago, changes her registration on the days given, and publishes it."""

    def register(*changes: tuple[date, dict[str, Any]], **held: Any) -> PublicPractitioner:
        subject = nurse.subject_id or 0
        said = {**HELD, "institution": hospital.subject, **held}
        with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
            for on, more in ((said["registered_on"], {}), *changes):
                change.state(
                    NurseRegistration, subject, LINE, {**said, **more}, valid_from=on, authority_scope=haidian.pk
                )
        refresh("nurse", [subject])
        return PublicPractitioner.objects.get(register="nurse", subject=subject)

    return register


def read(entry: PublicPractitioner) -> tuple[str, dict[str, str], str]:
    """The answer, the labelled fields and the history of the page, without marks."""
    page = Client().get(f"/public/nurses/{entry.token}/").content.decode()
    answer = re.search(r'<p class="answer">(.*?)</p>', page, re.DOTALL)
    assert answer is not None
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    happened = " ".join(re.findall(r'<div class="what">(.*?)</div>', page))
    return _plain(answer[1]), {_plain(label): _plain(said) for label, said in pairs}, happened


def _plain(marked: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", marked))


def test_who_may_practise_is_told_until_when(registered):
    answer, fields, _ = read(registered())
    assert f"可以执业：在北京市执业，有效至{long_date(TERM.last)}。" in answer
    assert HOSPITAL in fields["主要执业机构"]
    assert fields["注册有效期至"] == long_date(TERM.last)
    assert "202411***123" in fields["执业证书编号"]


@pytest.mark.parametrize("status", ["MIL", "MOVED"])
def test_who_is_registered_elsewhere_now_is_not_in_the_register_and_nothing_says_why(registered, status):
    answer, fields, happened = read(registered((TODAY - ONE_DAY, {"status": status})))
    assert "现在本市没有执业注册，不得在本市执业" in answer
    assert "注册有效期至" not in fields
    assert "主要执业机构" not in fields
    assert HOSPITAL in fields["原执业机构"]
    assert "军" not in happened + answer
    assert "转" not in happened + answer
    assert "外省" not in happened + answer


def test_the_end_of_a_suspension_is_told_and_not_as_if_it_had_come(registered):
    ends = TODAY + timedelta(days=90)
    entry = registered((TODAY - ONE_DAY, {"status": "SUSP"}), (ends, {}))
    answer, fields, happened = read(entry)
    assert f"暂停执业，目前不得执业：暂停至{long_date(ends - ONE_DAY)}，期满恢复执业。" in answer
    assert "暂停执业" in happened
    assert "在册" not in happened
    assert long_date(ends - ONE_DAY) not in fields["主要执业机构"]


def test_a_suspension_that_outlasts_the_term_promises_no_return(registered):
    last = TODAY + timedelta(days=30)
    entry = registered((TODAY - ONE_DAY, {"status": "SUSP"}), (TODAY + timedelta(days=90), {}), term_to=last)
    answer, _, _ = read(entry)
    assert answer.endswith("目前不得执业：暂停期间不得执业。")


@pytest.mark.parametrize("status", ["DEREG", "REVOKED", "ANNULLED"])
def test_what_ended_has_no_term_any_more(registered, status):
    ended = TODAY - timedelta(days=10)
    answer, fields, _ = read(registered((ended, {"status": status})))
    assert "不得执业" in answer
    assert "注册有效期至" not in fields
    assert long_date(ended - ONE_DAY) in fields["原执业机构"]


@pytest.mark.parametrize(("days", "may"), [(0, True), (-1, False)])
def test_the_last_day_of_the_term_counts_and_the_day_after_does_not(registered, days, may):
    last = TODAY + timedelta(days=days)
    answer, fields, _ = read(registered(term_to=last))
    assert ("可以执业" in answer) is may
    assert ("有效期已满，不得执业" in answer) is not may
    assert fields["注册有效期至"] == long_date(last)


def test_programs_are_told_the_last_day_too(registered):
    registered()
    asked = {"name": "林若溪", "institution": HOSPITAL}
    for question in (asked, {"practice_number": NUMBER}):
        (found,) = Client().get("/api/v1/public/nurses", question).json()["results"]
        assert (found["may_practise"], found["valid_until"]) == (True, TERM.last.isoformat())
        assert found["practice_number"] == "2024 11 ***123"
        assert NUMBER not in str(found)
        assert "2001" not in str(found)


def test_the_help_speaks_of_nurses_and_says_that_they_have_no_list(db):
    home = Client().get("/?of=nurses").content.decode()
    assert "注册有效，可以在本市登记和备案的机构执业。" in home
    assert "有效期满" in home
    assert "离岗备案" not in home
    assert "医师新注册和注销注册名单" in home
    assert "按姓名和机构查询护士" in Client().get("/public/lists/").content.decode()
