"""Rules of ending a special qualification by the authority: it stands, and three years without work have passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, organ_regulation
from yizheng.licensing.findings import Finding, check, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds a special qualification, and why it is to end."""

    register_status: str
    holds: bool
    idle: bool
    """Whether the ground is that nothing was done for years."""
    worked_on: date | None
    """The last day of such work; of one who never did any, the day of the grant."""
    years: int


@check("S30", licensing_law(70), title="持有该专项资格", needs=("ending",))
def stands(holder: Holder, on: date) -> Iterator[Finding]:
    """Only what this authority keeps and what stands is ended."""
    if not holder.holds:
        yield refuse("ending.type", "没有有效的该类专项资格，或者不由本机关登记")


@check("S31", organ_regulation(27), title="满规定年限未开展", needs=("ending",))
def idle_long_enough(holder: Holder, on: date) -> Iterator[Finding]:
    """Idleness is no ground before the years are over."""
    if not holder.idle or holder.worked_on is None:
        return
    over = add_years(holder.worked_on, holder.years)
    if on < over:
        yield refuse("ending.ground", f"到{long_date(over)}才满{holder.years}年未开展")
