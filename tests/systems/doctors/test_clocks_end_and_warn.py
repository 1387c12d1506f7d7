"""What ends by a clock ends once and on its day; everybody concerned is warned in time and sees what is coming."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import license_house
from tests.systems.doctors.test_clocks import DAY, filed, fires, person, write
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.models import Expiry, RuleValue
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Change
from yizheng.systems.doctors.models import (
    InstitutionFiling,
    ShortTermPractice,
    SpecialQualification,
    VillageRegistration,
)
from yizheng.systems.institutions.licensing import end_licence
from yizheng.work.models import Notice

__all__ = ["person"]


def short_term(house, last):
    return {
        "origin": "HK", "certificate_number": "HK-1", "category": "clinical", "institution": house.subject.pk,
        "contract_from": date(2025, 1, 1), "contract_to": last, "issued_on": date(2025, 1, 10), "valid_until": last,
    }  # fmt: skip


@pytest.mark.django_db
def test_what_has_a_last_day_ends_the_day_after_by_a_change_of_its_own(person, institution, haidian):
    last = date(2026, 6, 30)
    write(ShortTermPractice, person.subject_id, "short_term:1", short_term(institution, last),
          on=date(2025, 1, 10), scope=haidian)  # fmt: skip
    village = {
        "certificate_number": "V-1", "institution": institution.subject.pk, "valid_until": last,
        "first_registered_on": date(2021, 7, 1), "issued_on": date(2021, 7, 1),
    }  # fmt: skip
    write(VillageRegistration, person.subject_id, "village", village, on=date(2021, 7, 1), scope=haidian)
    special = {"type": "mch_premarital", "granted_by": "区", "granted_on": date(2023, 7, 1), "valid_until": last}
    write(
        SpecialQualification, person.subject_id, "special:mch_premarital", special, on=date(2023, 7, 1), scope=haidian
    )
    with acting_as_system("test"):
        run(last)
        assert not Expiry.objects.exists()
        run(last + DAY)
        assert {each.clock for each in Expiry.objects.all()} == {"short_term", "village", "special"}
        for model in (ShortTermPractice, VillageRegistration, SpecialQualification):
            assert model.objects.as_of(last).get().status == "VALID"
            assert model.objects.as_of(last + DAY).get().status == "EXPIRED"
        made = Change.objects.filter(kind=ChangeKind.CONSEQUENCE)
        assert made.count() == 3
        assert not made.exclude(actor_id=None).exists()
        run(last + 2 * DAY)
        assert made.count() == 3


@pytest.mark.django_db
def test_what_must_be_applied_for_before_an_expiry_is_not_due_later_for_a_day_off(person, institution, haidian):
    village = {
        "certificate_number": "V-1", "institution": institution.subject.pk, "valid_until": date(2026, 8, 2),
        "first_registered_on": date(2021, 8, 3), "issued_on": date(2021, 8, 3),
    }  # fmt: skip
    write(VillageRegistration, person.subject_id, "village", village, on=date(2021, 8, 3), scope=haidian)
    assert fires("village_renewal", date(2026, 4, 1)) == [date(2026, 5, 2)]
    assert fires("village", date(2026, 4, 1)) == [date(2026, 8, 3)]


@pytest.mark.django_db
def test_a_filing_ends_on_its_day_and_one_ended_before_did_not_expire(
    person, institution, another_institution, haidian
):
    last = date(2026, 7, 1)
    for line, house in (("filing:1", institution), ("filing:2", another_institution)):
        write(InstitutionFiling, person.subject_id, line, filed(house), on=date(2025, 1, 1), until=last, scope=haidian)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.end(InstitutionFiling, person.subject_id, "filing:2", on=date(2026, 6, 20))
    with acting_as_system("test"):
        run(date(2026, 6, 30))
        assert not Expiry.objects.exists()
        run(last)
        (ended,) = Expiry.objects.all()
        assert (ended.ended_line, ended.happened_on) == ("filing:1", last)


@pytest.mark.django_db
def test_a_filing_at_an_institution_that_ended_ends_by_itself(person, institution, haidian):
    license_house(institution, haidian)
    write(InstitutionFiling, person.subject_id, "filing:1", filed(institution), on=date(2025, 1, 1), scope=haidian)
    with acting_as_system("test"):
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            end_licence(change, institution.subject.pk, on=date(2026, 6, 30), status="deregistered")
        run(date(2026, 6, 29))
        assert not Expiry.objects.exists()
        run(date(2026, 6, 30))
        assert Expiry.objects.get().clock == "filing_house"
        assert not InstitutionFiling.objects.as_of(date(2026, 6, 30)).exists()
        run(date(2026, 7, 1))
        assert Expiry.objects.count() == 1


@pytest.mark.django_db
def test_everybody_concerned_is_warned_once_and_in_time(person, institution, haidian):
    write(InstitutionFiling, person.subject_id, "filing:1", filed(institution), on=date(2025, 1, 1),
          until=date(2026, 7, 1), scope=haidian)  # fmt: skip
    with acting_as_system("test"):
        run(date(2026, 5, 31))
        assert not Notice.objects.filter(kind="deadline").exists()
        run(date(2026, 6, 1))
        told = Notice.objects.filter(kind="deadline")
        assert {(each.account_id, each.role, each.scope_id) for each in told} == {
            (person.pk, "", None), (None, "institution_operator", institution.scope.pk), (None, "acceptor", haidian.pk),
        }  # fmt: skip
        run(date(2026, 6, 2))
        assert told.count() == 3


@pytest.mark.django_db
def test_days_of_warning_are_a_dated_rule(person, institution, haidian):
    write(InstitutionFiling, person.subject_id, "filing:1", filed(institution), on=date(2025, 1, 1),
          until=date(2026, 7, 1), scope=haidian)  # fmt: skip
    RuleValue.objects.create(code="doctor.clock_warn_filing", value=60, valid_from=date(2026, 1, 1), article="x")
    with acting_as_system("test"):
        assert run(date(2026, 5, 2)) == (1, 0)


class TestWhoSeesTheCalendar(AccessMatrix):
    url = "/deadlines/"
    readers = (
        "acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk", "inspector", "institution",
        "another_institution",
    )  # fmt: skip
    refused = frozenset({302, 403, 405})


@pytest.mark.django_db
def test_the_desk_sees_what_fires_within_ninety_days_by_clock(
    client: Client,
    person: Account,
    institution: Place,
    haidian: Scope,
    acceptor: Account,
    other_district_clerk: Account,
) -> None:
    from django.utils import timezone

    soon = timezone.localdate() + 40 * DAY
    write(
        InstitutionFiling,
        person.subject_id,
        "filing:1",
        filed(institution),
        on=date(2025, 1, 1),
        until=soon,
        scope=haidian,
    )
    with acting_as_system("test"):
        recompute(timezone.localdate())
    page = sign_in(client, acceptor).get("/deadlines/?clock=filing").content.decode()
    assert "在海淀清河医院的多机构备案到期" in page
    assert "自动终止" in page
    assert "海淀清河医院的多机构备案" not in sign_in(client, other_district_clerk).get("/deadlines/").content.decode()
