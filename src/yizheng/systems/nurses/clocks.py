"""The clocks of a nurse's registration: the end of her term, with warnings half a year before (护士条例 第十条、第二十一条)."""

from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.deadlines.clocks import Clock, RegisterClocks, declare
from yizheng.licensing.ports.proposals import ProposedAct
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.nurses.register import NURSES

CLOCKS = RegisterClocks(register=NURSES, parameters=lambda on: {})

declare(
    Clock(
        of=CLOCKS,
        code="nurse_term",
        title="护士注册有效期届满",
        article=nurse_regulation(21),
        warn_days=180,
        sentence="护士执业注册有效期届满，未延续注册的不得从事护理活动",
        act=ProposedAct("nurse_deregistration_on_record", {"ground": {"cause": "N01"}}),
        fact=NurseRegistration,
        fires_on="fact.term_to + 1",
        where="fact.status in ('REG', 'SUSP')",
    )
)
