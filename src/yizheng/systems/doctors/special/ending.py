"""依职权终止专项资格 of doctors.

人体器官移植医师培训与认定管理办法 第二十九条 for who transplants: whoever has not worked for the years of the rule is proposed by
the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, transplant_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.rules import values
from yizheng.systems.doctors.checks.periods import Periods, periods
from yizheng.systems.doctors.clocks.numbers import TRANSPLANT_YEARS
from yizheng.systems.doctors.item import RecordedAct
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.practitioners.models.special_qualification import TYPES
from yizheng.systems.practitioners.special import ending
from yizheng.systems.practitioners.special.ending import STEP

NO_WORK = "no_work"
GROUNDS = {NO_WORK: "三年未开展", **ending.GROUNDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(ending.Holder):
    """A doctor who holds a special qualification, and why it is to end."""

    idle: bool
    """Whether the ground is that nothing was done for years."""
    worked_on: date | None
    """The last day of such work; of one who never did any, the day of the grant."""
    years: int
    periods: Periods


@check("D-S31", transplant_rules(29, item=1), title="满规定年限未开展", needs=(STEP,))
def idle_long_enough(holder: Holder, on: date) -> Iterator[Finding]:
    """Idleness is no ground before the years are over; the anniversary itself is still inside."""
    if not holder.idle or holder.worked_on is None:
        return
    if not holder.periods.has_run(holder.worked_on, holder.years, on):
        last = holder.periods.last_day(holder.worked_on, holder.years)
        yield refuse("ending.ground", f"到{long_date(last)}才满{holder.years}年未开展")


class SpecialEndingStep(ending.SpecialEndingStep):
    """Any type, and idleness among the grounds."""

    type = coded(TYPES, "专项类型")
    ground = radio("终止的理由", tuple(GROUNDS.items()))


@declare
class SpecialEnding(ending.SpecialEnding, RecordedAct):
    """依职权终止专项资格."""

    code, title, short_title = "sq_ex_officio_ending", "依职权终止专项资格", "终止专项资格"
    register, kind, grounds = "专项医师", SpecialQualification, GROUNDS
    articles = (licensing_law(70), transplant_rules(29))
    steps = (SpecialEndingStep,)
    checks: ClassVar = (status_permits(code), ending.stands("D-S30"), idle_long_enough)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Holder:
        """What stands of the type, since when nothing was done, and the ground."""
        meant = self.meant(answers, subject_id, on)
        return Holder(
            register_status=self.held(subject_id, on).status,
            holds=bool(meant),
            idle=answers.text(STEP, "ground") == NO_WORK,
            worked_on=max((each.last_work_on or each.granted_on for each in meant), default=None),
            years=values(on, TRANSPLANT_YEARS.code)[TRANSPLANT_YEARS.code],
            periods=periods(on),
        )
