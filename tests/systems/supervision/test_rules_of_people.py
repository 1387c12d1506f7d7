"""The rules of supervision over doctors and nurses, on both sides of their edges."""

from dataclasses import replace
from datetime import date

import pytest

from tests.systems.supervision.worlds import DAY, DOCTOR, HOUSE, NURSE, SERVED, SHIFT, TODAY, VISIT, found, served
from yizheng.kernel.identifiers import make_resident_id
from yizheng.systems.supervision.world import Alliance, Ban, Death, Exemption, Place


def test_d01_a_doctor_and_who_guides_a_student_are_registered_that_day():
    assert served("D01", on="P1", doctors=())
    assert served("D01", on="P1", doctors=(replace(DOCTOR, first=SERVED + DAY),))
    assert served("D01", on="P1", doctors=(replace(DOCTOR, last=SERVED - DAY),))
    assert not served("D01", on="P1", doctors=(replace(DOCTOR, first=SERVED, last=SERVED),))
    student = replace(VISIT, person_id="S1", role="student", supervisor_id="P1")
    assert not served("D01", student, on="S1")
    assert served("D01", replace(student, supervisor_id=""), on="S1")
    assert not served("D01", replace(student, supervisor_id="", kind="nursing"), on="S1")


def test_d02_a_doctor_practises_where_she_is_registered_exempt_or_allied():
    away = replace(DOCTOR, institution="Z9")
    assert served("D02", on="P1", doctors=(away,))
    assert not served("D02", on="P1", doctors=(replace(away, multi=(Place("Z1", SERVED, SERVED),)),))
    assert served("D02", on="P1", doctors=(replace(away, multi=(Place("Z1", None, SERVED - DAY),)),))
    for place in ("*", "Z1"):
        leave = Exemption("P1", place, SERVED, SERVED)
        assert not served("D02", on="P1", doctors=(away,), exemptions=(leave,))
        assert served("D02", on="P1", doctors=(away,), exemptions=(replace(leave, first=SERVED + DAY),))
    assert served("D02", on="P1", doctors=(away,), exemptions=(Exemption("P1", "Z8"),))
    members = (Alliance("A1", "Z1"), Alliance("A1", "Z9"))
    assert not served("D02", on="P1", doctors=(away,), alliances=members)
    assert served("D02", on="P1", doctors=(away,), alliances=(members[0], Alliance("A2", "Z9")))


@pytest.mark.parametrize(
    ("scope", "category", "subject", "hit"),
    [
        ("11", "临床", "03", False), ("11", "临床", "03.04", False), ("11", "临床", "04", True),
        ("11", "临床", "19", True), ("14", "临床", "08", False), ("26", "临床", "05.03", False),
        ("26", "临床", "05", True), ("12", "临床", "03.04", True), ("21", "临床", "12", False),
        ("51", "中医", "04", False), ("31", "口腔", "12.06", False), ("32", "口腔", "12", True),
        ("41", "公共卫生", "01", False), ("41", "公共卫生", "03", True), ("11", "临床", "", False),
    ],
)  # fmt: skip
def test_d04_the_subject_lies_within_the_scope(scope, category, subject, hit):
    row = replace(DOCTOR, scope=scope, category=category)
    visit = replace(VISIT, subject=subject)
    assert served("D04", visit, on="P1", doctors=(row,)) is hit
    assert not served("D04", replace(visit, kind="emergency"), on="P1", doctors=(row,))
    wide = replace(DOCTOR, scope="21", institution="Z9")
    assert not served("D04", visit, on="P1", doctors=(row, wide))


def test_d06_an_assistant_is_guided_but_in_townships_and_villages():
    row = replace(DOCTOR, level="assistant")
    assert served("D06", on="P1", doctors=(row,))
    assert not served("D06", replace(VISIT, supervisor_id="P2"), on="P1", doctors=(row,))
    assert not served("D06", on="P1", doctors=(row, DOCTOR))
    for category, hit in (("C220", False), ("C100", False), ("D600", False), ("D300", True)):
        assert served("D06", on="P1", doctors=(row,), institutions=(replace(HOUSE, category=category),)) is hit


def test_d07_d08_n06_the_dead_and_the_barred_are_no_longer_registered():
    dead = (Death("P1", TODAY), Death("N1", TODAY))
    assert found("D07", deaths=dead) == [("P1", TODAY)]
    assert found("N06", deaths=dead) == [("N1", TODAY)]
    assert found("D07", deaths=(Death("P1", TODAY + DAY),)) == []
    assert found("D07", deaths=dead, doctors=(replace(DOCTOR, last=TODAY - DAY),)) == []
    for kind, hit in (("criminal", True), ("revoked", True), ("revoked_institution_head", False)):
        for code, person in (("D08", "P1"), ("N06", "N1")):
            ban = Ban(person, kind, TODAY, None)
            assert found(code, bans=(ban,)) == ([(person, TODAY)] if hit else [])
            assert found(code, bans=(replace(ban, first=TODAY + DAY),)) == []


