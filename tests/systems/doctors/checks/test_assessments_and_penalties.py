"""Assessments, penalties and their periods on the day before, the day, and the day after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import article as cited
from yizheng.licensing.findings import Severity
from yizheng.systems.doctors.conduct import assessment_rules as assessment
from yizheng.systems.doctors.conduct import failed_assessment as failed
from yizheng.systems.doctors.conduct.penalty import RULES
from yizheng.systems.doctors.conduct.records import GroundEnd, GroundRecord
from yizheng.systems.doctors.conduct.suspension_end import Suspended, SuspensionEnd
from yizheng.systems.practitioners.conduct.grounds import Ended, Entered
from yizheng.systems.practitioners.conduct.penalty_rules import Punished

DAY = date(2026, 6, 30)
ONE_DAY = timedelta(days=1)
RULE = {each.code: each for each in (*RULES, *SuspensionEnd.checks, *GroundRecord.checks, *GroundEnd.checks)}


@pytest.mark.parametrize(
    ("first", "good", "bad", "expected"),
    [
        (date(2020, 6, 1), 1, 0, []),
        (date(2020, 6, 1), 0, 0, ["D-K02"]),
        (date(2020, 6, 1), 1, 1, ["D-K02"]),
        (date(2021, 7, 1), 1, 0, []),
        (date(2021, 7, 2), 1, 0, ["D-K02"]),
        (date(2014, 7, 1), 0, 0, []),
        (date(2014, 7, 2), 0, 0, ["D-K02"]),
        (date(2000, 1, 1), 0, 1, ["D-K02"]),
    ],
)
def test_the_short_procedure_asks_for_years_and_conduct(first, good, bad, expected):
    doctor = assessment.Assessed(
        procedure="simple", first_practised_on=first, good_records=good, bad_records=bad, result_on=DAY
    )
    assert [finding.code for finding in assessment.right_procedure(doctor, DAY)] == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 4, 9), ["D-K12"]), (date(2026, 4, 10), []), (date(2026, 7, 10), []), (date(2026, 7, 11), ["D-K12"]),
    ],
)  # fmt: skip
def test_an_order_to_stop_is_for_three_to_six_months(last, expected):
    doctor = failed.Failed(failed=True, suspended_from=date(2026, 1, 11), suspended_to=last)
    assert [finding.code for finding in failed.ordered_within_limits(doctor, DAY)] == expected


@pytest.mark.parametrize(
    ("asked", "expected"), [(date(2026, 4, 7), []), (date(2026, 4, 8), []), (date(2026, 4, 9), ["D-K21"])]
)
def test_a_review_is_asked_for_within_thirty_days(asked, expected):
    doctor = failed.Contesting(failed=True, asked_on=asked, ask_by=date(2026, 4, 8))
    assert [finding.code for finding in failed.contested_in_time(doctor, DAY)] == expected


@pytest.mark.parametrize(
    ("concluded", "expected"), [(date(2026, 5, 7), []), (date(2026, 5, 8), []), (date(2026, 5, 9), ["D-K22"])]
)
def test_the_assessing_body_reviews_within_thirty_days_and_the_doctor_does_not_answer_for_it(concluded, expected):
    doctor = failed.Contesting(failed=True, concluded_on=concluded, conclude_by=date(2026, 5, 8))
    found = list(failed.concluded_in_time(doctor, DAY))
    assert [each.code for each in found] == expected
    assert all(each.severity is Severity.ADVISE for each in found)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 7, 9), ["D-P02"]), (date(2026, 7, 10), []), (date(2027, 1, 10), []), (date(2027, 1, 11), ["D-P02"]),
    ],
)  # fmt: skip
def test_a_penal_suspension_is_for_six_months_to_a_year(last, expected):
    person = Punished(
        kind="suspension", article="physicians_law:57", suspended_from=date(2026, 1, 11), suspended_to=last
    )
    assert [finding.code for finding in RULE["D-P02"](person, DAY)] == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("9999.99", ["D-P03"]), ("10000", []), ("30000", []), ("30000.01", ["D-P03"])]
)
def test_a_fine_lies_between_ten_and_thirty_thousand(amount, expected):
    person = Punished(kind="warning_fine", article="physicians_law:56", amount=Decimal(amount))
    assert [finding.code for finding in RULE["D-P03"](person, DAY)] == expected


@pytest.mark.parametrize(
    ("last", "province", "expected"),
    [
        (date(2031, 6, 28), True, ["D-P04"]), (date(2031, 6, 29), True, []), (date(2031, 6, 29), False, ["D-P04"]),
    ],
)  # fmt: skip
def test_a_ban_is_for_five_years_and_decided_by_the_province(last, province, expected):
    person = Punished(
        kind="revocation_ban", article="physicians_law:58", decided_by_province=province,
        banned_from=DAY, banned_to=last,
    )  # fmt: skip
    assert [finding.code for finding in RULE["D-P04"](person, DAY)] == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 6, 29), ["D-SE01"]), (date(2026, 6, 30), ["D-SE01"]), (date(2026, 7, 1), [])]
)
def test_practice_goes_on_the_day_after_the_suspension(on, expected):
    doctor = Suspended(register_status="SUSP_PENAL", ground="over", ordered_until=DAY)
    assert [finding.code for finding in RULE["D-SE01"](doctor, on)] == expected


@pytest.mark.parametrize(
    ("passed_on", "expected"),
    [
        (date(2022, 12, 31), ["D-K08"]), (date(2023, 1, 1), []), (date(2025, 12, 31), []), (date(2026, 1, 1), ["D-K08"]),
        (None, ["D-K08"]),
    ],
)  # fmt: skip
def test_training_or_promotion_within_the_cycle_stands_for_the_test(passed_on, expected):
    doctor = assessment.Assessed(
        procedure="general", exempt_by="residency", exempt_on=passed_on,
        cycle_from=date(2023, 1, 1), cycle_to=date(2025, 12, 31),
    )  # fmt: skip
    assert [each.code for each in assessment.exempt_within_the_cycle(doctor, DAY)] == expected
    assert list(assessment.tested_in_general_procedure(doctor, DAY)) == []
    untested = assessment.Assessed(procedure="general")
    assert [each.code for each in assessment.tested_in_general_procedure(untested, DAY)] == ["D-K05"]


def judged(rule, on=DAY, **said):
    """The codes of what a rule says of a decision, with an asterisk where it is an advice."""
    found = list(rule(Punished(**said), on))
    return [each.code + ("" if each.severity is Severity.BLOCK else "*") for each in found]


@pytest.mark.parametrize(
    ("article", "kind", "before", "least", "most", "after"),
    [
        ("physicians_law:55", "suspension", date(2026, 7, 9), date(2026, 7, 10), date(2027, 1, 10), date(2027, 1, 11)),
        ("organ_regulation:38.1", "suspension", date(2027, 1, 9), date(2027, 1, 10), date(2027, 1, 10), date(2027, 1, 11)),
        ("organ_regulation:40", "suspension", date(2026, 7, 9), date(2026, 7, 10), date(2027, 1, 10), date(2027, 1, 11)),
        ("mental_health_law:74", "suspension", date(2026, 2, 9), date(2026, 2, 10), date(2026, 7, 10), date(2026, 7, 11)),
        ("dispute_regulation:47", "suspension", date(2026, 2, 9), date(2026, 2, 10), date(2026, 7, 10), date(2026, 7, 11)),
        ("tcm_law:55", "suspension_fine", date(2026, 7, 9), date(2026, 7, 10), date(2027, 1, 10), date(2027, 1, 11)),
        ("village_doctor_regulation:38", "suspension", date(2026, 4, 9), date(2026, 4, 10), date(2026, 7, 10), date(2026, 7, 11)),
    ],
)  # fmt: skip
def test_each_article_has_its_own_length_of_a_suspension(article, kind, before, least, most, after):
    first = date(2026, 1, 11)
    said = {"article": article, "kind": kind, "suspended_from": first}
    expected = {before: ["D-P02"], least: [], most: [], after: ["D-P02"]}
    for last, codes in expected.items():
        assert judged(RULE["D-P02"], suspended_to=last, **said) == codes


def test_a_mitigated_penalty_is_an_advice_and_a_heavier_one_than_the_law_a_block():
    fine = {"article": "physicians_law:56", "kind": "warning_fine"}
    for amount, mitigated, expected in [
        ("9999.99", False, ["D-P03"]), ("9999.99", True, ["D-P03*"]), ("10000", True, []),
        ("30000", True, []), ("30000.01", True, ["D-P03"]),
    ]:  # fmt: skip
        said = {**fine, "amount": Decimal(amount), "mitigated": mitigated}
        assert judged(RULE["D-P03"], **said) == expected
    short = {
        "article": "physicians_law:57", "kind": "suspension", "mitigated": True,
        "suspended_from": date(2026, 1, 11), "suspended_to": date(2026, 7, 9),
    }  # fmt: skip
    assert judged(RULE["D-P02"], **short) == ["D-P02*"]
    assert judged(RULE["D-P02"], **{**short, "suspended_to": date(2027, 1, 11)}) == ["D-P02"]


@pytest.mark.parametrize(
    ("article", "last", "for_life", "expected"),
    [
        ("organ_regulation:36", None, True, []),
        ("organ_regulation:36", date(2046, 6, 29), False, ["D-P04"]),
        ("organ_regulation:37", None, False, ["D-P04"]),
        ("physicians_law:58", None, True, []),
        ("physicians_law:58", date(2031, 6, 29), False, []),
        ("physicians_law:58", date(2031, 6, 29), True, ["D-P04"]),
    ],
)  # fmt: skip
def test_who_deals_in_organs_is_banned_for_life(article, last, for_life, expected):
    said = {
        "article": article, "kind": "revocation_ban", "decided_by_province": True,
        "banned_from": DAY, "banned_to": last, "for_life": for_life,
    }  # fmt: skip
    assert judged(RULE["D-P04"], **said) == expected


@pytest.mark.parametrize(
    ("article", "kind", "decided", "expected"),
    [
        ("physicians_law:55", "warning", date(2022, 2, 28), ["D-P01"]),
        ("physicians_law:55", "warning", date(2022, 3, 1), []),
        ("physicians_law:55", "warning_fine", date(2022, 3, 1), ["D-P01"]),
        ("infectious_law:69", "revocation", date(2025, 8, 31), []),
        ("infectious_law:69", "revocation", date(2025, 9, 1), ["D-P01"]),
        ("organ_regulation:37", "revocation_ban", date(2024, 4, 30), ["D-P01"]),
        ("organ_regulation:37", "revocation_ban", date(2024, 5, 1), []),
    ],
)  # fmt: skip
def test_the_article_cited_allows_the_kind_and_was_law_when_it_was_decided(article, kind, decided, expected):
    said = {"article": article, "kind": kind, "decided_on": decided}
    assert judged(RULE["D-P01"], **said) == expected


def test_every_basis_names_a_kind_and_an_article_that_is_known():
    kinds = table("doctor_penalty_kind")
    for row in table("penalty_basis").items():
        assert row.code == f"{row.attributes['article']}:{row.attributes['kind']}"
        assert row.name == kinds[row.attributes["kind"]].name
        assert set(row.many("of")) <= {"doctor", "short_term", "village", "nurse"}
        assert cited(row.attributes["article"]).short
    used = {row.attributes["kind"] for row in table("penalty_basis").items()}
    assert used == set(kinds)


@pytest.mark.parametrize(
    ("ground", "until", "for_life", "expected"),
    [
        ("R12", None, False, ["D-RG02"]), ("R12", None, True, []), ("R12", DAY, False, []), ("R12", DAY, True, ["D-RG02"]),
        ("R12", DAY - ONE_DAY, False, ["D-RG02"]), ("R01", DAY, False, ["D-RG02"]), ("R01", None, False, []),
    ],
)  # fmt: skip
def test_a_ban_names_its_last_day_or_is_for_life_and_no_other_ground_does(ground, until, for_life, expected):
    person = Entered(ground=ground, since=DAY, until=until, for_life=for_life)
    assert [each.code for each in RULE["D-RG02"](person, DAY)] == expected


@pytest.mark.parametrize(("since", "expected"), [(DAY, []), (DAY + ONE_DAY, ["D-RG01"]), (DAY - ONE_DAY, [])])
def test_a_ground_counts_from_a_day_that_has_been(since, expected):
    person = Entered(ground="R07", since=since)
    assert [each.code for each in RULE["D-RG01"](person, DAY)] == expected


@pytest.mark.parametrize(
    ("ground", "ended", "expected"),
    [
        ("R07", DAY - ONE_DAY, []), ("R07", DAY, []), ("R07", DAY + ONE_DAY, ["D-RG12"]),
        ("R07", date(2026, 1, 1), ["D-RG12"]), ("R07", date(2026, 1, 2), []), ("R04", DAY, ["D-RG12"]),
    ],
)  # fmt: skip
def test_a_ground_ceases_after_it_began_and_one_of_years_by_itself(ground, ended, expected):
    person = Ended(ground=ground, standing_since=date(2026, 1, 1), why="ceased", ended_on=ended)
    assert [each.code for each in RULE["D-RG12"](person, DAY)] == expected


@pytest.mark.parametrize(("since", "expected"), [(None, ["D-RG11"]), (DAY, [])])
def test_only_a_ground_on_record_ends(since, expected):
    person = Ended(ground="R07", standing_since=since)
    assert [each.code for each in RULE["D-RG11"](person, DAY)] == expected
