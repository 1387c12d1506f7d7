"""How long short-term practice lasts, how fresh its proofs must be, who is kept out: both sides of every edge."""

from dataclasses import replace
from datetime import date

import pytest

from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import no_refusal_ground
from yizheng.systems.doctors.short_term import foreign
from yizheng.systems.doctors.short_term import foreign_team as team
from yizheng.systems.doctors.short_term import hmt as short_term
from yizheng.systems.doctors.short_term import standing as short_term_standing
from yizheng.systems.doctors.short_term.hmt import EndedPractice, ShortTermApplicant
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, foreign_last_day, hmt_last_day, too_old
from yizheng.systems.doctors.short_term.standing import StandingParty
from yizheng.systems.doctors.village import rules as village

ON = date(2026, 3, 2)
LIMITS = ShortTermLimits()


def codes(check, applicant, on=ON):
    return [finding.code for finding in check(applicant, on)]


def test_a_contract_of_five_years_is_registered_for_three():
    assert hmt_last_day(date(2025, 1, 10), date(2029, 12, 31), LIMITS) == date(2028, 1, 9)
    assert hmt_last_day(date(2025, 1, 10), date(2025, 12, 31), LIMITS) == date(2025, 12, 31)


def test_a_foreign_permit_ends_with_what_ends_first():
    issued, agreed = date(2025, 3, 1), date(2026, 6, 30)
    assert foreign_last_day(issued, agreed, date(2025, 8, 1), LIMITS) == date(2025, 8, 1)
    assert foreign_last_day(issued, agreed, date(2030, 1, 1), LIMITS) == date(2026, 2, 28)
    assert foreign_last_day(issued, agreed, None, LIMITS) == date(2026, 2, 28)
    assert foreign_last_day(issued, date(2025, 5, 1), None, LIMITS) == date(2025, 5, 1)


def test_a_leap_day_ends_the_day_before_its_anniversary():
    assert foreign_last_day(date(2024, 2, 29), date(2030, 1, 1), None, LIMITS) == date(2025, 2, 27)


def test_a_proof_is_fresh_on_its_last_day():
    assert not too_old(date(2025, 12, 2), 3, ON)
    assert too_old(date(2025, 12, 1), 3, ON)
    assert not too_old(None, 3, ON)


@pytest.mark.parametrize(("checked", "found"), [(date(2025, 12, 2), []), (date(2025, 12, 1), ["D-HK03"]), (None, [])])
def test_a_health_check_is_three_months_old_at_most(checked, found):
    assert codes(short_term.health_checked_lately, ShortTermApplicant(health_checked_on=checked)) == found


@pytest.mark.parametrize(("taken", "found"), [(date(2025, 9, 2), []), (date(2025, 9, 1), ["D-HK04"])])
def test_a_photo_is_six_months_old_at_most(taken, found):
    assert codes(short_term.photographed_lately, ShortTermApplicant(photo_taken_on=taken)) == found


@pytest.mark.parametrize(
    ("category", "found"), [("clinical", []), ("tcm", []), ("stomatology", []), ("public_health", ["D-HK01"])]
)
def test_public_health_is_not_open(category, found):
    assert codes(short_term.category_is_open, ShortTermApplicant(category=category)) == found


@pytest.mark.parametrize(
    ("reason", "day", "found"),
    [
        ("S1", date(2025, 4, 1), []),
        ("S2", date(2026, 3, 1), []),
        ("S3", date(2024, 3, 2), ["D-HK07"]),
        ("S4", date(2024, 3, 1), []),
        ("S4", date(2024, 3, 3), ["D-HK07"]),
        ("S7", date(2024, 3, 2), ["D-HK07"]),
        ("S8", date(2024, 3, 2), ["D-HK07"]),
    ],
)
def test_four_grounds_keep_out_for_two_years(reason, day, found):
    assert (
        codes(short_term.no_bar_from_before, ShortTermApplicant(ended=(EndedPractice(reason=reason, on=day),))) == found
    )


def test_a_revoked_taiwan_doctor_may_apply_again_two_years_and_a_day_later():
    revoked = ShortTermApplicant(origin="TW", ended=(EndedPractice(reason="S4", on=date(2025, 4, 1)),))
    assert codes(short_term.no_bar_from_before, revoked, date(2027, 4, 1)) == ["D-HK07"]
    assert codes(short_term.no_bar_from_before, revoked, date(2027, 4, 2)) == []


def test_the_article_is_that_of_the_origin():
    (finding,) = short_term.category_is_open(ShortTermApplicant(origin="TW", category="public_health"), ON)
    assert "台湾地区医师" in str(finding.articles[0])
    (finding,) = short_term.category_is_open(ShortTermApplicant(origin="MO", category="public_health"), ON)
    assert "澳门" in str(finding.articles[0])


@pytest.mark.parametrize(
    ("until", "found"), [(None, []), (date(2026, 3, 1), ["D-HK05"]), (ON, []), (date(2026, 3, 3), [])]
)
def test_a_licence_at_home_that_is_renewed_every_year_need_not_cover_the_contract(until, found):
    applicant = ShortTermApplicant(home_licence_until=until, contract_to=date(2028, 1, 1))
    assert codes(short_term.licensed_at_home, applicant) == found


