"""Cases of institutions about themselves: their verification, a stop for a time, the end, penalties."""

from datetime import timedelta

from yizheng.demo.data_files import tables
from yizheng.demo.filings import itself
from yizheng.demo.institutions import DUE, HOSPITAL, Institution
from yizheng.demo.making import Making
from yizheng.demo.scenarios import Known, scenarios
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.scope import acting_as

FILE = "institution_scenarios.toml"


def enter(making: Making) -> None:
    """Every scenario, each case by an institution of its own: those whose verification is due, or small ones from the last on."""
    known = Known(making.today, {})
    due, others = (iter(each) for each in _parties(making))
    for scenario in scenarios("institutions", FILE):
        for state in scenario.states:
            institution = next(due if scenario.who == "due" else others)
            case = itself(making, institution, scenario.item, known.fill(scenario.answers))
            making.walker.walk(case, state, reason=scenario.reason, records=known.fill(scenario.records))
    _penalties(making)


def _penalties(making: Making) -> None:
    """Decisions of the year against small institutions: one fulfilled, one serious, one not fulfilled."""
    _, others = _parties(making)
    for said, institution in zip(tables(FILE)["penalties"], reversed(others), strict=False):
        penalty = {**said, "decided_on": (making.today - timedelta(days=said["days"])).isoformat()}
        reviewer = making.desk(institution.authority_scope, Actor.REVIEWER)
        with acting_as(reviewer):
            case = propose(
                reviewer, "inst_penalty_record", subject_id=institution.subject, subject_name=institution.name,
                authority_scope=institution.authority_scope, evidence="行政处罚决定书", answers={"penalty": penalty},
            )  # fmt: skip
        decider = making.desk(institution.authority_scope, Actor.DECIDER)
        with acting_as(decider):
            perform(case, "enact", decider, reason="与决定书一致。")


def _parties(making: Making) -> tuple[list[Institution], list[Institution]]:
    """Those whose verification is due, and small ones that have no other case."""
    named = {each.name: each for each in making.institutions}
    free = [
        each
        for each in reversed(making.institutions)
        if each.takes(making.today)
        and each.kind == "licensed"
        and each.level != "3"
        and each.name not in (*DUE, HOSPITAL)
    ]
    return [named[name] for name in DUE], free
