"""行政处罚: entered by two persons, public for its term, taken down; an order to close down stops licence and adverts."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.systems.institutions.registered import TODAY, drafted
from yizheng.disclosure.models import PublicInstitution
from yizheng.kernel.calendar.periods import add_months
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.institutions.models import InstitutionPenalty

pytestmark = pytest.mark.django_db
DECISION = {
    "authority_name": "海淀区卫生健康委员会", "document_number": "海卫医罚〔2026〕7号", "decided_on": TODAY.isoformat(),
    "grade": "general", "kinds": ["warning", "fine"], "behaviour": "超出登记的诊疗科目开展诊疗活动",
    "basis": "医疗机构管理条例第四十六条", "amount": "10000", "fulfilled": "yes",
}  # fmt: skip


def act(house: Any, desk: Any, code: str, **answers: Any) -> Case:
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, code, subject_id=house.subject.pk, subject_name=house.scope.name,
            authority_scope=house.scope.parent_id, evidence="处罚决定书", answers=answers,
        )  # fmt: skip
    assert case.state == CaseState.DECIDING
    with acting_as(desk.decider):
        perform(case, "enact", desk.decider, reason="属实")
    return case


def test_a_penalty_is_public_for_its_term_and_not_a_day_longer(client: Client, house, district_desk):
    case = act(house, district_desk, "inst_penalty_record", penalty=DECISION)
    assert case.summary.startswith("登记行政处罚 海卫医罚〔2026〕7号，公示至")
    entry = PublicInstitution.objects.get()
    page = client.get(f"/public/institutions/{entry.token}/").content.decode()
    for said in ("行政处罚", "警告、罚款；罚款 10,000.00 元", "超出登记的诊疗科目", "海卫医罚〔2026〕7号"):
        assert said in page, said
    assert entry.name in client.get("/public/institutions/?list=penalised").content.decode()
    last = add_months(TODAY, 12)
    assert entry.penalised_until == last
    assert (len(entry.penalties_on(last)), entry.penalties_on(last + timedelta(days=1))) == (1, [])


def test_what_is_not_fulfilled_stays_public_and_an_order_to_close_down_stops_the_licence(house, district_desk):
    said = {**DECISION, "kinds": ["closure"], "amount": "", "fulfilled": "no"}
    act(house, district_desk, "inst_penalty_record", penalty=said)
    with acting_as_system("test"):
        assert house.held.licence.status == "suspended_penalty"
    entry = PublicInstitution.objects.get()
    assert (entry.state, entry.penalties_on(TODAY + timedelta(days=9999))[0].last_day) == ("暂停", None)


def test_after_an_order_to_close_down_it_practises_again_once_conditions_are_met(walker, house, district_desk):
    act(house, district_desk, "inst_penalty_record", penalty={**DECISION, "kinds": ["closure"], "amount": ""})
    ready = {"resumed_on": TODAY.isoformat(), "ready": "yes", "statement": "整顿完毕，人员、设备到位"}
    walker.walk(drafted(walker, house, "inst_resume", {"resume": ready}))
    with acting_as_system("test"):
        assert house.held.licence.status == "active"
    assert PublicInstitution.objects.get().state == "有效"


def test_a_decision_that_was_annulled_is_taken_down_and_stays_on_record(house, district_desk):
    act(house, district_desk, "inst_penalty_record", penalty=DECISION)
    said = {
        "document_number": DECISION["document_number"], "ground": "annulled", "document": "京卫复〔2026〕1号",
        "document_on": TODAY.isoformat(),
    }  # fmt: skip
    act(house, district_desk, "inst_penalty_unlist", unlisting=said)
    entry = PublicInstitution.objects.get()
    assert (entry.penalties_on(TODAY), entry.penalised_until) == ([], None)
    with acting_as_system("test"):
        assert InstitutionPenalty.objects.as_of(TODAY).get().unlisted_for == "annulled"
