"""Cases of institutions about themselves: their verification, a stop for a time, the end."""

from yizheng.demo.filings import itself
from yizheng.demo.institutions import DUE, HOSPITAL, Institution
from yizheng.demo.making import Making
from yizheng.demo.scenarios import Known, scenarios

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
