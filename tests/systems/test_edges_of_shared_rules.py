"""Rules that several registers ask, under the code of each: who stands on which side of the edge."""

from datetime import date

import pytest

from tests.systems.edges import AFTER, BEFORE, CLOSED, HOUSE, ON, Edge, Known
from yizheng.licensing.catalogue import item
from yizheng.systems.practitioners.conduct.grounds import Ended
from yizheng.systems.practitioners.conduct.penalty_rules import Punished

EDGES = [
    Edge("D-Z02 N-KEPT", [Known(moved=False)], [Known(moved=True)]),
    Edge(
        "D-R01 D-V04 N-CAPACITY",
        [Known(birth_date=date(2008, 6, 29)), Known(birth_date=date(2008, 6, 30))],
        [Known(birth_date=date(2008, 7, 1)), Known(birth_date=date(2010, 7, 1))],
    ),
    Edge("D-I01 N-EMPLOYER", [Known(employer=HOUSE)], [Known(employer=CLOSED)]),
    Edge("D-R07 N-HEALTH", [Known(fit=True)], [Known(fit=False)]),
    Edge("D-T01 D-V15 N-TRUTH", [Known(truthful=True)], [Known(truthful=False)]),
    Edge(
        "D-R20 N-SUSPENDED",
        [Known(suspended_until=None, register_status="UNREG"), Known(suspended_until=AFTER, register_status="SUSP")],
        [Known(suspended_until=AFTER, register_status="UNREG")],
    ),
    Edge("D-TWO N-TWO", [Known(elsewhere="")], [Known(elsewhere="医师")]),
    Edge("D-M07 N-UNDERWAY", [Known(open_cases=0)], [Known(open_cases=1)]),
    # filings
    Edge(
        "D-F01 N-F01",
        [Known(may_practise=True, status="在册")],
        [Known(may_practise=False, status="暂停执业"), Known(may_practise=False, status="")],
    ),
    Edge("D-F03 N-F03", [Known(practises_there=False, employer=HOUSE)], [Known(practises_there=True, employer=HOUSE)]),
    Edge("D-F04 N-F04", [Known(filed=True, employer=HOUSE)], [Known(filed=False, employer=HOUSE)]),
    Edge(
        "D-F05 N-F05",
        [Known(filed=True, filed_until=ON, until=AFTER), Known(filed=True, filed_until=ON, until=None)],
        [
            Known(filed=True, filed_until=ON, until=ON),
            Known(filed=True, filed_until=ON, until=BEFORE),
            Known(filed=True, filed_until=None, until=AFTER),
        ],
    ),
    Edge(
        "D-F06 N-F06",
        [
            Known(filed=True, filed_until=None, until=ON),
            Known(filed=True, filed_until=AFTER, until=ON),
            Known(filed=True, filed_until=AFTER, until=AFTER),
        ],
        [Known(filed=True, filed_until=None, until=BEFORE), Known(filed=True, filed_until=ON, until=AFTER)],
    ),
    Edge("D-F07 N-F07", [Known(until=None), Known(until=AFTER), Known(until=ON)], [Known(until=BEFORE)]),
    # certificates and personal data
    Edge("D-C01 N-CERTIFICATE", [Known(has_certificate=True)], [Known(has_certificate=False)]),
    Edge(
        "D-C02 N-LOSS",
        [
            Known(reason="damaged", lost_on=None, statement=""),
            Known(reason="lost", lost_on=BEFORE, statement="在地铁遗失"),
            Known(reason="lost", lost_on=ON, statement="在地铁遗失"),
        ],
        [
            Known(reason="lost", lost_on=AFTER, statement="在地铁遗失"),
            Known(reason="lost", lost_on=ON, statement=""),
            Known(reason="lost", lost_on=None, statement="在地铁遗失"),
        ],
    ),
    Edge(
        "D-PI01 N-NOTHING",
        [
            Known(changes_identity=True, proves=False, moves_number=False),
            Known(changes_identity=False, proves=True, moves_number=False),
            Known(changes_identity=False, proves=False, moves_number=True),
        ],
        [Known(changes_identity=False, proves=False, moves_number=False)],
    ),
    Edge("N-TAKEN", [Known(number_taken=False)], [Known(number_taken=True)]),
    Edge(
        "D-QO21 N-JOINING",
        [Known(returned=True, joined_on=BEFORE), Known(returned=True, joined_on=ON)],
        [Known(returned=True, joined_on=AFTER), Known(returned=False, joined_on=ON, certificate="执业证书")],
    ),
    # special qualifications
    Edge("D-X01 N-SQ01", [Known(practises_there=True, employer=HOUSE)], [Known(practises_there=False, employer=HOUSE)]),
    Edge("N-SQ02", [Known(employer=HOUSE)], [Known(employer=CLOSED)]),
    Edge("D-X03 N-SQ03", [Known(held_already=False)], [Known(held_already=True)]),
    Edge(
        "N-SQ04",
        [Known(trained_from=BEFORE, trained_to=ON, passed=True), Known(trained_from=ON, trained_to=ON, passed=True)],
        [
            Known(trained_from=BEFORE, trained_to=AFTER, passed=True),
            Known(trained_from=ON, trained_to=BEFORE, passed=True),
            Known(trained_from=BEFORE, trained_to=ON, passed=False),
        ],
    ),
    Edge("D-S30 N-SQ11", [Known(holds=True)], [Known(holds=False)]),
    # conduct, penalties and grounds
    Edge("D-G01 N-G01", [Known(category="G1", kind="good")], [Known(category="G1", kind="bad")]),
    Edge(
        "D-G02 N-G02",
        [Known(happened_on=BEFORE, recorded_already=False), Known(happened_on=ON, recorded_already=False)],
        [Known(happened_on=AFTER, recorded_already=False), Known(happened_on=ON, recorded_already=True)],
    ),
    Edge(
        "D-G03 N-FALSE",
        [Known(case_number="26-004127", refused_on=BEFORE, recorded_already=False)],
        [
            Known(case_number="26-004127", refused_on=None, recorded_already=False),
            Known(case_number="26-004127", refused_on=BEFORE, recorded_already=True),
        ],
    ),
    Edge(
        "D-P05 N-P05",
        [Punished(decided_on=BEFORE), Punished(decided_on=ON)],
        [Punished(decided_on=AFTER), Punished(decided_on=ON, document_known=True)],
    ),
    Edge(
        "D-P06 N-P06",
        [Punished(kind="warning"), Punished(kind="suspension", stands=True), Punished(kind="revocation", stands=True)],
        [Punished(kind="suspension"), Punished(kind="revocation")],
    ),
    Edge(
        "N-P06",
        [Punished(kinds="nurse_penalty_kind", kind="suspension", stands=True)],
        [Punished(kinds="nurse_penalty_kind", kind="suspension")],
    ),
    Edge("D-P07 N-P07", [Punished()], [Punished(review_state="review"), Punished(review_state="court")]),
    Edge(
        "D-SE01 N-SE01",
        [Known(ground="over", ordered_until=BEFORE), Known(ground="lifted", ordered_until=AFTER)],
        [Known(ground="over", ordered_until=ON), Known(ground="over", ordered_until=AFTER)],
    ),
    Edge(
        "D-SE03 N-SE03",
        [Known(ground="lifted", lifting_document="京卫复〔2026〕1号"), Known(ground="over", lifting_document="")],
        [Known(ground="lifted", lifting_document="")],
    ),
    Edge("D-RG11 N-RG11", [Ended(ground="R07", standing_since=BEFORE)], [Ended(ground="R07")]),
    Edge(
        "D-RG12 N-RG12",
        [
            Ended(ground="R07", standing_since=date(2026, 1, 1), why="ceased", ended_on=date(2026, 1, 2)),
            Ended(ground="R07", standing_since=date(2026, 1, 1), why="ceased", ended_on=ON),
        ],
        [
            Ended(ground="R07", standing_since=date(2026, 1, 1), why="ceased", ended_on=date(2026, 1, 1)),
            Ended(ground="R07", standing_since=date(2026, 1, 1), why="ceased", ended_on=AFTER),
            Ended(ground="R04", standing_since=date(2026, 1, 1), why="ceased", ended_on=ON),
        ],
    ),
    # the end of a registration
    Edge("D-D00 N-STANDS", [Known(registered=True)], [Known(registered=False)]),
    Edge("D-D21 N-HAPPENED", [Known(event_on=BEFORE), Known(event_on=ON)], [Known(event_on=AFTER)]),
]


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_a_shared_rule_under_the_code_of_every_register(edge):
    edge.hold()


@pytest.mark.parametrize(
    ("code", "business", "status", "permitted"),
    [
        ("D-Z01", "doctor_first_registration", "UNREG", True),
        ("D-Z01", "doctor_first_registration", "REG", False),
        ("D-Z01", "doctor_change_scope", "REG", True),
        ("D-Z01", "doctor_change_scope", "UNREG", False),
        ("N-STATUS", "nurse_renewal", "REG", True),
        ("N-STATUS", "nurse_renewal", "EXPIRED", False),
    ],
)
def test_the_status_of_a_registration_permits_a_business(code, business, status, permitted):
    (rule,) = (each for each in item(business, ON).checks if each.code == code)
    assert bool(rule(Known(register_status=status), ON)) is not permitted
