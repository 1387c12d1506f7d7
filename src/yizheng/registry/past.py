"""登记沿革: what each change did to each line of a subject, before and after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from yizheng.registry.models import Change, Fact
from yizheng.registry.reading import kinds
from yizheng.registry.versions import SubjectRef, subject_id, versions_of


@dataclass(frozen=True)
class Step:
    """What one change took from a line and what it put there; versions in order of validity."""

    change: Change
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]


@dataclass(frozen=True)
class LineHistory:
    """The steps of one line, oldest knowledge first."""

    kind: type[Fact]
    line: str
    steps: tuple[Step, ...]


def history(subject: SubjectRef, of: Iterable[type[Fact]] | None = None) -> list[LineHistory]:
    """The history of every line of a subject, of the given kinds or of all, as far as the reader may see it."""
    lines: dict[tuple[type[Fact], str], list[Fact]] = defaultdict(list)
    for kind in kinds() if of is None else of:
        for version in versions_of(kind).filter(subject_id=subject_id(subject)).order_by("valid_from", "id"):
            lines[kind, version.line].append(version)
    touched = {number for versions in lines.values() for version in versions for number in _touches(version)}
    changes = Change.objects.in_bulk(touched)
    return [
        LineHistory(kind, line, _steps(versions, changes))
        for (kind, line), versions in sorted(
            lines.items(), key=lambda item: (item[0][0].fact_table(), item[0][1])
        )
    ]


def _touches(version: Fact) -> set[int]:
    """The changes that opened and closed it; none when one change did both, for nobody ever knew of it."""
    if version.opened == version.closed:
        return set()
    return {version.opened} | ({version.closed} if version.closed is not None else set())


def _steps(versions: list[Fact], changes: dict[int, Change]) -> tuple[Step, ...]:
    touched = {number for version in versions for number in _touches(version)}
    in_order = sorted(touched, key=lambda number: changes[number].position or float("inf"))
    lasting = [version for version in versions if version.opened != version.closed]
    return tuple(
        Step(
            changes[number],
            tuple(version for version in lasting if version.closed == number),
            tuple(version for version in lasting if version.opened == number),
        )
        for number in in_order
    )
