"""Question: a named question a lower room asks and an upper room answers.

``institutions`` asks who may practise a subject here and does not know doctors; when nobody answers, the asker
is told so and says it, instead of showing an empty list.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Question(Generic[Asked, Answer]):
    """A question with the type of what is asked and of one answer."""

    title: str
    _answers: list[Callable[[Asked], list[Answer]]] = field(default_factory=list)

    def answered_by(self, function: Callable[[Asked], list[Answer]]) -> Callable[[Asked], list[Answer]]:
        """Decorator of the upper room's function that answers."""
        self._answers.append(function)
        return function

    @property
    def is_answered(self) -> bool:
        """Whether any room answers at all."""
        return bool(self._answers)

    def ask(self, asked: Asked) -> list[Answer]:
        """All answers of all rooms, in order of declaration."""
        return [answer for function in self._answers for answer in function(asked)]


@dataclass(frozen=True, slots=True)
class Named:
    """What are these people called on this day?"""

    subjects: frozenset[int]
    on: date


who_is_called: Question[Named, tuple[int, str]] = Question("这些人员当日的登记姓名")
"""Answered by (subject, name); asked wherever a lower room tells whom something concerns."""
