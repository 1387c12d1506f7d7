"""Rules of institutions without a case: who stands on which side of the edge."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.systems.edges import AFTER, BEFORE, ON, Edge
from yizheng.kernel.calendar import add_months
from yizheng.systems.institutions.certificates.reissue import Reissuing
from yizheng.systems.institutions.certificates.renewal import Renewing
from yizheng.systems.institutions.changes.rules import Changing
from yizheng.systems.institutions.closing.rules import Ending
from yizheng.systems.institutions.record.rules import Plan
from yizheng.systems.institutions.registration.rules import Approved, Registrant
from yizheng.systems.institutions.setup.rules import SetupPlan
from yizheng.systems.institutions.suspension.rules import Suspended
from yizheng.systems.institutions.verifying.rules import Verified

ONE, YEAR = timedelta(days=1), timedelta(days=365)


def rows(*codes, remark=""):
    return [{"subject": code, "remark": remark} for code in codes]


def approved(**more):
    said = {
        "number": "1", "lapses_on": ON, "applicant": 7, "category": "A100", "beds": 120, "address": "清河路 9 号",
        "subjects": ("03",),
    }  # fmt: skip
    return Approved(**{**said, **more})


def registrant(**more):
    said = {
        "applicant": 7, "approval_number": "1", "approved": approved(), "category": "A100", "level": "3", "beds": 120,
        "address": "清河路 9 号", "rows": rows("03"),
    }  # fmt: skip
    return Registrant(**{**said, **more})


EDGES = [
    Edge(
        "I-MODES",
        [Plan(beds=1, modes=["3"]), Plan(category="D110", modes=["1"]), Plan(modes=["1"])],
        [Plan(beds=1, modes=["1"]), Plan(modes=["3"]), Plan(category="D110", beds=1, modes=["3"])],
    ),
    Edge(
        "I-CHAIRS",
        [Plan(dental_chairs=1, rows=rows("12.01")), Plan(rows=rows("03"))],
        [Plan(dental_chairs=1, rows=rows("03")), Plan(rows=rows("12"))],
    ),
    Edge(
        "I-SUBJECTS",
        [Plan(rows=rows("03", "03.04")), Plan(rows=rows("03.11", remark="睡眠医学"))],
        [Plan(), Plan(rows=rows("03", "03")), Plan(rows=rows("03.11")), Plan(rows=rows("04.01.01"))],
    ),
    Edge("I-PARENTS", [Plan(rows=rows("03", "03.04")), Plan(rows=rows("10"))], [Plan(rows=rows("03.04"))]),
    Edge(
        "I-PLACES",
        [Plan(rows=rows("03"), place_subjects=frozenset({"03"}))],
        [Plan(rows=rows("03"), place_subjects=frozenset({"04"}))],
    ),
    Edge(
        "I-NATURE",
        [Plan(uscc="91", business_nature="3"), Plan(uscc="12", business_nature="1"), Plan(business_nature="3")],
        [Plan(uscc="12", business_nature="3"), Plan(uscc="92", business_nature="2")],
    ),
    Edge("I-BARRED", [Plan(clear=True), Plan()], [Plan(clear=False), Plan(barred={"周远山": "曾任负责人"})]),
    Edge("I-NAME", [Plan()], [Plan(name="北京清河最佳医院", name_faults=["不得使用"])]),
    Edge("I-ALIKE", [Plan(name="北京清河医院")], [Plan(name="北京清河医院", alike=("北京清荷医院",))]),
    Edge("I-UNIQUE", [Plan()], [Plan(taken_by="北京清河医院")]),
    Edge(
        "I-APPROVAL",
        [SetupPlan(category="A100", level="3"), SetupPlan(category="A100", level="1", economic_type="31")],
        [SetupPlan(category="A100", level="2"), SetupPlan(category="D211")],
    ),
    Edge(
        "I-INVEST",
        [SetupPlan(capital=Decimal(9), investment=Decimal(9)), SetupPlan(capital=Decimal(9))],
        [SetupPlan(capital=Decimal(9), investment=Decimal(8))],
    ),
    Edge("I-REGION", [SetupPlan()], [SetupPlan(beds=1)]),
    Edge(
        "I-APPROVED",
        [registrant(), registrant(approved=None, approval_number="", level="2")],
        [
            registrant(approved=None),
            registrant(approved=None, approval_number=""),
            registrant(applicant=8),
            registrant(approved=approved(lapses_on=BEFORE)),
        ],
    ),
    Edge(
        "I-AS-APPROVED",
        [registrant(), registrant(approved=None)],
        [
            registrant(category="A210"), registrant(beds=121), registrant(address="别处"), registrant(rows=rows("03", "04")),
        ],
    ),
    Edge("I-CLINIC", [registrant(), registrant(category="D211", beds=2)], [registrant(category="D211", beds=0)]),
    Edge("I-C-NOTHING", [Changing(kinds=["name"])], [Changing(kinds=["name"], unchanged=["name"])]),
    Edge("I-C-AREA", [Changing()], [Changing(leaves=True)]),
    Edge("I-C-STAFF", [Changing()], [Changing(unstaffed=["10"]), Changing(unasked=["30"])]),
    Edge("I-C-LEFT", [Changing()], [Changing(stranded=1)]),
    Edge("I-C-LINE", [Changing()], [Changing(crossed="床位由 99 张变为 100 张")]),
    Edge(
        "I-R-LOSS",
        [Reissuing(ground="damaged"), Reissuing(ground="lost", lost_on=ON, declared_at="北京示范日报")],
        [Reissuing(ground="lost", lost_on=ON), Reissuing(ground="lost", lost_on=AFTER, declared_at="北京示范日报")],
    ),
    Edge("I-R-WRONG", [Reissuing(ground="wrong", wrong="地址")], [Reissuing(ground="wrong")]),
    Edge(
        "I-V-WINDOW",
        [Verified(due_on=add_months(ON, 3)), Verified(due_on=ON), Verified(due_on=ON, order_by=AFTER)],
        [
            Verified(), Verified(due_on=add_months(ON, 3) + ONE), Verified(due_on=BEFORE),
            Verified(due_on=BEFORE - ONE, order_by=BEFORE),
        ],
    ),
    Edge(
        "I-V-AGAIN",
        [Verified(deferred_to=BEFORE, again_by=ON), Verified(deferred_to=BEFORE, again_by=AFTER)],
        [Verified(), Verified(deferred_to=ON, again_by=AFTER), Verified(deferred_to=BEFORE - ONE, again_by=BEFORE)],
    ),
    Edge(
        "I-V-MONTHS",
        [Verified(conclusion="defer", months=each) for each in (1, 6)] + [Verified(conclusion="pass")],
        [Verified(conclusion="defer", months=each) for each in (None, 0, 7)],
    ),
    Edge(
        "I-V-VISIT",
        [Verified(unseen=True), Verified(conclusion="pass"), Verified(conclusion="pass", unseen=True, visited_on=ON)],
        [Verified(conclusion="pass", unseen=True), Verified(conclusion="defer", points=1)],
    ),
    Edge(
        "I-V-FITS",
        [Verified(conclusion="pass", fits=True), Verified(conclusion="defer", fits=False, penalised=True)],
        [Verified(conclusion="pass", fits=False), Verified(conclusion="pass", penalised=True)],
    ),
    Edge(
        "I-V-POINTS",
        [Verified(conclusion="pass", points=11), Verified(conclusion="defer", points=12)],
        [Verified(conclusion="pass", points=12)],
    ),
    Edge(
        "I-S-DAYS",
        [Suspended(from_on=ON), Suspended(from_on=BEFORE, begun_on=BEFORE, ends_on=ON, to_on=AFTER)],
        [Suspended(from_on=BEFORE), Suspended(begun_on=BEFORE, ends_on=ON, to_on=ON)],
    ),
    Edge(
        "I-S-YEAR",
        [
            Suspended(reason="other", from_on=date(2026, 7, 1), to_on=date(2027, 6, 30)),
            Suspended(reason="expand", from_on=date(2026, 7, 1), to_on=date(2028, 6, 30)),
        ],
        [
            Suspended(reason="other", from_on=date(2026, 7, 1), to_on=date(2027, 7, 1)),
            Suspended(reason="other", begun_on=date(2026, 1, 1), from_on=date(2026, 7, 1), to_on=date(2027, 1, 1)),
        ],
    ),
    Edge(
        "I-S-PATIENTS",
        [Suspended(), Suspended(beds=1, arrangement="转往示范医院")],
        [Suspended(beds=1)],
    ),
    Edge(
        "I-S-READY",
        [Suspended(ready=True), Suspended(begun_on=date(2025, 7, 1), begun_for="other", resumed_on=ON)],
        [Suspended(ready=False), Suspended(begun_on=BEFORE - YEAR, begun_for="other", resumed_on=ON)],
    ),
    Edge("I-S-DUE", [Suspended()], [Suspended(overdue=True)]),
    Edge(
        "I-X-CAUSE",
        [Ending(cause="closed"), Ending(cause="idle", initiator="authority")],
        [Ending(), Ending(cause="idle"), Ending(cause="closed", initiator="authority")],
    ),
    Edge("I-X-DAY", [Ending(event_on=ON)], [Ending(event_on=AFTER)]),
    Edge(
        "I-X-DOC",
        [Ending(cause="closed"), Ending(cause="revoked", organ="示范区卫健委", document_number="1", event_on=ON)],
        [Ending(cause="revoked", event_on=ON), Ending(cause="revoked", organ="示范区卫健委", document_number="1")],
    ),
    Edge(
        "I-X-GROUND",
        [
            Ending(cause="closed"), Ending(cause="merged", successor="示范医院"),
            Ending(cause="moved_out", district="110108", district_to="110105"), Ending(cause="term_ended", term_to=BEFORE),
            Ending(cause="check_not_applied", order_by=BEFORE), Ending(cause="check_failed", failed=True),
            Ending(cause="check_failed", again_by=BEFORE), Ending(cause="limits_broken", deferred_to=ON),
            Ending(cause="idle", suspended_from=ON - YEAR, suspended_for="other"),
        ],
        [
            Ending(cause="merged"), Ending(cause="moved_out"),
            Ending(cause="moved_out", district="110108", district_to="110108"), Ending(cause="term_ended"),
            Ending(cause="term_ended", term_to=ON), Ending(cause="check_not_applied"),
            Ending(cause="check_not_applied", order_by=ON),
            Ending(cause="check_not_applied", order_by=BEFORE, applied=True), Ending(cause="check_failed"),
            Ending(cause="check_failed", again_by=ON), Ending(cause="check_failed", again_by=BEFORE, applied=True),
            Ending(cause="limits_broken"), Ending(cause="limits_broken", deferred_to=BEFORE), Ending(cause="idle"),
            Ending(cause="idle", suspended_from=ON - YEAR + ONE, suspended_for="other"),
            Ending(cause="idle", suspended_from=ON - YEAR, suspended_for="move"),
        ],
    ),
    Edge(
        "I-X-OPEN",
        [Ending(), Ending(open_cases=("变更登记",), initiator="authority")],
        [Ending(open_cases=("变更登记",))],
    ),
    Edge("I-X-STAFF", [Ending(), Ending(staff=1, initiator="authority")], [Ending(staff=1)]),
    Edge(
        "I-N-TERM",
        [Renewing(term_to=date(2026, 7, 30)), Renewing(term_to=date(2026, 12, 30))],
        [Renewing(), Renewing(term_to=BEFORE), Renewing(term_to=date(2026, 7, 29)), Renewing(term_to=date(2027, 1, 1))],
    ),
]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_a_rule_of_institutions_on_both_sides_of_its_edge(edge):
    edge.hold()


def test_an_approval_without_an_end_does_not_lapse():
    assert date(2026, 1, 1) < AFTER
    Edge("I-APPROVED", [registrant(approved=approved(lapses_on=None))], [registrant(applicant=0)]).hold()
