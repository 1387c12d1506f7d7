"""What is decided or entered after a term is over: a renewal that was late, a penalty, an order that is lifted (护士条例 第十条)."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import go_on
from tests.systems.doctors.test_penalties import begun
from tests.systems.nurses.people import application
from tests.systems.nurses.test_arriving import comes_over
from tests.systems.nurses.test_conduct import penalty
from tests.systems.nurses.test_deregistration import JUDGED, ON_RECORD, now, recorded
from tests.systems.nurses.test_personal import blocks, registration, restate
from tests.systems.nurses.test_renewal import begin, ends_in
from tests.systems.nurses.test_reregistration import CODE, typed
from tests.systems.nurses.test_standing import ask
from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import article
from yizheng.licensing.cases import examining
from yizheng.licensing.jobs import deem_granted
from yizheng.licensing.models import Case, RuleValue
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.reading.held import bars_of
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.conduct.penalty import record_penalty
from yizheng.systems.practitioners.conduct.penalty_rules import known_of
from yizheng.systems.practitioners.models import PenaltyRecord

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
ENDED = TODAY - 5 * ONE_DAY


def handed_in(case: Case, on: date, at: time = time(9)) -> Case:
    """The same case, handed in on another day."""
    moment = timezone.make_aware(datetime.combine(on, at))
    with acting_as_system("test"):
        Case.objects.filter(pk=case.pk).update(submitted_at=moment)
    case.submitted_at = moment
    return case


def enters(nurse: Account, reviewer, decider, haidian, **said: Any) -> None:
    case = begun(reviewer, nurse, haidian, "nurse_penalty_record", {"penalty": penalty(**said)})
    go_on(case, "enact", decider, reason="属实。")


def status(nurse: Account, on: date) -> str:
    with acting_as_system("test"):
        return NurseRegistration.objects.as_of(on).get(subject_id=nurse.subject_id or 0).status_on(on)


@pytest.mark.parametrize(("after", "refused"), [(-1, False), (0, False), (1, True)])
def test_a_renewal_handed_in_within_the_term_is_weighed_after_it(walker, registered, nurse, after, refused):
    ends_in(nurse, 20)
    case = handed_in(begin(walker, nurse), ENDED + after * ONE_DAY)
    restate(nurse, term_to=ENDED)
    assert blocks(case, nurse) == ({"N-STATUS"} if refused else set())


def test_a_late_renewal_decided_after_the_end_joins_the_terms_and_leaves_the_gap(walker, registered, nurse):
    ends_in(nurse, 20)
    case = handed_in(walker.walk(begin(walker, nurse), CaseState.REVIEWING), ENDED)
    restate(nurse, term_to=ENDED)
    assert status(nurse, TODAY) == "EXPIRED"
    walker.walk(case)
    assert registration(nurse).term_to == Term.beginning(ENDED + ONE_DAY).last
    assert status(nurse, TODAY) == "REG"
    first = Term.ending(ENDED).last + ONE_DAY
    cells = {"registered": add_years(first, -5).isoformat(), "renewals": f"{ENDED}/{TODAY}"}
    answer = ask(item="status", on=TODAY.isoformat(), **cells)
    assert (answer["status"], answer["valid_to"]) == ("REG", registration(nurse).term_to.isoformat())


def test_a_late_renewal_of_a_suspended_nurse_stays_refused_after_the_end(walker, registered, nurse):
    ends_in(nurse, 20)
    case = handed_in(begin(walker, nurse), ENDED)
    restate(nurse, term_to=ENDED, status="SUSP")
    assert blocks(case, nurse) == {"N-STATUS"}


@pytest.mark.parametrize(("days", "granted"), [(-1, 0), (0, 1), (1, 1)])
def test_silence_grants_only_what_the_authority_had_before_the_end(walker, registered, nurse, days, granted):
    """It came to the authority today, and the term ended the day before, ends today or tomorrow."""
    ends_in(nurse, 40)
    last = TODAY + days * ONE_DAY
    case = handed_in(walker.walk(begin(walker, nurse), CaseState.REVIEWING), last - 30 * ONE_DAY)
    restate(nurse, term_to=last)
    with acting_as_system("test"):
        answers = {**case.answers, "renewal": {**case.answers["renewal"], "term_to": str(last)}}
        Case.objects.filter(pk=case.pk).update(answers=answers)
        assert deem_granted(TODAY + 2 * ONE_DAY) == granted


@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_a_revocation_entered_after_the_term_counts_from_its_decision(
    registered, walker, nurse, reviewer, decider, haidian, after, barred
):
    restate(nurse, term_to=TODAY - ONE_DAY)
    enters(nurse, reviewer, decider, haidian, kind="revocation")
    assert status(nurse, TODAY) == "REVOKED"
    case = walker.draft(nurse, CODE, typed())
    with acting_as(nurse):
        found = examining.examine(case, add_years(TODAY, 2) + after * ONE_DAY).findings.blocks
    assert ("N-BAR" in {each.code for each in found}) is barred


@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_a_revocation_bars_who_gave_her_registration_up_before(
    registered, walker, nurse, reviewer, decider, haidian, after, barred
):
    walker.walk(walker.draft(nurse, "nurse_deregistration", {"ground": {"cause": "N06", "event_on": str(TODAY)}}))
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        said = penalty(kind="revocation")
        kept = {name: said[name] for name in ("behaviour", "authority_name", "document_number", "review_state")}
        values = {**kept, "kind": "revocation", "article": said["article"]}
        record_penalty(change, nurse.subject_id, TODAY, values, office=haidian.pk, of="nurse")
    case = walker.draft(nurse, CODE, typed())
    with acting_as(nurse):
        found = examining.examine(case, add_years(TODAY, 2) + after * ONE_DAY).findings.blocks
    assert ("N-BAR" in {each.code for each in found}) is barred


def test_an_order_entered_after_the_term_stands_in_the_way_until_it_is_lifted(
    registered, walker, nurse, reviewer, decider, haidian
):
    last = add_months(TODAY, 6) - ONE_DAY
    restate(nurse, term_to=TODAY - ONE_DAY)
    enters(nurse, reviewer, decider, haidian, suspended_from=str(TODAY), suspended_to=str(last))
    case = walker.draft(nurse, CODE, typed())
    assert blocks(case, nurse) == {"N-SUSPENDED"}
    over = begun(reviewer, nurse, haidian, "nurse_suspension_end", {"resuming": {"ground": "over"}})
    with acting_as(reviewer):
        assert "N-SE04" in {each.code for each in examining.examine(over, TODAY).findings.blocks}
    lifted = {"resuming": {"ground": "lifted", "document_number": "京卫复决〔2026〕5号"}}
    go_on(begun(reviewer, nurse, haidian, "nurse_suspension_end", lifted), "enact", decider, reason="复议撤销。")
    assert blocks(case, nurse) == set()
    assert registration(nurse).status == "REG"


def test_where_the_rule_lets_her_register_the_order_runs_on(registered, walker, nurse, reviewer, decider, haidian):
    last = add_months(TODAY, 6) - ONE_DAY
    enters(nurse, reviewer, decider, haidian, suspended_from=str(TODAY), suspended_to=str(last))
    RuleValue.objects.create(code="nurses.suspension_bars", value=0, valid_from=date(2020, 1, 1), article="test")
    with acting_as_system("test"):
        held = NurseRegistration.objects.as_of(TODAY).get(subject_id=nurse.subject_id)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        values = {**held.values(), "term_to": TODAY - ONE_DAY}
        change.state(
            NurseRegistration,
            held.subject_id,
            held.line,
            values,
            valid_from=TODAY,
            authority_scope=held.authority_scope,
        )
    walker.walk(walker.draft(nurse, CODE, typed()))
    assert [status(nurse, on) for on in (TODAY, last, last + ONE_DAY)] == ["SUSP", "SUSP", "REG"]


@pytest.mark.parametrize(("after", "trains"), [(-1, False), (0, False), (1, True)])
def test_the_day_of_the_application_decides_whether_she_trains_before_she_returns(
    registered, walker, nurse, after, trains
):
    restate(nurse, term_to=TODAY - ONE_DAY)
    filed = add_years(TODAY - ONE_DAY, 3) + after * ONE_DAY
    case = handed_in(walker.draft(nurse, CODE, typed(back={"stopped_on": str(TODAY - ONE_DAY)})), filed)
    with acting_as(nurse):
        found = examining.examine(case, filed + 10 * ONE_DAY).findings.blocks
    assert ("N-RETURN" in {each.code for each in found}) is trains


def test_a_ban_from_health_services_stands_in_the_way_for_life(registered, walker, nurse, reviewer, decider, haidian):
    enters(
        nurse, reviewer, decider, haidian, kind="revocation_ban", article="organ_regulation:37",
        banned_from=str(TODAY), for_life="on", decided_by="province", behaviour="参与买卖人体器官",
    )  # fmt: skip
    assert status(nurse, TODAY) == "REVOKED"
    case = walker.draft(nurse, CODE, typed())
    with acting_as(nurse):
        found = examining.examine(case, add_years(TODAY, 20)).findings.blocks
    (bar,) = [each for each in found if each.code == "N-BAR"]
    assert "禁止从事医疗卫生服务" in bar.message


@pytest.mark.parametrize(
    ("ground", "barred"), [("R12", True), ("R01", True), ("R06", True), ("R03", False), ("R04", False)]
)
@pytest.mark.parametrize(("after", "over"), [(-1, False), (0, False), (1, True)])
def test_what_bars_from_all_health_services_counts_whichever_register_recorded_it(
    walker, nurse, haidian, ground, barred, after, over
):
    until = TODAY if ground in ("R12", "R03") else None
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        enter_bar(
            change,
            nurse.subject_id,
            ground,
            add_years(TODAY, -6),
            authority_scope=haidian.pk,
            authority_name="甲",
            until=until,
        )
    case = walker.draft(nurse, "nurse_first_registration", application())
    with acting_as(nurse):
        found = examining.examine(case, TODAY + after * ONE_DAY).findings.blocks
    kept = [each for each in found if each.code == "N-BAR"]
    assert bool(kept) is (barred and not (over and until))


def test_a_nurse_banned_for_life_is_kept_out_of_the_register_of_doctors_until_the_ban_is_taken_back(
    registered, walker, nurse, reviewer, decider, haidian
):
    enters(
        nurse, reviewer, decider, haidian, kind="revocation_ban", article="organ_regulation:37",
        banned_from=str(TODAY), for_life="on", decided_by="province", behaviour="参与买卖人体器官",
    )  # fmt: skip
    with acting_as_system("test"):
        assert [each.ground for each in bars_of([nurse.subject_id], TODAY)[nurse.subject_id]] == ["R12"]
    ended = {"ground": "R12", "why": "taken_back", "ended_on": str(TODAY), "document_number": "京卫复决〔2026〕9号"}
    case = begun(reviewer, nurse, haidian, "nurse_refusal_ground_end", {"ground_end": ended})
    go_on(case, "enact", decider, reason="复议撤销。")
    with acting_as_system("test"):
        assert bars_of([nurse.subject_id], TODAY) == {}


def test_a_nurse_back_from_the_forces_has_her_number_and_her_order_again(
    registered, walker, nurse, reviewer, decider, haidian
):
    before, last = registration(nurse), add_months(TODAY, 6) - ONE_DAY
    enters(nurse, reviewer, decider, haidian, suspended_from=str(TODAY), suspended_to=str(last))
    restate(nurse, status="MIL")
    assert status(nurse, TODAY) == "MIL"
    walker.walk(comes_over(walker, nurse))
    held = now(nurse)
    assert (held.number, held.registered_on) == (before.number, before.registered_on)
    assert [status(nurse, on) for on in (TODAY, last, last + ONE_DAY)] == ["SUSP", "SUSP", "REG"]


def test_the_day_in_beijing_decides_whether_a_registration_of_the_forces_was_valid(walker, nurse, hospital):
    case = comes_over(walker, nurse, term_to=str(TODAY - ONE_DAY), registered_on="2015-01-01")
    early = handed_in(case, TODAY, time(7))
    assert early.item.period_of(early).days == 20


@pytest.mark.parametrize(("after", "barred"), [(-1, True), (0, True), (1, False)])
def test_an_expired_registration_of_the_forces_is_no_way_round_a_bar(walker, nurse, hospital, haidian, after, barred):
    revoked = add_years(TODAY, -2) - after * ONE_DAY
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        said = penalty(kind="revocation")
        kept = {name: said[name] for name in ("behaviour", "authority_name", "document_number", "review_state")}
        values = {**kept, "kind": "revocation", "article": said["article"]}
        record_penalty(change, nurse.subject_id, revoked, values, office=haidian.pk, of="nurse")
    case = comes_over(walker, nurse, term_to=str(TODAY - ONE_DAY), registered_on="2015-01-01")
    assert ("N-BAR" in blocks(case, nurse)) is barred


def test_a_nurse_whose_term_is_over_is_told_so_when_she_files_elsewhere(registered, walker, nurse):
    filing = {"institution": application()["practice"]["institution"], "period_from": str(TODAY)}
    case = walker.draft(nurse, "nurse_multi_institution_filing", {"filing": filing})
    restate(nurse, term_to=TODAY - ONE_DAY)
    with acting_as(nurse):
        found = examining.examine(case, TODAY).findings.blocks
    assert any("有效期届满未延续" in each.message for each in found)


def test_every_kind_of_penalty_on_nurses_has_its_articles():
    kinds = {each.code for each in table("nurse_penalty_kind").items()}
    rows = known_of("nurse")
    assert {row.attributes["kind"] for row in rows} == kinds
    cited = {article(row.attributes["article"]).short for row in rows}
    assert {"护士条例第三十一条", "精神卫生法第七十五条", "药品管理法第一百一十九条"} <= cited
    assert not any("医师法" in each or "中医药法" in each or "麻醉药品" in each for each in cited)


def test_a_revocation_on_record_is_no_penalty_record_and_bars_all_the_same(
    registered, walker, nurse, reviewer, decider, haidian
):
    go_on(recorded(reviewer, nurse, haidian, "N02", ON_RECORD, **JUDGED), "enact", decider, reason="文书属实。")
    assert not PenaltyRecord.objects.filter(subject_id=nurse.subject_id).exists()
    assert "N-BAR" in blocks(walker.draft(nurse, CODE, typed()), nurse)
