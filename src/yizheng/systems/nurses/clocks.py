"""The clocks of a nurse's registration: the end of her term, with warnings half a year before (护士条例 第十条、第二十一条)."""

from datetime import date
from functools import partial

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.deadlines.clocks import Clock, RegisterClocks, declare
from yizheng.licensing.ports.consequences import ProposedAct
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses.models import NurseFiling, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.amending import end_standing
from yizheng.systems.practitioners.clocks import filing_clocks

CLOCKS = RegisterClocks(register=NURSES, parameters=lambda on: {}, after_end=partial(refresh, NURSES.code))


def end_filing_at(subject_id: int, institution: int, change: ChangeInProgress, on: date) -> int:
    """End the filing at one institution; returns how many ended."""
    return end_standing(NurseFiling, subject_id, change, on, institution_id=institution)


declare(
    Clock(
        of=CLOCKS,
        code="nurse_term",
        title="护士注册有效期届满",
        article=nurse_regulation(21),
        warn_days=180,
        again=(90, 60, 30),
        sentence="护士执业注册有效期届满，未延续注册的不得从事护理活动",
        act=ProposedAct("nurse_deregistration_on_record", {"ground": {"cause": "N01"}}),
        fact=NurseRegistration,
        fires_on="fact.term_to + 1",
        where="fact.status in ('REG', 'SUSP')",
    ),
    *filing_clocks(CLOCKS, NurseFiling, nurse_regulation(9), end_filing_at, "nurse_"),
)
