"""Who is told of what happened to cases, inside the transaction in which it happened; an upper room enters a function once.

It may enter rows of its own and changes neither case nor event. If it raises, nothing of the act has happened.
"""

from collections.abc import Callable, Sequence

from yizheng.licensing.models import Case, CaseEvent

Happened = tuple[Case, CaseEvent]
Follower = Callable[[Sequence[Happened]], None]
_followers: list[Follower] = []


def follow_cases(follower: Follower) -> Follower:
    """Have a function told of every act on a case."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def tell(happened: Sequence[Happened]) -> None:
    """Tell all of them; called once the cases are written."""
    for follower in _followers:
        follower(happened)
