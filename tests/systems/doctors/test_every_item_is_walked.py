"""Each item is walked from its draft to the register and to what the public sees: which test does it, so that none is missing."""

import ast
from pathlib import Path

import pytest
from django.utils import timezone

from tests.systems.doctors import test_changing_walks, test_special_walks
from yizheng.licensing.catalogue import items

HERE = Path(__file__).parent
CHANGING = "test_changing_walks.py::test_from_the_draft_to_the_public_page"
SPECIAL = "test_special_walks.py::test_from_the_draft_to_the_register"
LEAVING = "test_leaving.py::test_"
PERSONAL = "test_personal_data_and_qualifications.py::test_"
SHORT = "test_short_term_walks.py::test_"
FOREIGN = "test_foreign_walks.py::test_"
FORCES = "test_forces_and_recognition.py::test_"
RECORDED = "test_conduct_and_false_applications.py::test_"
ASSESSED = "test_assessments.py::test_"
GROUNDS = "test_grounds_of_refusal.py::test_"
VILLAGE = "test_village_walks.py::test_"
PENALTY = "test_penalties.py::test_"

STANDING = "test_filings_that_stand.py::test_"

WALKED = {
    **{walk.code: CHANGING for walk in test_changing_walks.WALKS},
    **{walk.code: SPECIAL for walk in test_special_walks.WALKS},
    "doctor_first_registration": "test_first_registration.py::test_a_grant_registers_certifies_and_publishes",
    "doctor_move_out": "test_changing_particulars.py::test_who_went_to_another_province_is_recorded_by_two_persons",
    "doctor_multi_institution_filing": "test_filing_and_deregistration.py::test_a_filing_takes_effect_when_the_institution_confirms",
    "filing_extend": STANDING + "a_filing_is_extended_when_the_institution_confirms",
    "doctor_multi_institution_filing_cancel": STANDING
    + "the_doctor_ends_a_filing_and_what_the_institution_gave_ends_with_it",
    "doctor_leave_filing": LEAVING + "the_institution_files_and_the_registration_stands_without_it",
    "doctor_leave_filing_cancel": LEAVING + "a_filing_made_in_error_is_taken_back_as_if_never_made",
    "doctor_retired_rehire": LEAVING + "who_retires_and_stays_is_entered_as_rehired_and_nothing_else_changes",
    "doctor_deregistration": "test_deregistration.py::test_an_institution_reports_and_the_reason_of_health_is_never_published",
    "doctor_deregistration_on_record": "test_deregistration.py::test_a_document_in_force_is_entered_by_two_and_leaves_its_ground",
    "doctor_ex_officio_deregistration": "test_filing_and_deregistration.py::test_after_notice_and_time_to_answer_the_registration_ends",
    "doctor_periodic_assessment": ASSESSED + "an_institution_hands_in_a_result",
    "doctor_assessment_review": ASSESSED + "a_failed_result_is_reviewed_within_thirty_days",
    "doctor_assessment_suspension": ASSESSED + "failing_stops_practice_until_the_next_one_is_passed",
    "doctor_suspension_end": PENALTY + "an_early_end_rests_on_a_document",
    "doctor_penalty_record": PENALTY + "revocation_ends_everything_and_bars_from_the_day_of_the_decision",
    "doctor_refusal_ground_record": GROUNDS + "a_ground_is_entered_and_ended_by_two",
    "doctor_refusal_ground_end": GROUNDS + "a_ground_is_entered_and_ended_by_two",
    "rural_doctor_penalty_record": VILLAGE + "a_village_doctor_is_suspended_for_months_and_may_lose_the_certificate",
    "short_term_penalty_record": SHORT
    + "a_penalty_on_a_doctor_here_for_a_short_term_revokes_from_the_day_of_the_decision",
    "doctor_conduct_record": RECORDED + "an_institution_records_good_conduct_and_it_stays_off_the_public_page",
    "doctor_conduct_decision": RECORDED + "the_authority_records_bad_conduct_by_two_persons",
    "doctor_false_application_record": RECORDED + "a_false_application_bars_for_a_year_from_the_refusal",
    "doctor_certificate_reissue": PERSONAL + "a_lost_certificate_is_made_again_with_its_number",
    "doctor_info_change": PERSONAL + "a_new_name_goes_everywhere_at_once",
    "qualification_correction": PERSONAL + "a_corrected_number_keeps_the_former_one",
    "qualification_reissue": PERSONAL + "the_certificate_is_printed_and_printed_again",
    "qualification_lookup": PERSONAL + "the_holder_gets_an_extract_with_covered_numbers",
    "qualification_annul": PERSONAL + "an_annulled_qualification_takes_the_registration_with_it",
    "hmt_recognition": FORCES + "a_doctor_from_hong_kong_is_recognised",
    "military_to_local_qualification": FORCES + "the_exchanged_qualification_is_a_civil_one",
    "military_to_local_registration": FORCES + "the_exchanged_qualification_is_a_civil_one",
    "local_to_military": FORCES + "a_doctor_goes_to_the_forces_and_is_not_called_deregistered",
    "hmt_short_term_registration": SHORT + "a_hongkong_doctor_is_registered_certified_and_found",
    "hmt_short_term_change": SHORT + "a_change_shortens_and_never_prolongs",
    "hmt_short_term_deregistration": SHORT + "the_institution_reports_the_end_and_nobody_is_barred_by_it",
    "hmt_short_term_reissue": SHORT + "a_lost_certificate_is_made_again",
    "short_term_ex_officio_ending": SHORT + "a_revocation_by_the_authority_bars_for_two_years",
    "foreign_short_term_permit": FOREIGN + "a_foreign_doctor_has_a_line_a_host_under_one_permit",
    "foreign_short_term_renewal": FOREIGN + "a_new_permit_takes_the_place_of_the_former_one",
    "foreign_short_term_reissue": FOREIGN + "a_permit_is_cancelled_and_made_again",
    "foreign_short_term_cancel": FOREIGN + "a_permit_is_cancelled_and_made_again",
    "foreign_team_short_term_permit": FOREIGN + "a_team_comes_with_its_members",
    "tcm_apprenticeship_assessment": VILLAGE
    + "who_learnt_from_a_master_sits_the_examination_and_is_registered_without_a_diploma",
    "tcm_specialist_assessment": VILLAGE + "who_was_assessed_gets_the_qualification_and_is_registered_for_it",
    "tcm_specialist_registration": VILLAGE + "a_specialist_is_registered_for_what_was_assessed",
    "rural_doctor_registration": VILLAGE + "a_village_doctor_is_registered_for_five_years_and_announced",
    "rural_doctor_renewal": VILLAGE + "a_renewal_adds_five_years_to_the_last_day",
    "rural_doctor_change": VILLAGE + "another_village_takes_over_until_the_same_day",
    "rural_doctor_deregistration": VILLAGE + "the_district_ends_a_registration",
    "rural_doctor_assessment": VILLAGE + "who_failed_is_not_renewed_before_passing",
    "sq_ex_officio_ending": "test_special_walks.py::test_the_authority_that_keeps_it_ends_a_qualification_after_notice",
}
WITHOUT_AN_APPLICATION = {
    "doctor_rollback": "test_pages_rollback.py::test_a_second_person_approves_and_everything_follows",
    "qualification_issue": "intakes/test_qualifications.py::test_who_passed_is_granted_in_a_batch",
    "filing_expire": "test_clocks_end_and_warn.py::test_a_filing_ends_on_its_day_and_one_ended_before_did_not_expire",
    "hmt_expire": "test_short_term_walks.py::test_the_last_day_counts_and_the_day_after_is_recorded_by_the_clock",
}
"""Business that begins otherwise: by two persons on a page, from a list, by a clock."""


def test_every_item_of_the_doctors_is_walked() -> None:
    declared = {each.code for each in items(timezone.localdate(), system="doctors")}
    assert declared - set(WALKED) == set()
    assert set(WALKED) - declared == set()


@pytest.mark.parametrize("file", sorted({each.split("::")[0] for each in (WALKED | WITHOUT_AN_APPLICATION).values()}))
def test_the_walks_named_are_there(file: str) -> None:
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    named = {each.split("::")[1] for each in (WALKED | WITHOUT_AN_APPLICATION).values() if each.startswith(f"{file}::")}
    assert named - there == set()
