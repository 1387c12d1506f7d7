"""Who is told of changes inside their transaction, before they take their positions (发件箱 is written here).

An upper room enters a function once when it starts; it is given the ids of the changes, may read what they wrote and enter
rows of its own, and writes no fact. If it raises, nothing of the changes remains.
"""

from collections.abc import Callable, Sequence

Follower = Callable[[Sequence[int]], None]
_followers: list[Follower] = []


def follow(follower: Follower) -> Follower:
    """Have a function told of every change."""
    if follower not in _followers:
        _followers.append(follower)
    return follower


def tell(changes: Sequence[int]) -> None:
    """Tell all of them."""
    for follower in _followers:
        follower(changes)
