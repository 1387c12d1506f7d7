"""The grounds on which a registration is refused, read from the code table of grounds.

医师法 第十六条、第五十四条、第五十八条; 行政许可法 第七十八条、第七十九条; 医师执业注册管理办法 第六条. A ground says
how long it stands: while a condition lasts, for years counted from a day, until a day an order names (for life
where it names none), or until somebody decides, where the text gives no end at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import Article, article, physicians_law, registration_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant, Bar
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners import checks
from yizheng.systems.practitioners.bars import LASTS, Lasts

PREFIX = f"{DOCTORS.prefix}-"
"""What stands before the code of a ground in the code of the finding that states it."""

FOLLOWED_BY_ASSESSMENT = frozenset({"R01", "R02", "R03", "R04", "R05", "R06", "R12"})
"""Grounds of 医师法 第十六条: once they have ceased, an assessment must be passed first (第十九条)."""

FOLLOWED_BY_TRAINING = frozenset({"R01", "R02", "R04", "R07"})
"""Grounds of 医师执业注册管理办法 第六条 with an end of their own: once they have ceased, training is proved (第十二条)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground as it is law on a day."""

    code: str
    title: str
    articles: tuple[Article, ...]
    lasts: Lasts
    years: int
    accepted: bool
    """Whether the application is accepted and refused (不予注册) or not accepted at all (不予受理)."""

    @classmethod
    def from_code(cls, row: Code) -> Ground:
        """The ground a row of the code table describes."""
        return cls(
            row.code,
            row.name,
            tuple(map(article, row.many("articles"))),
            LASTS[row.attributes["bar_from"]],
            int(row.attributes["bar_years"] or 0),
            row.attributes["effect"] == "refuse",
        )


def ground(code: str, on: date) -> Ground | None:
    """The ground of this code as it is law on ``on``; nothing where it is not, or is asked by another check."""
    row = table("doctor_refusal_reason").get(code)
    if row is None or not row.in_force(on) or row.attributes["bar_from"] not in LASTS:
        return None
    return Ground.from_code(row)


def last_barred_day(bar: Bar, law: Ground, periods: Periods) -> date | None:
    """The last day the bar stands; nothing where no end can be named."""
    if bar.ceased_on is not None:
        return bar.ceased_on
    if law.lasts is Lasts.TO_NAMED_DAY:
        return bar.until
    begins = {Lasts.YEARS: bar.since, Lasts.AFTER_SENTENCE: bar.until}.get(law.lasts)
    return None if begins is None else periods.last_day(begins, periods.years_of(law.code, law.years))


def stands(bar: Bar, law: Ground, periods: Periods, on: date) -> bool:
    """Whether the bar keeps its person out on ``on``."""
    last = last_barred_day(bar, law, periods)
    return bar.since <= on and (last is None or on <= last)


def _sentence(bar: Bar, law: Ground, periods: Periods) -> str:
    words = law.title if law.accepted else f"{law.title}，不受理其申请"
    last = last_barred_day(bar, law, periods)
    if last is not None:
        return f"{words}，到{long_date(last)}止"
    if law.lasts is Lasts.AFTER_SENTENCE:
        return f"{words}：刑罚尚未执行完毕"
    return f"{words}（终身）" if law.lasts is Lasts.TO_NAMED_DAY else words


@check("D-R16A", physicians_law(16), registration_rules(6), title="无不予注册情形", needs=("declaration", "fitness"))
def no_refusal_ground(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Every recorded ground that stands on the day blocks; one without an end in the text is put to a person."""
    yield from standing_grounds(applicant.bars, applicant.periods, on, applicant.licence)


def standing_grounds(bars: Iterable[Bar], periods: Periods, on: date, licence: str) -> Iterator[Finding]:
    """What these recorded grounds say on the day against the licence, each under its own code and articles."""
    for bar in bars:
        law = ground(bar.ground, on)
        if law is None or bar.licence not in ("", licence) or not stands(bar, law, periods, on):
            continue
        level = advise if law.lasts is Lasts.UNTIL_DECIDED else refuse
        found = level(bar.field, _sentence(bar, law, periods), evidence=bar.evidence, articles=law.articles)
        yield replace(found, code=PREFIX + law.code)


of_full_capacity = checks.of_full_capacity("D-R01", physicians_law(16))
fit_to_practise = checks.fit_to_practise("D-R07", registration_rules(6))
promises_truth = checks.promises_truth("D-T01")


@check("D-R19", physicians_law(19), title="不予注册情形消失后已考核合格")
def assessed_after_bar(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Who applies to practise again after a bar passes an assessment first; of who never practised a person decides."""
    ended = bar_ended_on(applicant, on, FOLLOWED_BY_ASSESSMENT)
    if ended is None or (applicant.assessed_on is not None and applicant.assessed_on > ended):
        return
    evidence = f"情形到{long_date(ended)}止，此后没有考核合格记录"
    if applicant.ever_registered:
        yield refuse("", "不予注册的情形消失后申请重新执业，须先经考核合格", evidence=evidence)
    else:
        sentence = "曾有不予注册的情形，从未注册；须认定是否先经考核合格"
        yield advise("", sentence, evidence=evidence)


suspension_over = checks.suspension_over("D-R20", physicians_law(42), physicians_law(57))


in_one_register = checks.in_one_register("D-TWO", physicians_law(13))


ON_THE_PERSON = (
    no_refusal_ground, assessed_after_bar, suspension_over, of_full_capacity, fit_to_practise, in_one_register,
)  # fmt: skip
"""What is asked of whoever is registered, wherever and as what."""


def bar_ended_on(applicant: Applicant, on: date, grounds: frozenset[str]) -> date | None:
    """The last day of the last of these bars that ended before the day, unless she was registered since."""
    ended = [last for last in _last_days(applicant, on, grounds) if last < on]
    granted = [each.since for each in applicant.registrations if each.since is not None]
    last = max(ended, default=None)
    return None if last is not None and any(since > last for since in granted) else last


def _last_days(applicant: Applicant, on: date, grounds: frozenset[str]) -> Iterator[date]:
    for bar in applicant.bars:
        law = ground(bar.ground, on)
        if law is not None and bar.ground in grounds and bar.since <= on:
            last = last_barred_day(bar, law, applicant.periods)
            if last is not None:
                yield last