@pytest.mark.parametrize(("ends", "found"), [(date(2026, 3, 3), []), (ON, ["D-HK02"])])
def test_a_contract_that_is_over_is_not_registered(ends, found):
    assert codes(short_term.contract_runs, ShortTermApplicant(contract_to=ends)) == found


@pytest.mark.parametrize(
    ("origin", "document", "found"), [("HK", "香港", []), ("HK", "澳门", ["D-HK06"]), ("TW", "", [])]
)
def test_the_permit_is_of_the_origin(origin, document, found):
    applicant = ShortTermApplicant(origin=origin, document_origin=document)
    assert codes(short_term.document_of_the_origin, applicant) == found


def test_a_second_host_is_put_to_a_person_and_the_same_host_refused():
    assert codes(short_term.not_registered_there, ShortTermApplicant(practises_there=True)) == ["D-HK08"]
    (finding,) = short_term.not_registered_there(ShortTermApplicant(practises_at=("北京安和医院",)), ON)
    assert finding.severity == "advise"


@pytest.mark.parametrize(
    ("report_by", "severities"), [(date(2026, 3, 3), []), (ON, []), (date(2026, 3, 1), ["advise"]), (None, [])]
)
def test_an_ending_is_reported_within_thirty_days(report_by, severities):
    party = StandingParty(stands=True, happened_on=date(2026, 1, 30), report_by=report_by)
    assert [each.severity for each in short_term_standing.reported_in_time(party, ON)] == severities


def test_what_has_not_happened_ends_nothing():
    party = StandingParty(stands=True, happened_on=date(2026, 3, 3))
    assert [each.severity for each in short_term_standing.reported_in_time(party, ON)] == ["block"]


HOST = foreign.AskedHost(
    name="北京安和医院",
    in_force=True,
    status="执业",
    agreement_to=date(2026, 12, 31),
    agreement_number="AH-1",
    work="心脏瓣膜手术",
)
FOREIGN = foreign.ForeignApplicant(hosts=(HOST,), health_checked_on=ON, photo_taken_on=ON, truthful=True)


@pytest.mark.parametrize(
    ("check", "faulty", "code"),
    [
        (foreign.hosts_are_licensed, {"hosts": (replace(HOST, in_force=False),)}, "D-W01"),
        (foreign.agreed_or_declared, {"hosts": (replace(HOST, agreement_number=""),)}, "D-W02"),
        (foreign.agreements_run, {"hosts": (replace(HOST, agreement_to=ON),)}, "D-W03"),
        (foreign.passport_is_valid, {"passport_until": date(2026, 3, 1)}, "D-W04"),
        (foreign.licensed_abroad, {"home_licence_until": date(2026, 3, 1)}, "D-W05"),
        (foreign.healthy_lately, {"health_checked_on": date(2025, 12, 1)}, "D-W06"),
        (foreign.photographed_lately, {"photo_taken_on": date(2025, 9, 1)}, "D-W07"),
        (foreign.no_permit_there, {"hosts": (replace(HOST, practises_there=True),)}, "D-W08"),
        (foreign.promises_truth, {"truthful": False}, "D-W10"),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_what_a_foreign_doctor_is_told_is_told_in_both_languages(check, faulty, code):
    assert codes(check, FOREIGN) == []
    (finding,) = check(replace(FOREIGN, **faulty), ON)
    assert finding.code == code
    assert finding.english
    assert check.english


def test_a_declared_liability_takes_the_place_of_an_agreement():
    without = replace(FOREIGN, hosts=(replace(HOST, agreement_number=""),), liability_declared=True)
    assert codes(foreign.agreed_or_declared, without) == []


def test_a_day_of_a_passport_or_licence_still_counts():
    today = replace(FOREIGN, passport_until=ON, home_licence_until=ON)
    assert codes(foreign.passport_is_valid, today) == codes(foreign.licensed_abroad, today) == []


def test_the_members_of_a_team_are_judged_one_by_one():
    good = team.TeamMember(name="A", health_checked_on=ON)
    bad = team.TeamMember(name="B", home_licence_until=date(2026, 3, 1), health_checked_on=date(2025, 12, 1))
    asked = team.TeamApplicant(members=(good, bad))
    assert [finding.message[:1] for finding in team.members_are_licensed(asked, ON)] == ["B"]
    assert [finding.message[:1] for finding in team.members_are_healthy(asked, ON)] == ["B"]


@pytest.mark.parametrize(("day", "found"), [(date(2026, 3, 1), []), (ON, ["D-R02"]), (date(2026, 3, 3), ["D-R02"])])
def test_a_sentence_keeps_everybody_out_from_its_day_wherever_she_comes_from(day, found):
    bars = (Bar(ground="R02", since=ON),)
    assert codes(no_refusal_ground, ShortTermApplicant(bars=bars), day) == found
    assert codes(foreign.not_barred, replace(FOREIGN, bars=bars), day) == found
    assert codes(village.not_barred, village.VillageParty(bars=bars), day) == found
    asked = team.TeamApplicant(members=(team.TeamMember(name="A", bars=bars),))
    assert codes(team.members_are_not_barred, asked, day) == ["D-TM06"] * len(found)
