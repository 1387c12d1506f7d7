"""The sentence before the table: whether she may practise on a day, where, and at what."""

from dataclasses import dataclass
from datetime import date

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.records import Period
from yizheng.disclosure.standings import NOT_REGISTERED, WORDS, Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """How somebody stands on a day: the words, the rest of the sentence, and the period they are read from."""

    day: date
    words: Words
    detail: str
    period: Period | None

    @property
    def may_practise(self) -> bool:
        """Whether she may practise on that day."""
        return self.words.may_practise


def verdict_on(entry: PublicPractitioner, day: date) -> Verdict:
    """How the entry stands on a day, by what is known today."""
    period = next((p for p in entry.periods if p.since <= day < p.until), None)
    if period is None:
        return Verdict(day, NOT_REGISTERED, "", None)
    words = WORDS[period.standing]
    return Verdict(day, words, _where(entry, period) if words.may_practise else words.explanation, period)


def _where(entry: PublicPractitioner, period: Period) -> str:
    scopes = "、".join(period.scopes)
    place = period.place or entry.place
    return f"在{place}、按{scopes}执业。" if scopes else f"在{place}执业。"
