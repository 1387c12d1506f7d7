"""How far a batch is, as the head of its page shows it: the stages from the file to the register, and the shares of its rows."""

from dataclasses import dataclass

from yizheng.intake.models import Batch, BatchState

DONE, NOW, TO_COME = "done", "now", ""
_HELD = ("conflict", "unknown")
_PASSED = {
    BatchState.RECEIVED: 1, BatchState.CHECKED: 2, BatchState.REFUSED: 1, BatchState.DISCARDED: 1,
    BatchState.PROPOSED: 3, BatchState.APPROVED: 4, BatchState.LOADED: 5, BatchState.NOTHING: 5,
    BatchState.UNDONE: 5,
}  # fmt: skip
"""How many stages a batch in this state has behind it."""
_STOPPED = frozenset({BatchState.REFUSED, BatchState.DISCARDED})


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, what is said of it, and whether it is behind, now, or to come."""

    title: str
    says: str
    standing: str


def stages(batch: Batch) -> list[Stage]:
    """接收, 核对, 提请, 批准, 入册."""
    state = BatchState(batch.state)
    passed = _PASSED[state]
    words = (
        ("接收", "按摘要保存"),
        ("核对", f"{batch.rows:,} 行，不写登记" if passed > 1 else ""),
        ("提请", "由经办人确认" if passed < 3 else ""),
        ("批准", batch.approved_by.display_name if batch.approved_by else "由另一人"),
        ("入册", f"变更 {batch.change}" if batch.change else "一次变更"),
    )
    return [Stage(title, says, _standing(at, passed, state)) for at, (title, says) in enumerate(words)]


def _standing(at: int, passed: int, state: BatchState) -> str:
    if at < passed:
        return DONE
    return NOW if at == passed and state not in _STOPPED else TO_COME


@dataclass(frozen=True, slots=True)
class Share:
    """Rows of one fate: how many, after how many others in the bar, and their part of the whole."""

    kind: str
    count: int
    start: int
    part: str


def shares(batch: Batch) -> list[Share]:
    """The rows that go in, those in error and those that wait for a person; none without rows."""
    verdicts = batch.difference.get("verdicts", {})
    held = min(batch.rejected, sum(verdicts.get(each, 0) for each in _HELD))
    counted = (("ok", batch.accepted), ("bad", batch.rejected - held), ("past", held))
    found, start = [], 0
    for kind, count in counted:
        if count and batch.rows:
            found.append(Share(kind, count, start, f"{count / batch.rows:.2%}"))
            start += count
    return found
