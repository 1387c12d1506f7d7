"""What a person reads of herself: the new last day the moment it is granted, and what she most probably came for first."""

from datetime import timedelta

import pytest

from tests.cast import new_account, new_subject, sign_in
from tests.systems.nurses.test_collective_renewal import employ
from tests.systems.nurses.test_personal import registration
from tests.systems.nurses.test_renewal import TODAY, begin, ends_in
from yizheng.disclosure.models import PublicTally
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.deadlines.clocks import clock
from yizheng.licensing.deadlines.computing import due_for
from yizheng.licensing.deadlines.daily import run
from yizheng.licensing.models import Deadline
from yizheng.people.kinds import AccountKind
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.shell.applicant.offering import grouped, likely, offers
from yizheng.shell.record.pages import known_in

pytestmark = pytest.mark.django_db


def test_a_grant_is_on_her_page_at_once_while_the_calendar_is_behind(client, walker, registered, nurse):
    ends_in(nurse, 60)
    old = registration(nurse).term_to
    with acting_as_system("test"):
        run(TODAY)
    assert long_date(old) in sign_in(client, nurse).get("/my/records/").content.decode()
    walker.walk(begin(walker, nurse))
    with acting_as_system("test"):
        assert Deadline.objects.filter(clock="nurse_term", fires_on=old + timedelta(days=1)).exists()
    page = sign_in(client, nurse).get("/my/records/").content.decode()
    assert long_date(old) not in page


def test_what_is_due_for_one_is_what_the_calendar_says(registered, nurse):
    ends_in(nurse, 60)
    with acting_as_system("test"):
        run(TODAY)
        kept = Deadline.objects.all().pending().filter(subject_id=nurse.subject_id, fires_on__gte=TODAY)
        calendar = [(each.clock, each.line, each.fires_on, each.institution_id) for each in kept.order_by("fires_on")]
        now = [(each.clock, each.line, each.fires_on, each.institution_id) for each in due_for(nurse.subject_id, TODAY)]
    assert now == calendar != []


@pytest.mark.parametrize(("code", "days"), [("nurse_term", 1), ("nurse_bar", 0), ("nurse_resumption", 0)])
def test_people_are_told_the_last_day_or_the_day_on_which_something_begins(code, days):
    declared = clock(code)
    assert declared is not None
    assert declared.told_day(TODAY) == TODAY - timedelta(days=days)


def test_who_passed_the_nurses_examination_is_led_to_the_nurses_first_registration(nurse):
    with acting_as(nurse):
        groups = grouped(offers(nurse), known_in(nurse, nurse.subject_id or 0))
    first = likely(groups)
    assert first is not None
    assert first.item.code == "nurse_first_registration"


@pytest.mark.parametrize(("nurses", "first"), [(9, "护士"), (1, "医师")])
def test_to_a_stranger_each_register_stands_by_itself_and_none_is_urged(client, city, nurses, first):
    stranger = new_account(AccountKind.INDIVIDUAL, "白清禾", subject=new_subject("person"))
    for register, count in (("doctor", 5), ("nurse", nurses)):
        PublicTally.objects.create(register=register, in_force=count, counted="2026-01-01T00:00+08:00")
    with acting_as(stranger):
        groups = grouped(offers(stranger), known_in(stranger, stranger.subject_id or 0))
    assert likely(groups) is None
    shown = [each.of for each in groups if each.possible]
    assert shown[0] == first
    assert shown == sorted(shown, key=lambda of: of != first)
    assert f"{first}　注册" in sign_in(client, stranger).get("/my/cases/").content.decode()


def test_a_hospital_reads_labels_beside_what_a_narrow_page_has_no_heads_for(client, hospital, haidian):
    employ(hospital, haidian, 1, last=TODAY + timedelta(days=20))
    with acting_as_system("test"):
        run(TODAY)
    page = sign_in(client, hospital.operator).get("/deadlines/").content.decode()
    for head in ("到期", "到期后", "机构"):
        assert f'data-head="{head}"' in page
