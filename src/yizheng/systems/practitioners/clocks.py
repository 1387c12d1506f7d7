"""The clocks that registers of people have alike: penalties and permits run out, filings at further institutions end."""

from collections.abc import Callable
from datetime import date
from typing import Any

from yizheng.documents import certificates
from yizheng.documents.models import Ending
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import Article
from yizheng.licensing.deadlines.clocks import Clock, RegisterClocks
from yizheng.licensing.models import Deadline
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.models.permit import EXPIRED, VALID, Permit
from yizheng.systems.practitioners.models.special_qualification import TYPES, SpecialQualificationFact

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
        on_the_day=True,
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


VALID_FACT = "fact.status = 'VALID'"
OF_TYPE: dict[str, Any] = {"about": "fact.type", "codes": TYPES}


def last_day_clock(
    of: RegisterClocks, kind: type[Permit], code: str, title: str, article: Article,
    *, what: Callable[[Any], str], **more: Any,
) -> Clock:  # fmt: skip
    """A permit runs out after its last day, which is recorded; ``what`` says of the version what ended."""

    def expire(due: Deadline, change: ChangeInProgress) -> str:
        """Its certificate in force no longer holds either. Raises LookupError where nothing valid stands."""
        standing = kind.objects.current().filter(subject_id=due.subject_id, line=due.line).on(due.fires_on).first()
        if standing is None or standing.status != VALID:
            raise LookupError(due.line)
        change.state(
            kind, due.subject_id, due.line, {**standing.values(), "status": EXPIRED},
            valid_from=due.fires_on, valid_to=standing.valid_to, authority_scope=standing.authority_scope,
        )  # fmt: skip
        for certificate in permits.certificates_of([standing]):
            certificates.revoke(certificate, ending=Ending.LAPSED, on=due.fires_on, change_id=change.id)
        return what(standing)

    return Clock(
        of=of, code=code, title=title, article=article, ends=expire, fact=kind, fires_on="fact.valid_until + 1",
        where=VALID_FACT, **more,
    )  # fmt: skip


def special_clock(of: RegisterClocks, kind: type[SpecialQualificationFact], code: str, article: Article) -> Clock:
    """A special qualification runs out after its last day."""
    return last_day_clock(
        of, kind, code, "专项资格到期", article, what=lambda held: name_of(TYPES, held.type),
        warn_days=90, sentence="{about}有效期届满", **OF_TYPE,
    )  # fmt: skip
