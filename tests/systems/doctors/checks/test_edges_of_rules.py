"""Rules of doctors of a yes and a no, or of one day: who stands on which side of the edge."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.systems.edges import AFTER, BEFORE, CLOSED, HOUSE, ON, Edge, Known
from yizheng.kernel.identifiers import make_resident_id
from yizheng.systems.doctors.changes.rules import Learning
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.conduct.assessment_rules import Assessed
from yizheng.systems.doctors.qualification.recognition import Recognised
from yizheng.systems.doctors.registration.deregistration import Party
from yizheng.systems.doctors.short_term.hmt import ShortTermApplicant
from yizheng.systems.doctors.short_term.standing import StandingParty

ELSEWHERE = replace(HOUSE, name="海淀区青禾社区卫生服务中心", place="110105")
NUMBER = make_resident_id("110108", date(1990, 3, 7), 5)
OTHER_NUMBER = make_resident_id("110108", date(1991, 3, 7), 5)
TWO_YEARS_AGO = date(2024, 6, 30)


def quits(cause, **more):
    return Party(registered=True, cause=cause, **more)


def corrected(**more):
    nothing = {"identity_agrees": True, "identity_number": "", "birth_date": None, "sex": "", "certificate_number": ""}
    now = {"current_identity_number": NUMBER, "current_certificate_number": f"201011110{NUMBER}"}
    return Known(**{**nothing, **now, **more})


def recognised(**more):
    """A physician of Hong Kong with every condition; the last day five years before the end of 2007."""
    answers = {"origin": "hk", "licensed_on": date(2002, 12, 31), "permanent_resident": True, "chinese_citizen": True}
    return Recognised(category="clinical", **{**answers, "specialist": True, "practising": True, **more})


def banned(until, since=date(2024, 6, 30)):
    """Somebody whom a decision bans from health services."""
    return Known(bars=(Bar(ground="R12", since=since, until=until),), periods=Periods())


CHANGES = [
    Edge("D-M01", [Known(employer=HOUSE, now=Known(institution="北京平安医院"))], [
        Known(employer=HOUSE, now=Known(institution=HOUSE.name)),
    ]),
    Edge("D-M04", [Known(suspended=False)], [Known(suspended=True)]),
    Edge(
        "D-M05",
        [
            Known(keep_old=True, suspended=False, now=Known(institution=HOUSE.name)),
            Known(keep_old=False, suspended=True, now=None),
        ],
        [
            Known(keep_old=True, suspended=True, now=Known(institution=HOUSE.name)),
            Known(keep_old=True, suspended=False, now=None),
        ],
    ),
    Edge("D-M08", [Known(now=Known(place="110000"))], [Known(now=Known(place=""))]),
    Edge(
        "D-A03",
        [Known(now=None, origin=Known(released_on=BEFORE)), Known(now=None, origin=Known(released_on=ON))],
        [Known(now=None, origin=Known(released_on=AFTER))],
    ),
    Edge("D-A04", [Known(origin=Known(level="1"))], [Known(origin=Known(level="2"))]),
    Edge("D-A05", [Known(now=None, suspended_until=None)], [Known(now=None, suspended_until=AFTER)]),
    Edge("D-LN00", [Known(employer=HOUSE, now=Known(institution=HOUSE.name))], [
        Known(employer=HOUSE, now=Known(institution="北京平安医院")),
    ]),
    Edge("D-LN01", [Known(scopes=("11", "12"), now=Known(scopes=("11",)))], [
        Known(scopes=("11",), now=Known(scopes=("11",))),
    ]),
    Edge(
        "D-LN05",
        [Known(learning=Learning(ended_on=ON, passed=True)), Known(learning=Learning(ended_on=BEFORE, passed=True))],
        [Known(learning=Learning(ended_on=AFTER, passed=True)), Known(learning=Learning(ended_on=ON, passed=False))],
    ),
    Edge("D-CA01", [Known(category="stomatology", now=Known(category="clinical"))], [
        Known(category="clinical", now=Known(category="clinical")),
    ]),
    Edge(
        "D-CA02",
        [Known(category="stomatology", now=Known(level="1"), qualifications=[Known(level="1", category="stomatology")])],
        [
            Known(category="stomatology", now=Known(level="1"), qualifications=[]),
            Known(category="stomatology", now=Known(level="1"), qualifications=[Known(level="2", category="stomatology")]),
            Known(category="stomatology", now=Known(level="1"), qualifications=[Known(level="1", category="clinical")]),
        ],
    ),
    Edge("D-RS03", [Known(employer=None)], [Known(employer=HOUSE)]),
    Edge("D-RS04", [Known(now=Known(place=""))], [Known(now=Known(place="110000"))]),
    Edge(
        "D-F02",
        [Known(level="2", employer=HOUSE, place="110108"), Known(level="1", employer=ELSEWHERE, place="110108")],
        [Known(level="2", employer=ELSEWHERE, place="110108")],
    ),
    Edge(
        "D-PI02",
        [Known(qualified_name="许南乔", name="许南乔", qualified_sex="2", sex="2", number_agrees=True)],
        [
            Known(qualified_name="许南乔", name="许北乔", qualified_sex="2", sex="2", number_agrees=True),
            Known(qualified_name="许南乔", name="许南乔", qualified_sex="2", sex="1", number_agrees=True),
            Known(qualified_name="许南乔", name="许南乔", qualified_sex="2", sex="2", number_agrees=False),
        ],
    ),
]  # fmt: skip
QUALIFICATIONS = [
    Edge("D-QO01", [Known(held_already=False)], [Known(held_already=True)]),
    Edge("D-QO02", [Known(barred=False)], [Known(barred=True)]),
    Edge(
        "D-QO03",
        [
            Known(transferred_on=BEFORE, applied_on=None, exchange_by=AFTER),
            Known(transferred_on=BEFORE, applied_on=None, exchange_by=ON),
            Known(transferred_on=BEFORE, applied_on=BEFORE, exchange_by=BEFORE),
        ],
        [
            Known(transferred_on=AFTER, applied_on=None, exchange_by=None),
            Known(transferred_on=BEFORE, applied_on=None, exchange_by=BEFORE),
        ],
    ),
    Edge(
        "D-QO04",
        [Known(qualified_on=BEFORE, transferred_on=ON), Known(qualified_on=ON, transferred_on=ON)],
        [Known(qualified_on=AFTER, transferred_on=ON)],
    ),
    Edge(
        "D-QO11",
        [recognised(), recognised(licensed_on=date(2002, 12, 30)), recognised(origin="taiwan", chinese_citizen=False)],
        [
            recognised(licensed_on=date(2003, 1, 1)),
            recognised(permanent_resident=False),
            recognised(chinese_citizen=False),
            recognised(specialist=False),
        ],
    ),
    Edge("D-D01", [Known(holds=True, number_agrees=True)], [
        Known(holds=False, number_agrees=None), Known(holds=True, number_agrees=False),
    ]),
    Edge(
        "D-D02",
        [Known(changes_identity=False, changes_studies=True, certificate_number="")],
        [Known(changes_identity=False, changes_studies=False, certificate_number="")],
    ),
    Edge("D-D03", [Known(changes_studies=True, ground="typing_error")], [
        Known(changes_studies=True, ground="later_degree"),
    ]),
    Edge(
        "D-D04",
        [corrected(birth_date=date(1990, 3, 7)), corrected(birth_date=date(1991, 3, 7), identity_number=OTHER_NUMBER)],
        [corrected(birth_date=date(1990, 3, 8)), corrected(identity_agrees=False)],
    ),
    Edge(
        "D-D05C",
        [corrected(), corrected(identity_number=OTHER_NUMBER, certificate_number=f"201011110{OTHER_NUMBER}")],
        [
            corrected(identity_number=OTHER_NUMBER),
            corrected(identity_number=OTHER_NUMBER, certificate_number=f"201111110{OTHER_NUMBER}"),
            corrected(identity_number=OTHER_NUMBER, certificate_number=f"201011110{NUMBER}"),
        ],
    ),
    Edge(
        "D-D06C",
        [Known(reason="lost", lost_on=BEFORE), Known(reason="lost", lost_on=ON), Known(reason="damaged", lost_on=None)],
        [Known(reason="lost", lost_on=AFTER), Known(reason="lost", lost_on=None)],
    ),
    Edge(
        "D-C11 D-C21",
        [
            Known(learnt_from=date(2021, 6, 30), learnt_to=date(2026, 6, 29), years=5),
            Known(learnt_from=date(2021, 6, 30), learnt_to=ON, years=5),
        ],
        [
            Known(learnt_from=date(2021, 6, 30), learnt_to=date(2026, 6, 28), years=5),
            Known(learnt_from=date(2021, 6, 30), learnt_to=AFTER, years=5),
        ],
    ),
    Edge("D-C12", [Known(first_recommender="甲", second_recommender="乙")], [
        Known(first_recommender="甲", second_recommender="甲"),
    ]),
    Edge(
        "D-C13 D-C23",
        [Known(passed=True, assessed_on=ON, learnt_to=ON), Known(passed=True, assessed_on=BEFORE, learnt_to=BEFORE)],
        [
            Known(passed=False, assessed_on=ON, learnt_to=ON),
            Known(passed=True, assessed_on=AFTER, learnt_to=ON),
            Known(passed=True, assessed_on=BEFORE, learnt_to=ON),
        ],
    ),
    Edge(
        "D-TC01",
        [Known(qualification=Known(level="4"), assessed_scope="推拿")],
        [
            Known(qualification=None, assessed_scope=""),
            Known(qualification=Known(level="1"), assessed_scope="推拿"),
            Known(qualification=Known(level="4"), assessed_scope=""),
        ],
    ),
]  # fmt: skip
CONDUCT = [
    Edge(
        "D-K01",
        [Assessed(result_on=ON, cycle_from=ON), Assessed(result_on=ON, known=True, again=True)],
        [Assessed(result_on=AFTER), Assessed(result_on=ON, known=True), Assessed(result_on=BEFORE, cycle_from=ON)],
    ),
    Edge(
        "D-K03",
        [Assessed(procedure="general", tested_on=ON, opinion_on=date(2026, 5, 31)), Assessed(procedure="simple")],
        [
            Assessed(procedure="general", tested_on=ON, opinion_on=date(2026, 6, 1)),
            Assessed(procedure="general", tested_on=ON),
        ],
    ),
    Edge(
        "D-K04",
        [
            Assessed(passed=True, procedure="general", score=Decimal(60)),
            Assessed(passed=False, failing="01"),
            Assessed(passed=True, procedure="general", score=Decimal(59), exempt_by="training"),
        ],
        [
            Assessed(passed=True, procedure="general", score=Decimal(59)),
            Assessed(passed=True, attended=False),
            Assessed(passed=True, ethics="fail"),
            Assessed(passed=False),
        ],
    ),
    Edge(
        "D-K06",
        [Assessed(again=True, failed_before=True, suspended_to=BEFORE, result_on=ON, training_proof="培训证明")],
        [
            Assessed(again=True, failed_before=True, suspended_to=ON, result_on=ON, training_proof="培训证明"),
            Assessed(again=True, failed_before=True, suspended_to=BEFORE, result_on=ON),
            Assessed(again=True, failed_before=True, result_on=ON, training_proof="培训证明"),
            Assessed(again=True),
        ],
    ),
    Edge(
        "D-K07",
        [Assessed(first_practised_on=BEFORE, cycle_from=ON), Assessed(first_practised_on=ON, cycle_from=ON)],
        [Assessed(first_practised_on=AFTER, cycle_from=ON)],
    ),
    Edge("D-K11", [Known(failed=True, ordered=False)], [
        Known(failed=False, ordered=False), Known(failed=True, ordered=True),
    ]),
    Edge(
        "D-SE02",
        [
            Known(register_status="SUSP_ASSESS", ground="over", reassessed_on=ON),
            Known(register_status="SUSP_ASSESS", ground="lifted", reassessed_on=None),
            Known(register_status="SUSP_PENAL", ground="over", reassessed_on=None),
        ],
        [Known(register_status="SUSP_ASSESS", ground="over", reassessed_on=None)],
    ),
]  # fmt: skip
LEAVING = [
    Edge("D-L01", [Known(at_this_institution=True)], [Known(at_this_institution=False)]),
    Edge(
        "D-L02",
        [Known(left_on=BEFORE, completed_on=ON), Known(left_on=ON, completed_on=ON)],
        [Known(left_on=AFTER, completed_on=None), Known(left_on=ON, completed_on=AFTER)],
    ),
    Edge("D-L03", [Known(file_by=AFTER), Known(file_by=ON)], [Known(file_by=BEFORE, periods=Periods())]),
    Edge(
        "D-L04",
        [Known(reason="L02", employment="employed"), Known(reason="L01", employment="rehired")],
        [Known(reason="L02", employment="rehired")],
    ),
    Edge(
        "D-L05",
        [Known(register_status="LEFT", filed_here=True), Known(register_status="REG", filed_here=False)],
        [Known(register_status="LEFT", filed_here=False)],
    ),
    Edge("D-L06", [Known(changed_since=False)], [Known(changed_since=True)]),
    Edge(
        "D-RH01",
        [
            Known(situation="same", named=HOUSE.name, register_status="REG", at_main=True),
            Known(situation="other", named=HOUSE.name, register_status="REG", at_main=False),
        ],
        [
            Known(situation="same", named=HOUSE.name, register_status="LEFT", at_main=True),
            Known(situation="same", named=HOUSE.name, register_status="REG", at_main=False),
        ],
    ),
    Edge("D-RH02", [Known(situation="same")], [
        Known(situation="other", register_status="REG"), Known(situation="other", register_status="LEFT"),
    ]),
    Edge("D-RH03", [Known(situation="same")], [Known(situation="filings")]),
    Edge(
        "D-RH04",
        [Known(situation="same", at_main=True, employment="employed")],
        [Known(situation="same", at_main=True, employment="rehired")],
    ),
    Edge(
        "D-D06",
        [quits("D06", second_cycle_ends=BEFORE)],
        [quits("D06", second_cycle_ends=ON), quits("D06", second_cycle_ends=AFTER)],
    ),
    Edge(
        "D-D07",
        [quits("D07", event_on=TWO_YEARS_AGO - timedelta(days=1))],
        [quits("D07", event_on=TWO_YEARS_AGO), quits("D07", event_on=TWO_YEARS_AGO + timedelta(days=1)), quits("D07")],
    ),
    Edge(
        "D-D12",
        [quits("D12", left_on=TWO_YEARS_AGO - timedelta(days=1))],
        [quits("D12", left_on=TWO_YEARS_AGO), quits("D12", left_on=TWO_YEARS_AGO + timedelta(days=1)), quits("D12")],
    ),
    Edge("D-D20", [quits("D11", initiator="person")], [quits("D11", initiator="institution"), quits("")]),
    Edge(
        "D-D22",
        [
            quits("D01", initiator="institution", known_on=BEFORE, report_by=AFTER),
            quits("D01", initiator="institution", known_on=BEFORE, report_by=ON),
            quits("D01", initiator="authority"),
        ],
        [quits("D01", initiator="institution", known_on=BEFORE, report_by=BEFORE), quits("D01", initiator="institution")],
    ),
    Edge(
        "D-D23",
        [quits("D03", authority_name="法院", document_number="1号", event_on=ON), quits("D11")],
        [quits("D03", authority_name="法院", event_on=ON), quits("D03", authority_name="法院", document_number="1号")],
    ),
    Edge("D-D24", [quits("D03", served_on=ON), quits("D11")], [quits("D03")]),
    Edge("D-D25", [quits("D11"), quits("D04", suspended_until=AFTER)], [quits("D11", suspended_until=AFTER)]),
]  # fmt: skip
OTHERS = [
    Edge(
        "D-HK08",
        [ShortTermApplicant()],
        [ShortTermApplicant(practises_there=True), ShortTermApplicant(practises_at=("北京安和医院",))],
    ),
    Edge(
        "D-HK09",
        [ShortTermApplicant(employer=HOUSE, host_is_legal_person=True)],
        [ShortTermApplicant(employer=HOUSE, host_is_legal_person=False)],
    ),
    Edge("D-HK20", [StandingParty(stands=True)], [StandingParty(stands=False)]),
    Edge(
        "D-HK21",
        [StandingParty(valid_until=ON, contract_to=BEFORE), StandingParty(valid_until=ON, contract_to=ON)],
        [StandingParty(valid_until=ON, contract_to=AFTER)],
    ),
    Edge(
        "D-HK22",
        [StandingParty(happened_on=ON), StandingParty(happened_on=BEFORE, report_by=ON)],
        [StandingParty(happened_on=AFTER), StandingParty(happened_on=BEFORE, report_by=BEFORE)],
    ),
    Edge(
        "D-V16 D-W11",
        [Known(bars=(), periods=Periods()), banned(until=BEFORE), banned(since=AFTER, until=date(2030, 6, 30))],
        [banned(until=ON), banned(until=AFTER), banned(until=None)],
    ),
    Edge("D-TM01", [Known(employer=HOUSE)], [Known(employer=CLOSED)]),
    Edge("D-TM02", [Known(agreement_to=AFTER)], [Known(agreement_to=ON), Known(agreement_to=BEFORE)]),
    Edge(
        "D-TM03",
        [Known(members=[Known(name="A", home_licence_until=ON)])],
        [Known(members=[Known(name="A", home_licence_until=BEFORE)])],
    ),
    Edge(
        "D-TM04",
        [Known(members=[Known(name="A", health_checked_on=date(2026, 3, 30))], limits=Known(health_months=3))],
        [Known(members=[Known(name="A", health_checked_on=date(2026, 3, 29))], limits=Known(health_months=3))],
    ),
    Edge("D-TM05", [Known(purpose="")], [Known(purpose="心脏瓣膜手术")]),
    Edge("D-W09", [Known(hosts=[Known(work="")])], [Known(hosts=[Known(work="心脏瓣膜手术")])]),
    Edge("D-X02", [Known(employer=HOUSE)], [Known(employer=CLOSED)]),
    Edge("D-X03", [Known(held_already=False)], [Known(held_already=True)]),
    Edge("D-X04", [Known(level="1")], [Known(level="2")]),
    Edge(
        "D-X06",
        [Known(trained_from=BEFORE, trained_to=ON, passed=True), Known(trained_from=ON, trained_to=ON, passed=True)],
        [
            Known(trained_from=ON, trained_to=AFTER, passed=True),
            Known(trained_from=ON, trained_to=BEFORE, passed=True),
            Known(trained_from=BEFORE, trained_to=ON, passed=False),
        ],
    ),
    Edge("D-Y21", [Known(lapsed_on=None)], [Known(lapsed_on=BEFORE)]),
    Edge("D-S30", [Known(holds=True)], [Known(holds=False)]),
    Edge("D-V02", [Known(qualified=False)], [Known(qualified=True)]),
    Edge("D-V03", [Known(stands=False)], [Known(stands=True)]),
    Edge("D-V08", [Known(stands=True)], [Known(stands=False)]),
    Edge("D-V10", [Known(failed_on=None)], [Known(failed_on=BEFORE)]),
    Edge("D-V11", [Known(fit=True)], [Known(fit=False)]),
    Edge("D-V12", [Known(practises_there=False, employer=HOUSE)], [Known(practises_there=True, employer=HOUSE)]),
]  # fmt: skip


@pytest.mark.parametrize("edge", [*CHANGES, *QUALIFICATIONS, *CONDUCT, *LEAVING, *OTHERS], ids=str)
def test_a_rule_of_doctors_on_both_sides_of_its_edge(edge):
    edge.hold()
