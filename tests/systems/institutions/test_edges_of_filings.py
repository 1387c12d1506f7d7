"""Rules of filings without a case: the day before, the day and the day after."""

from datetime import date
from decimal import Decimal

import pytest

from tests.systems.edges import AFTER, BEFORE, ON, Edge
from tests.systems.institutions.test_edges_of_rules import rows
from yizheng.systems.institutions.examination.registering import SUBJECTS, Examining
from yizheng.systems.institutions.filings.changing import ClinicChanging
from yizheng.systems.institutions.filings.elderly import InnerPlan
from yizheng.systems.institutions.filings.ending import Closing
from yizheng.systems.institutions.filings.rules import ClinicPlan
from yizheng.systems.institutions.filings.striking import Striking
from yizheng.systems.institutions.filings.visiting import Visit
from yizheng.systems.institutions.internet.independent import Independent
from yizheng.systems.institutions.internet.rules import Online
from yizheng.systems.institutions.penalties.recording import Penalised
from yizheng.systems.institutions.penalties.unlisting import Unlisting
from yizheng.systems.institutions.questions import PracticeRecord, Practitioner
from yizheng.systems.institutions.technologies.filing import Stopping, Technology

LEADER = Practitioner("doctor", 7, "周远山", "1", ("12",))
LONG_AGO = date(2001, 6, 30)
TCM = "tcm_clinic_file"


def practised(since=LONG_AGO, level="1", category="clinical", **more):
    return PracticeRecord(level, category, since, **more)


def led(since=LONG_AGO, **more):
    return ClinicPlan(**{"doctor_named": True, "practised": (practised(since),), "founder_kind": "person", **more})


def tcm(since=LONG_AGO, **more):
    return led(**{"item": TCM, "practised": (practised(since, category="tcm"),), **more})


def chinese(**more):
    return ClinicPlan(**{"item": TCM, "category": "D212", "rows": rows("50", "50.13"), **more})


