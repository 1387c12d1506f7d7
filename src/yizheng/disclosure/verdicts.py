"""The sentence before the table: whether she may practise on a day, where, at what and until when."""

from dataclasses import dataclass
from datetime import date

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import Period
from yizheng.disclosure.standings import NO_LONGER, NOT_REGISTERED, OVER, SUSPENDED, WORDS, Standing, Words
from yizheng.kernel.chinese_dates import long_date
from yizheng.registry.periods import last_day


@dataclass(frozen=True, slots=True)
class Verdict:
    """How somebody stands on a day: the words, the rest of the sentence, and the period they are read from."""

    day: date
    words: Words
    detail: str
    period: Period | None
    until: date | None = None
    """The last day of a registration that is valid and ends by itself."""

    @property
    def may_practise(self) -> bool:
        """Whether she may practise on that day."""
        return self.words.may_practise

    @property
    def over(self) -> bool:
        """Whether there is no registration here on that day."""
        return self.period is None or self.period.standing in OVER


def verdict_on(entry: PublicPractitioner, day: date) -> Verdict:
    """How the entry stands on a day, by what is known today."""
    periods = entry.periods
    period = next((each for each in periods if each.since <= day < each.until), None)
    if period is None:
        words = NO_LONGER if any(each.since <= day for each in periods) else NOT_REGISTERED
        return Verdict(day, words, words.explanation, None)
    words, last = WORDS[period.standing], last_day(period.until)
    follows = next((each.standing for each in periods if each.since == period.until), None)
    if words.may_practise:
        ends = last if follows in (None, Standing.EXPIRED) else None
        return Verdict(day, words, _where(entry, period, ends), period, ends)
    if period.standing in SUSPENDED and last and follows is Standing.REGISTERED:
        return Verdict(day, words, f"暂停至{long_date(last)}，期满恢复执业。", period)
    return Verdict(day, words, words.explanation, period)


def _where(entry: PublicPractitioner, period: Period, ends: date | None) -> str:
    scopes = "、".join(period.scopes)
    place = period.place or entry.place
    until = f"，有效至{long_date(ends)}" if ends else ""
    return f"在{place}、按{scopes}执业{until}。" if scopes else f"在{place}执业{until}。"
