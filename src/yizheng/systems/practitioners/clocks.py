"""The clocks which every register of people has alike: practice goes on after a penalty, filings at further institutions end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from yizheng.kernel.statutes import Article
from yizheng.licensing.deadlines.clocks import Clock, RegisterClocks
from yizheng.licensing.models import Deadline
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences

NO_INSTITUTION = "null::bigint"
ENDED_INSTITUTION = """
    join institutions_licence licence on licence.subject_id = fact.institution_id and licence.closed is null
     and licence.status in ('deregistered', 'revoked', 'filing_cancelled')
"""


def prolonged(table: str, more: str = "") -> str:
    """What stood longer before the change that wrote this version: it was ended early and did not run out."""
    return f"""
        not exists (
            select from {table} longer
            where longer.subject_id = fact.subject_id and longer.line = fact.line and longer.closed = fact.opened
              and longer.valid_to > fact.valid_to {more})
    """


def resumption_clock(
    of: RegisterClocks,
    kind: type[Any],
    status: str,
    article: Article,
    prefix: str = "",
    back: tuple[str, ...] = ("REG",),
) -> Clock:
    """Practice goes on by itself the day after a suspension by penalty; ``back`` are the statuses it may go back to."""
    table, returned = kind.fact_table(), ", ".join(f"'{each}'" for each in back)
    return Clock(
        of=of,
        code=f"{prefix}resumption",
        title="处罚暂停执业期满",
        article=article,
        warn_days=15,
        sentence="行政处罚的暂停执业期满，恢复执业",
        ended=lambda due: "暂停执业（行政处罚）",
        fact=kind,
        holds_today=False,
        fires_on="fact.valid_to",
        where=f"""
            fact.status = '{status}' and fact.valid_to < date '9999-12-31'
            and exists (
                select from {table} n
                where n.subject_id = fact.subject_id and n.line = fact.line and n.closed is null
                  and n.valid_from = fact.valid_to and n.status in ({returned}))
            and {prolonged(table, f"and longer.status = '{status}'")}
        """,
    )


def filing_clocks(
    of: RegisterClocks,
    kind: type[Any],
    article: Article,
    end_at: Callable[[int, int, ChangeInProgress, date], int],
    prefix: str = "",
) -> tuple[Clock, Clock]:
    """A filing ends with its institution, for which ``end_at`` ends it and says how many ended, and on its own last day."""
    table = kind.fact_table()

    def institution_ended(due: Deadline, change: ChangeInProgress) -> str:
        """Nobody practises at an institution that is no longer one. Raises LookupError when the filing is over already."""
        if not end_at(due.subject_id, due.institution_id or 0, change, due.fires_on):
            raise LookupError(due.line)
        return f"{_filing(due)}（机构已终止执业）"

    return (
        Clock(
            of=of,
            code=f"{prefix}filing_house",
            title="备案机构终止执业",
            article=article,
            warn_days=30,
            sentence="备案机构{institution}终止执业，多机构备案终止",
            ends=institution_ended,
            fact=kind,
            holds_today=False,
            joins=f"{ENDED_INSTITUTION} and licence.valid_from < fact.valid_to and fact.valid_from < licence.valid_to",
            fires_on="greatest(licence.valid_from, fact.valid_from)",
            where="fact.valid_to > %(today)s",
            cause="licence.opened",
        ),
        Clock(
            of=of,
            code=f"{prefix}filing",
            title="多机构备案到期",
            article=article,
            warn_days=30,
            sentence="在{institution}的多机构备案到期；继续执业的请先办理备案延期",
            ended=_filing,
            fact=kind,
            holds_today=False,
            fires_on="fact.valid_to",
            where=f"""
                fact.valid_to < date '9999-12-31'
                and not exists (
                    select from {table} n
                    where n.subject_id = fact.subject_id and n.line = fact.line and n.closed is null
                      and n.valid_from = fact.valid_to)
                and {prolonged(table)}
            """,
        ),
    )


def _filing(due: Deadline) -> str:
    return f"多机构备案 {licences.name_of(due.institution_id, due.fires_on)}"