EDGES = [
    Edge(
        "I-F-ROUTE",
        [chinese(), ClinicPlan(category="D212", rows=rows("50", "03")), ClinicPlan(category="D215"), ClinicPlan(),
         ClinicPlan(category="D212", rows=rows("50"), only_tcm=False)],
        [chinese(rows=rows("50", "03")), chinese(only_tcm=False), ClinicPlan(category="D212", rows=rows("50")),
         chinese(category="D215"), ClinicPlan(category="D300"), ClinicPlan(category="D211", beds=1)],
    ),
    Edge(
        "I-F-DOCTOR",
        [led(), tcm(), ClinicPlan(), led(practised=(practised(level="4", by_speciality=True),))],
        [led(practised=()), led(practised=(practised(level="2"),)), tcm(practised=(practised(),)), led(asked=False)],
    ),
    Edge(
        "I-F-YEARS",
        [led(date(2021, 6, 30)), led(date(2021, 6, 29)), tcm(date(2023, 6, 30), founder_kind="legal_person"),
         tcm(practised=(practised(ON, "4", "tcm", by_speciality=True),)), led(practised=())],
        [led(date(2021, 7, 1)), tcm(date(2021, 7, 1)), tcm(date(2023, 7, 1), founder_kind="legal_person"),
         led(date(2023, 6, 30), founder_kind="legal_person")],
    ),
    Edge(
        "I-F-LEASE",
        [ClinicPlan(premises_right="rent", premises_to=ON), ClinicPlan(premises_right="rent", premises_to=AFTER),
         ClinicPlan(premises_right="own")],
        [ClinicPlan(premises_right="rent", premises_to=BEFORE), ClinicPlan(premises_right="rent")],
    ),
    Edge("I-F-ORDER", [chinese(business_nature="3", uscc="92"), chinese(business_nature="2")], [chinese(business_nature="3")]),
    Edge("I-F-TCM", [chinese(techniques="针刺、艾灸、推拿")], [chinese(techniques="针刺、穴位注射")]),
    Edge(
        "I-F-AREA",
        [ClinicChanging(kinds=["address"], former_district="110108", district="110108"), ClinicChanging(kinds=["name"])],
        [ClinicChanging(kinds=["address"], former_district="110108", district="110105")],
    ),
    Edge("I-P-ONCE", [Penalised()], [Penalised(known=True)]),
    Edge(
        "I-P-SUM",
        [Penalised(kinds=["fine"], amount=Decimal(1)), Penalised(kinds=["warning"]),
         Penalised(kinds=["confiscation"], confiscated=Decimal(1)), Penalised()],
        [Penalised(kinds=["fine"]), Penalised(kinds=["warning"], amount=Decimal(1)), Penalised(kinds=["confiscation"])],
    ),
    Edge(
        "I-P-TERM",
        [Penalised(grade="minor", decided_on=date(2026, 4, 1)), Penalised(grade="general", decided_on=date(2026, 3, 31)), Penalised()],
        [Penalised(grade="minor", decided_on=date(2026, 3, 31)), Penalised(grade="general", decided_on=date(2020, 4, 27))],
    ),
    Edge(
        "I-P-CLOSE",
        [Penalised(kinds=["closure"]), Penalised(kinds=["warning"], practises=False)],
        [Penalised(kinds=["closure"], practises=False), Penalised(kinds=["revocation"])],
    ),
    Edge("I-P-LISTED", [Unlisting()], [Unlisting(known=False)]),
    Edge(
        "I-P-REPAIR",
        [Unlisting(ground="repaired", mended=True, repair_from=ON), Unlisting(ground="annulled", repair_from=AFTER)],
        [Unlisting(ground="repaired", mended=True, repair_from=AFTER), Unlisting(ground="repaired", mended=False, repair_from=ON)],
    ),
    Edge(
        "I-P-WITHDRAW",
        [Unlisting(ground="annulled", withdraw_by=ON), Unlisting(ground="repaired", withdraw_by=BEFORE), Unlisting()],
        [Unlisting(ground="annulled", withdraw_by=BEFORE)],
    ),
    Edge("I-F-SETTLED", [Closing(settled=True), Closing()], [Closing(settled=False)]),
    Edge("I-V-TWO", [Visit(officer="周明远", second="沈若谷"), Visit()], [Visit(officer="周明远", second="周明远")]),
    Edge(
        "I-V-DAY",
        [Visit(visited_on=ON, filed_on=ON), Visit(visited_on=AFTER, filed_on=ON)],
        [Visit(visited_on=BEFORE, filed_on=ON)],
    ),
    Edge(
        "I-V-LATE",
        [Visit(visited_on=BEFORE, due_on=ON), Visit(visited_on=ON, due_on=ON), Visit(visited_on=AFTER)],
        [Visit(visited_on=AFTER, due_on=ON)],
    ),
    Edge(
        "I-V-ORDER",
        [Visit(passed=True), Visit(passed=False, found="没有洗手池", visited_on=ON, correct_by=AFTER)],
        [Visit(passed=False, visited_on=ON, correct_by=AFTER), Visit(passed=False, found="没有洗手池"),
         Visit(passed=False, found="没有洗手池", visited_on=ON, correct_by=ON)],
    ),
    Edge(
        "I-X-ORDER",
        [Striking(ground="uncorrected", state="ordered", correct_by=BEFORE), Striking(ground="false")],
        [Striking(ground="uncorrected", state="ordered", correct_by=ON), Striking(ground="uncorrected", state="passed"),
         Striking(ground="uncorrected", state="ordered", correct_by=AFTER)],
    ),
    Edge(
        "I-X-STOPPED",
        [Striking(ground="stopped", stopped_on=date(2025, 6, 29)), Striking(ground="ended")],
        [Striking(ground="stopped", stopped_on=date(2025, 6, 30)), Striking(ground="stopped", stopped_on=date(2025, 7, 1)),
         Striking(ground="stopped")],
    ),
    Edge("I-E-KIND", [InnerPlan(category="D400"), InnerPlan(category="A720"), InnerPlan()], [InnerPlan(category="D110")]),
    Edge(
        "I-W-ROUTE",
        [Online(item="internet_mode_add", doctors="own"), Online(item="internet_hosp_second_name", doctors="others"),
         Online(item="internet_hosp_second_name", doctors="own")],
        [Online(item="internet_mode_add", doctors="others")],
    ),
    Edge(
        "I-W-SUBJECTS",
        [Online(rows=rows("03"), host_subjects=["03", "04"]), Online(rows=rows("03"))],
        [Online(rows=rows("03", "10"), host_subjects=["03"])],
    ),
    Edge("I-W-STAFF", [Online()], [Online(unstaffed=["03"])]),
    Edge(
        "I-W-SENIOR", [Online(item="internet_mode_add", rows=rows("03"))],
        [Online(item="internet_hosp_second_name", rows=rows("03"))],
    ),
    Edge(
        "I-W-PROTECTED",
        [Online(assessed_on=date(2025, 6, 30)), Online(assessed_on=date(2025, 7, 1)), Online()],
        [Online(assessed_on=date(2025, 6, 29))],
    ),
    Edge("I-W-JOINED", [Online(joined=True), Online()], [Online(joined=False)]),
    Edge(
        "I-W-PARTNER",
        [Online(partner="清河科技", agreement_to=ON), Online(partner="清河科技", agreement_to=AFTER), Online()],
        [Online(partner="清河科技", agreement_to=BEFORE), Online(partner="清河科技")],
    ),
    Edge("I-W-NAME", [Online()], [Online(internet_name="清河医院", internet_name_faults=["应为北京清河医院互联网医院"])]),
    Edge("I-W-TAKEN", [Online()], [Online(internet_name_taken=True)]),
    Edge(
        "I-W-HOST",
        [Independent(host="北京清河医院", host_licensed=True, host_practises=True), Independent()],
        [Independent(host="北京清河医院", host_licensed=True), Independent(host="北京清河医院", host_practises=True)],
    ),
    Edge("I-T-TWICE", [Technology(technology="G08")], [Technology(technology="G08", filed=frozenset({"G08"}))]),
    Edge(
        "I-T-SUBJECT", [Technology(clinical_subject="03", subjects=("03",)), Technology()],
        [Technology(clinical_subject="03", subjects=("04",))],
    ),
    Edge(
        "I-T-LEADER",
        [Technology(leader="周远山", clinical_subject="04", leaders=(LEADER,)), Technology()],
        [Technology(leader="周远山", clinical_subject="03", leaders=(LEADER,)), Technology(leader="周远山"),
         Technology(leader="周远山", asked=False)],
    ),
    Edge(
        "I-T-ARGUED",
        [Technology(first_case_on=ON, committee_on=ON, ethics_on=BEFORE), Technology(committee_on=ON)],
        [Technology(first_case_on=ON, committee_on=AFTER), Technology(first_case_on=ON, ethics_on=AFTER)],
    ),
    Edge(
        "I-T-LATE",
        [Technology(applied_on=BEFORE, file_by=ON), Technology(applied_on=ON, file_by=ON), Technology()],
        [Technology(applied_on=AFTER, file_by=ON)],
    ),
    Edge("I-T-FILED", [Stopping(technology="G08", filed=frozenset({"G08"})), Stopping()], [Stopping(technology="G08")]),
    Edge("I-H-SUBJECTS", [Examining(subjects=(*SUBJECTS, "03.01"))], [Examining(subjects=SUBJECTS[1:]), Examining()]),
    Edge("I-H-ROOMS", [Examining(area=Decimal(400)), Examining()], [Examining(area=Decimal("399.99"))]),
    Edge(
        "I-H-PEOPLE", [Examining(seniors=2, nurses=10), Examining(seniors=2, nurses=10, nursing=10), Examining()],
        [Examining(seniors=1, nurses=10), Examining(seniors=2, nurses=9), Examining(seniors=2, nurses=10, nursing=9)],
    ),
]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_a_rule_of_filings_on_both_sides_of_its_edge(edge):
    edge.hold()
