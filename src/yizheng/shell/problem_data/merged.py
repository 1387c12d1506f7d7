"""Where a subject that was merged into another one is found now: said at the top of its page."""

from dataclasses import dataclass

from yizheng.licensing.problem_data.orders import merges_of
from yizheng.people.scope import acting_as_system
from yizheng.shell.record.pages import RecordPage


@dataclass(frozen=True, slots=True)
class Merged:
    """The page of the subject it stands under, and those of subjects that stand under it."""

    into: str = ""
    others: tuple[str, ...] = ()


def merged_under(page: RecordPage, subject_id: int) -> Merged:
    """The merges of a subject; one query."""
    with acting_as_system(f"合并的主体 subject:{subject_id}"):
        merges = merges_of(subject_id)
    into = [page.address(each.principal_id) for each in merges if each.subject_id == subject_id]
    return Merged(
        into[-1] if into else "", tuple(page.address(e.subject_id) for e in merges if e.principal_id == subject_id)
    )
