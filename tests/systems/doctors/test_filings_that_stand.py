"""Extending a filing and ending it, by the doctor or by the institution; what ends with it; what may not be done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import FURTHER, filing_of, go_on
from tests.systems.doctors.public import must_see, number_of
from tests.walking import picture
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.filings.dependents import end_filings_when_suspended, end_only_filing_at
from yizheng.systems.doctors.filings.filing import ends_later, ends_not_before_today, has_filing
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.filings import FiledPerson
from yizheng.work.models import Notice

DAY = timedelta(days=1)
EMPLOYER = Employer(
    name=FURTHER, category="B100", in_force=True, status="正常执业", subjects=frozenset(), place="110105"
)


@pytest.mark.django_db
def test_a_filing_is_extended_when_the_institution_confirms(filed, further):
    today = timezone.localdate()
    with acting_as(filed):
        case = open_draft(filed, "filing_extend")
        assert case.answers["filing"]["institution"] == FURTHER
        until = today + 365 * DAY
        case = keep(case, filed, {"filing": {"institution": FURTHER, "period_to": until.isoformat()}})
        hand_in(case, filed, case.item.materials[0], picture((800, 600)), "协议.jpg")
    case = go_on(case, "submit", filed)
    assert filing_of(filed).valid_to == today + 30 * DAY
    case = go_on(case, "confirm", further.operator)
    assert (filing_of(filed).valid_to, filing_of(filed).schedule) == (until + DAY, "周三")
    assert case.summary == f"备案延期到{until}"
    assert must_see(number_of(filed)).said("多机构备案") == (FURTHER,)
    entry = must_see(number_of(filed))
    assert long_date(until) in entry.page
    assert [words for words in entry.history if "备案" in words] == [f"增加执业机构（备案）：{FURTHER}"]


@pytest.mark.parametrize(
    ("until", "expected"),
    [(date(2026, 5, 30), ["D-F05"]), (date(2026, 5, 31), ["D-F05"]), (date(2026, 6, 1), []), (None, [])],
)
def test_an_extension_lengthens(until, expected):
    doctor = FiledPerson(
        register_status="REG", employer=EMPLOYER, filed=True, filed_until=date(2026, 5, 31), until=until
    )
    assert [each.code for each in ends_later(doctor, date(2026, 5, 1))] == expected


def test_what_has_no_end_or_no_filing_is_not_extended():
    open_ended = FiledPerson(register_status="REG", employer=EMPLOYER, filed=True, until=date(2027, 1, 1))
    assert [each.code for each in ends_later(open_ended, date(2026, 5, 1))] == ["D-F05"]
    nothing = FiledPerson(register_status="REG", employer=EMPLOYER)
    assert [each.code for each in has_filing(nothing, date(2026, 5, 1))] == ["D-F04"]


@pytest.mark.parametrize(
    ("until", "expected"),
    [(date(2026, 4, 30), ["D-F06"]), (date(2026, 5, 1), []), (date(2026, 5, 31), []), (date(2026, 6, 1), ["D-F06"])],
)
def test_an_end_lies_between_today_and_the_end_of_the_filing(until, expected):
    doctor = FiledPerson(
        register_status="REG", employer=EMPLOYER, filed=True, filed_until=date(2026, 5, 31), until=until
    )
    assert [each.code for each in ends_not_before_today(doctor, date(2026, 5, 1))] == expected


def cancel(case, account, on):
    with acting_as(account):
        case = keep(case, account, {"filing": {"institution": FURTHER, "ends_on": on.isoformat()}})
    return go_on(case, "submit", account)


@pytest.mark.django_db
def test_the_doctor_ends_a_filing_and_what_the_institution_gave_ends_with_it(filed, further):
    today = timezone.localdate()
    with acting_as(filed):
        case = open_draft(filed, "doctor_multi_institution_filing_cancel")
    case = cancel(case, filed, today)
    assert filing_of(filed) is None
    assert filing_of(filed, today - DAY) is not None
    with acting_as_system("test"):
        assert SpecialQualification.objects.as_of(today).get().status == "ENDED"
        assert Notice.objects.filter(scope=further.scope, title__contains="取消了在本机构").exists()
    entry = must_see(number_of(filed))
    assert "多机构备案" not in entry.fields
    assert {f"增加执业机构（备案）：{FURTHER}", f"执业机构备案结束：{FURTHER}"} <= set(entry.history)


@pytest.mark.django_db
def test_the_institution_ends_a_filing_and_the_doctor_learns_of_it(filed, further, hospital):
    today = timezone.localdate()
    with acting_as(further.operator):
        assert [each.name for each in case_item().staff(further.scope, today)] == [filed.display_name]
        case = open_for(
            further.operator, "doctor_multi_institution_filing_cancel", filed.subject_id, "许南乔", further.scope
        )
    case = cancel(case, further.operator, today + 3 * DAY)
    assert filing_of(filed, today + 2 * DAY) is not None
    assert filing_of(filed, today + 3 * DAY) is None
    assert Notice.objects.filter(account=filed, title__contains="备案自").exists()
    with acting_as(hospital.operator), pytest.raises(NotPossibleError, match="只能为本机构"):
        open_for(
            hospital.operator, "doctor_multi_institution_filing_cancel", filed.subject_id, "许南乔", hospital.scope
        )


def case_item():
    from yizheng.licensing.catalogue import item

    return item("doctor_multi_institution_filing_cancel", timezone.localdate())


@pytest.mark.django_db
def test_who_has_no_filing_opens_neither(registered, doctor):
    with acting_as(doctor):
        for code in ("filing_extend", "doctor_multi_institution_filing_cancel"):
            with pytest.raises(NotPossibleError, match="没有多机构备案"):
                open_draft(doctor, code)


@pytest.mark.django_db
def test_an_effect_that_fails_leaves_the_filing_as_it_was(filed, monkeypatch):
    from yizheng.systems.doctors.filings import filing as cancellation

    def fails(*args):
        raise RuntimeError

    monkeypatch.setattr(cancellation, "end_filing_at", fails)
    with acting_as(filed):
        case = open_draft(filed, "doctor_multi_institution_filing_cancel")
        typed = {"institution": FURTHER, "ends_on": timezone.localdate().isoformat()}
        case = keep(case, filed, {"filing": typed})
        assert not examining.examine(case, timezone.localdate()).findings.blocks
        with pytest.raises(RuntimeError):
            perform(case, "submit", filed)
        assert type(case).objects.get(pk=case.pk).state == "draft"
    assert filing_of(filed) is not None


@pytest.mark.django_db
def test_a_suspension_ends_filings_while_the_rule_says_so(filed):
    from yizheng.licensing.models import RuleValue

    today = timezone.localdate()
    RuleValue.objects.create(code="doctors.suspension_ends_filings", value=0, valid_from=today, article="x")
    for on, expected in ((today, 0), (today - DAY, 1)):
        with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            assert end_filings_when_suspended(filed.subject_id, change, on) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("days_before", [0, 1], ids=["the day it begins", "the day before it begins"])
def test_a_filing_ends_where_she_belongs_now_though_it_was_to_begin_later(filed, days_before):
    filing = filing_of(filed)
    assert filing is not None
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        on = filing.valid_from - days_before * DAY
        assert end_only_filing_at(filed.subject_id, filing.institution_id + 1, change, on) == 0
        assert end_only_filing_at(filed.subject_id, filing.institution_id, change, on) == 1
    assert filing_of(filed) is None
