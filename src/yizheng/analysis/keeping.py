"""留存和复算: an answer is kept with the slices it rests on, and computed again from them; the same comes out, or it is said."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from yizheng.analysis import asking
from yizheng.analysis.asking import Ground
from yizheng.analysis.models import KeptAnswer
from yizheng.analysis.questions import Question, Result
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.rights.visibility import reach_in_force


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer and what it rests on."""

    question: Question
    result: Result
    now: Ground
    before: Ground | None

    @property
    def sentence(self) -> str:
        """The question in words."""
        return self.question.sentence(self.now.day, self.before.day if self.before else None)


def ask(question: Question, account: Account) -> Answered:
    """Ask with the account's own reach. Raises BadQuestion or NoGround."""
    checked = question.checked()
    now = asking.ground(checked)
    day = asking.earlier_day(checked, now.day)
    before = asking.ground(checked, day) if day else None
    return Answered(checked, asking.answer(checked, now, before, scopes_of(account)), now, before)


def scopes_of(account: Account) -> tuple[int, ...]:
    """Whose rows the account reads."""
    return reach_in_force(account).scopes


@transaction.atomic
def keep(answered: Answered, account: Account, title: str = "") -> KeptAnswer:
    """Keep an answer so that it can be computed again."""
    made = KeptAnswer.objects.create(
        title=(title or answered.sentence)[:100], question=answered.question.kept(), slices=answered.now.slices,
        compared=answered.before.slices if answered.before else [], scopes=list(scopes_of(account)),
        result=answered.result.kept(), account=account,
    )  # fmt: skip
    audit.record(account, "analysis.keep", f"answer:{made.pk}")
    return made


def again(kept: KeptAnswer) -> tuple[Answered, bool]:
    """The same question from the same slices, and whether the figures are those of then."""
    now = asking.ground_again(kept.slices)
    before = asking.ground_again(kept.compared) if kept.compared else None
    result = asking.answer(kept.asked, now, before, kept.scopes)
    return Answered(kept.asked, result, now, before), _plain(result.kept()) == _plain(kept.result)


def _plain(value: object) -> object:
    """Lists and tuples alike, as JSON has them."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
