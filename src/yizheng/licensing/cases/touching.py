"""What a rollback or a correction did to the register: the rooms above publish and index anew in the same transaction."""

from collections.abc import Callable
from dataclasses import dataclass

from yizheng.registry.models import Change, Fact


@dataclass(frozen=True, slots=True)
class Touched:
    """A change that has just been made, what it is called, and the facts it touched."""

    change: Change
    title: str
    touched: tuple[tuple[str, int], ...]
    """Table and subject of every fact."""

    def subjects(self, *kinds_of_fact: type[Fact]) -> list[int]:
        """The subjects of whom facts of these kinds (of all, when none is given) were touched, in order."""
        tables = {kind.fact_table() for kind in kinds_of_fact}
        return sorted({subject for table, subject in self.touched if not tables or table in tables})


Follower = Callable[[Touched], None]
_followers: list[Follower] = []


def follows(follower: Follower) -> Follower:
    """Have the function called in the transaction of every rollback and every correction, as the system."""
    _followers.append(follower)
    return follower


def call_followers(touched: Touched) -> None:
    """Let every room that declared it follow the change."""
    for follower in _followers:
        follower(touched)