@pytest.mark.parametrize(
    ("since", "proof", "hit"),
    [(date(2024, 6, 1), "", True), (date(2024, 6, 2), "", False), (date(2024, 6, 1), "yes", False)],
)
def test_d09_two_years_without_an_institution(since, proof, hit):
    row = replace(DOCTOR, no_institution_since=since, absence_proof=proof)
    assert found("D09", doctors=(row,)) == ([("P1", TODAY)] if hit else [])


def test_d11_one_licence_in_a_category_and_one_person_to_a_licence():
    second = replace(DOCTOR, licence_no="L2")
    assert found("D11", doctors=(DOCTOR, second)) == [("P1", TODAY)]
    assert found("D11", doctors=(DOCTOR, replace(second, category="口腔"))) == []
    assert found("D11", doctors=(DOCTOR, replace(second, last=TODAY - DAY))) == []
    assert found("D11", doctors=(DOCTOR, replace(DOCTOR, id_no="P2"))) == [("P1", TODAY), ("P2", TODAY)]


def test_d12_a_residents_number_has_a_real_birth_date_and_its_check():
    right = make_resident_id("110107", date(1980, 2, 28), 3)
    for number, hit in (
        (right, False),
        (right[:-1] + ("1" if right[-1] != "1" else "2"), True),
        (right[:10] + "0230" + right[14:], True),
        (right[:17], True),
        ("110107800228003", False),
        ("110107800230003", True),
    ):
        row = replace(DOCTOR, id_no=number, id_type="居民身份证")
        assert found("D12", doctors=(row,)) == ([(number, TODAY)] if hit else [])
        assert found("D12", doctors=(replace(row, id_type="军官证"),)) == []


def test_n01_a_nurse_is_registered_that_day_though_her_term_be_over():
    assert served("N01", SHIFT, on="N1", nurses=())
    assert served("N01", SHIFT, on="N1", nurses=(replace(NURSE, status="deregistered", status_from=SERVED),))
    left = replace(NURSE, status="deregistered", status_from=SERVED + DAY)
    assert not served("N01", SHIFT, on="N1", nurses=(left,))
    assert not served("N01", SHIFT, on="N1", nurses=(replace(NURSE, valid_to=date(2020, 1, 1)),))
    student = replace(SHIFT, person_id="S1", role="student", supervisor_id="N1")
    assert not served("N01", student, on="S1")
    assert served("N01", replace(student, supervisor_id="N9"), on="S1")


@pytest.mark.parametrize(
    ("valid_to", "renewal", "over", "late"),
    [
        (TODAY - DAY, None, True, False),
        (TODAY - DAY, TODAY - DAY, False, False),
        (TODAY - DAY, TODAY, True, False),
        (TODAY, None, False, True),
        (TODAY + 29 * DAY, None, False, True),
        (TODAY + 30 * DAY, None, False, False),
        (TODAY + 29 * DAY, TODAY, False, False),
        (TODAY + 29 * DAY, TODAY + DAY, False, True),
    ],
)
def test_n02_n03_a_term_ends_or_nears_its_end(valid_to, renewal, over, late):
    row = replace(NURSE, valid_to=valid_to, renewal_applied=renewal)
    assert bool(found("N02", nurses=(row,))) is over
    assert bool(found("N03", nurses=(row,))) is late
    ended = replace(row, status="deregistered", status_from=TODAY)
    assert found("N02", nurses=(ended,)) == found("N03", nurses=(ended,)) == []


def test_n04_a_nurse_works_where_she_is_registered():
    away = replace(NURSE, main="Z9")
    assert served("N04", SHIFT, on="N1", nurses=(away,))
    assert not served("N04", SHIFT, on="N1", nurses=(replace(away, others=(Place("Z1"),)),))
    assert not served("N04", SHIFT, on="N1", nurses=(away,), exemptions=(Exemption("N1", "*"),))
    for reported, hit in ((date(2026, 5, 8), False), (date(2026, 5, 7), True), (SERVED, False), (SERVED + DAY, True)):
        changing = replace(away, change_to="Z1", change_reported=reported)
        assert served("N04", SHIFT, on="N1", nurses=(changing,)) is hit
    assert not served("N04", SHIFT, on="N1", nurses=())


def test_n05_a_nurse_has_one_main_institution():
    other = replace(NURSE, main="Z9")
    assert found("N05", nurses=(NURSE, other)) == [("N1", TODAY)]
    assert found("N05", nurses=(NURSE, NURSE)) == []
    assert found("N05", nurses=(NURSE, replace(other, status="deregistered", status_from=TODAY))) == []
