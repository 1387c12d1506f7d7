"""From the form to the public register: a nurse is registered for five years, and every page of the house knows her."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.cast import sign_in
from tests.counting import counted
from tests.systems.doctors.conftest import HOSPITAL
from tests.systems.nurses.people import NAME, NUMBER, PASSED_ON, application
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar.periods import add_years, term_end
from yizheng.licensing.answers import Answers
from yizheng.licensing.cases import examining
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.models import Deadline
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.rules import NurseApplicant
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners import searching
from yizheng.systems.practitioners.bars import FALSE_APPLICATION, enter_bar
from yizheng.systems.practitioners.registered import registered_elsewhere

pytestmark = pytest.mark.django_db


def blocks(walker, nurse, typed):
    case = walker.draft(nurse, "nurse_first_registration", typed)
    with acting_as(nurse):
        return {each.code for each in examining.examine(case, timezone.localdate()).findings.blocks}


def test_a_complete_application_has_nothing_against_it(draft, nurse):
    with acting_as(nurse):
        examined = examining.examine(draft, timezone.localdate())
    assert examined.hindrance(weigh_advice=True) is None


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ({"education": {"years": "2"}}, "N-COURSE"),
        ({"education": {"internship_from": "2026-06-01", "internship_to": "2027-03-31"}}, "N-PRACTICE"),
        ({"education": {"full_time": "no"}}, "N-COURSE"),
        ({"education": {"internship_to": "2024-02-28"}}, "N-PRACTICE"),
        ({"exam": {"passed_on": ""}}, "N-EXAM"),
        ({"declaration": {"health": "unfit", "truth": "on"}}, "N-HEALTH"),
    ],
)
def test_each_condition_of_the_regulation_is_asked(walker, nurse, hospital, steps, code):
    assert code in blocks(walker, nurse, application(**steps))


def test_the_length_of_the_course_is_not_left_empty(walker, nurse, hospital):
    case = walker.draft(nurse, "nurse_first_registration", application(education={"years": ""}))
    with acting_as(nurse):
        assert examining.examine(case, timezone.localdate()).faults == 1


def test_a_pass_that_no_result_knows_is_weighed_by_a_person(walker, nurse, hospital):
    case = walker.draft(nurse, "nurse_first_registration", application(PASSED_ON - timedelta(days=1)))
    with acting_as(nurse):
        examined = examining.examine(case, timezone.localdate())
    assert [each.code for each in examined.open_advice] == ["N-EXAM"]


@pytest.mark.parametrize(("after", "asked"), [(-1, False), (0, False), (1, True)])
def test_the_day_of_the_application_decides_whether_training_is_asked_for(walker, draft, nurse, after, asked):
    filed = add_years(PASSED_ON, 3) + timedelta(days=after)
    draft.submitted_at = timezone.make_aware(datetime.combine(filed, time(9)))
    with acting_as(nurse):
        found = examining.examine(draft, filed + timedelta(days=10)).findings.blocks
    assert ("N-TRAINING" in {each.code for each in found}) is asked


@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_a_false_application_for_this_licence_bars_for_a_year(draft, nurse, haidian, after, barred):
    since = date(2026, 3, 2)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        enter_bar(
            change, nurse.subject_id, FALSE_APPLICATION, since, authority_scope=haidian.pk,
            authority_name="示范机关", licence="nurse",
        )  # fmt: skip
    with acting_as(nurse):
        on = add_years(since, 1) + timedelta(days=after)
        found = examining.examine(draft, on).findings.blocks
    assert ("N-BAR" in {each.code for each in found}) is barred


def test_training_that_is_not_over_does_not_count(walker, nurse, hospital):
    today = timezone.localdate()
    ahead = {
        "institution": HOSPITAL, "result": "pass",
        "started_on": (today - timedelta(days=60)).isoformat(), "ended_on": (today + timedelta(days=60)).isoformat(),
    }  # fmt: skip
    assert "N-TRAINING" in blocks(walker, nurse, application(date(today.year - 4, 6, 30), training=ahead))


def test_who_applies_late_shows_three_months_of_training(walker, nurse, hospital):
    passed = date(timezone.localdate().year - 4, 6, 30)
    assert "N-TRAINING" in blocks(walker, nurse, application(passed))
    trained = {"institution": HOSPITAL, "started_on": "2026-01-01", "ended_on": "2026-03-31", "result": "pass"}
    assert "N-TRAINING" not in blocks(walker, nurse, application(passed, training=trained))


def test_a_grant_opens_five_years_certifies_and_publishes(registered, nurse, haidian):
    today = timezone.localdate()
    with acting_as_system("test"):
        held = NurseRegistration.objects.current().get(subject_id=nurse.subject_id)
        certificate = Certificate.objects.get(subject_id=nurse.subject_id)
        entry = PublicPractitioner.objects.get(register="nurse", subject=nurse.subject_id)
    assert held.number == f"{today.year}11000001"
    assert (held.term_from, held.term_to) == (today, term_end(today, 5))
    assert (held.status, held.authority_scope) == ("REG", haidian.pk)
    assert (certificate.number, certificate.status) == (held.number, Status.VALID)
    assert (entry.standing, entry.practice_number) == ("REG", held.number)
    assert registered.summary.startswith(f"准予注册，护士执业证书编号 {held.number}")


def test_the_public_finds_her_and_reads_until_when_and_nothing_personal(registered, client):
    asked = {"name": NAME, "institution": HOSPITAL}
    assert "可以执业" in client.get(reverse("disclosure:nurses"), asked).content.decode()
    entry = PublicPractitioner.objects.get(register="nurse", name=NAME)
    text = client.get(reverse("disclosure:nurse", args=[entry.token])).content.decode()
    assert "注册有效期至" in text
    assert NUMBER not in text
    assert "2001" not in text


def test_after_her_term_the_register_reads_expired_and_nothing_was_written(registered, nurse):
    with acting_as_system("test"):
        held = NurseRegistration.objects.current().get(subject_id=nurse.subject_id)
    assert held.status_on(held.term_to) == "REG"
    assert held.status_on(held.term_to + timedelta(days=1)) == "EXPIRED"


def test_her_record_is_a_page_of_the_house(registered, nurse, acceptor, client):
    sign_in(client, acceptor)
    text = client.get(reverse("nurses:nurse", args=[nurse.subject_id])).content.decode()
    assert NAME in text
    assert "护士登记" in text
    assert "注册有效期" in text
    assert "首次注册：" + HOSPITAL in text


def test_her_own_page_shows_every_register_she_stands_in(registered, nurse, haidian, client):
    sign_in(client, nurse)
    text = client.get("/my/records/").content.decode()
    assert "登记簿中的内容" in text
    assert "医师登记簿中的内容" not in text
    assert f"{timezone.localdate().year}" in text
    assert HOSPITAL in text
    held = {"level": "1", "category": "clinical", "qualified_on": date(2024, 12, 1), "holder_name": NAME}
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        change.state(
            Qualification,
            nurse.subject_id,
            "qualification:1:clinical",
            held,
            valid_from=date(2024, 12, 1),
            authority_scope=haidian.pk,
        )
    text = client.get("/my/records/").content.decode()
    assert text.index("医师登记簿中的内容") < text.index("护士登记簿中的内容")
    assert "没有执业注册，不得执业" in text
    assert "可以执业" in text


def test_her_institution_has_her_on_its_roster_and_its_printed_list(registered, hospital, client):
    sign_in(client, hospital.operator)
    assert NAME in client.get(reverse("nurses:roster")).content.decode()


def test_an_institution_watches_her_and_checks_a_staff_list(registered, hospital, client):
    number = f"{timezone.localdate().year}11000001"
    sign_in(client, hospital.operator)
    client.post(reverse("nurses:watch_add"), {"name": NAME, "number": number})
    assert "在册" in client.get(reverse("nurses:watch")).content.decode()
    assert NAME not in client.get(reverse("doctors:watch")).content.decode()


def test_the_end_of_her_term_is_a_deadline_half_a_year_before(registered, nurse):
    last = term_end(timezone.localdate(), 5)
    with acting_as_system("test"):
        recompute(last - timedelta(days=180))
        due = Deadline.objects.get(clock="nurse_term", subject_id=nurse.subject_id)
    assert due.fires_on == last + timedelta(days=1)


def test_another_district_reads_nothing_of_her(registered, nurse, other_district_clerk, client):
    sign_in(client, other_district_clerk)
    assert client.get(reverse("nurses:nurse", args=[nurse.subject_id])).status_code == 404


def test_she_is_found_by_name_and_by_number_and_by_those_who_may_see_her_alone(
    registered, acceptor, other_district_clerk, client
):
    sign_in(client, acceptor)
    for asked in (NAME, f"{timezone.localdate().year}11000001"):
        assert NAME in client.get(reverse("nurses:search"), {"q": asked}).content.decode()
    sign_in(client, other_district_clerk)
    found = client.get(reverse("nurses:search"), {"q": NAME}).content.decode()
    assert f'/nurses/{registered.subject_id}/"' not in found


def test_the_top_bar_finds_her_in_the_one_register_she_stands_in(registered, acceptor, client):
    here, elsewhere = (reverse(page, args=[registered.subject_id]) for page in ("nurses:nurse", "doctors:doctor"))
    found = sign_in(client, acceptor).get("/search/", {"q": NAME}).content.decode()
    assert here in found
    assert elsewhere not in found
    number = f"{timezone.localdate().year}11000001"
    assert client.get("/search/", {"q": number})["Location"] == here


@pytest.mark.parametrize("asked", [NAME, "没有这个人"])
def test_a_further_register_adds_no_query_to_the_search_of_the_top_bar(registered, acceptor, monkeypatch, asked):
    def queries() -> int:
        with acting_as(acceptor), counted() as statements:
            searching.find_people(acceptor, asked)
        return len(statements.own) + statements.frame

    every = dict(searching._searched)
    assert len(every) > 1
    with_all = queries()
    monkeypatch.setattr(searching, "_searched", {"nurse": every["nurse"]})
    assert queries() == with_all


def test_her_roster_is_printed_and_exported(registered, hospital, client):
    sign_in(client, hospital.operator)
    assert NAME in client.get("/lists/nurse_roster/print/").content.decode()
    answer = client.get("/lists/nurse_roster/export/")
    assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
    answer.close()


def test_her_history_stands_beside_her_case(registered, reviewer, client):
    sign_in(client, reviewer)
    text = client.get(reverse("desk:case", args=[registered.number])).content.decode()
    assert f"首次注册　{HOSPITAL}" in text or f"在册　{HOSPITAL}" in text


def test_a_doctor_is_no_nurse_and_a_nurse_no_doctor(registered, nurse, acceptor, client):
    sign_in(client, acceptor)
    assert f">{NAME}<" not in client.get(reverse("doctors:search"), {"q": NAME}).content.decode()
    assert client.get(reverse("doctors:doctor", args=[nurse.subject_id])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_who_was_revoked_two_years_ago_hears_which_ground_it_was(registered, nurse, haidian, after, barred):
    today = timezone.localdate()
    revoked = add_years(today, -2) - timedelta(days=after)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        held = NurseRegistration.objects.current().get(subject_id=nurse.subject_id)
        values = {**held.values(), "status": "REVOKED", "registered_on": add_years(revoked, -1)}
        change.state(
            NurseRegistration, nurse.subject_id, held.line, values, valid_from=revoked, authority_scope=haidian.pk
        )
    with acting_as_system("test"):
        applicant = registered.item.gather(Answers(), nurse.subject_id, today)
    assert applicant.course.revoked == revoked
    assert [finding.code for finding in rules.not_barred(applicant, today)] == (["N-BAR"] if barred else [])


@pytest.mark.django_db
def test_the_record_of_a_day_after_her_term_does_not_say_she_may_practise(registered, nurse, acceptor, client):
    with acting_as_system("test"):
        after = NurseRegistration.objects.current().get(subject_id=nurse.subject_id).term_to + timedelta(days=1)
    page = sign_in(client, acceptor).get(f"/nurses/{nurse.subject_id}/?day={after.isoformat()}")
    (section,) = page.context["sections"]
    assert "可以执业" not in section["word"].long


def test_who_is_a_registered_doctor_too_is_weighed_and_not_refused() -> None:
    both, alone = NurseApplicant(elsewhere="医师"), NurseApplicant()
    assert [str(each.severity) for each in rules.in_one_register(both, timezone.localdate())] == ["advise"]
    assert list(rules.in_one_register(alone, timezone.localdate())) == []


@pytest.mark.django_db
def test_the_other_register_is_asked_about_the_day(nurse, haidian):
    today = timezone.localdate()
    with acting_as_system("test"):
        assert registered_elsewhere(DOCTORS, nurse.subject_id, today) == ""
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
            said = {
                "number": "202611000009", "registered_on": today, "term_from": today, "term_to": Term.beginning(today).last,
            }  # fmt: skip
            change.state(NurseRegistration, nurse.subject_id, LINE, said, valid_from=today, authority_scope=haidian.pk)
        assert registered_elsewhere(DOCTORS, nurse.subject_id, today) == "护士"
        assert registered_elsewhere(NURSES, nurse.subject_id, today) == ""
