"""What a restoration would write, line by line, beside what stands now: the first lines the account may see, and a count.

The page of the restoration shows them, and so does the page where the approver signs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.visible_facts import visible
from yizheng.registry import kinds
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Fact
from yizheng.registry.record import LineStep
from yizheng.registry.rolling_back.restoring import LineDifference
from yizheng.registry.wording.words import period
from yizheng.shell.record.names import words_for
from yizheng.systems.institutions import restoring_proposals as proposals
from yizheng.systems.institutions.restoring import preview
from yizheng.work.approval import Shown, declare_preview
from yizheng.work.models import Approval

TEMPLATE = "institutions/parts/restoration_signed.html"
MOST_LINES = 20
MOST_SIGNED = 5


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line side by side: the words of it now, and as they would be."""

    title: str
    does: str
    rows: tuple[tuple[str, str, str], ...]
    same: int
    kept: str


def side_by_side(account: Account, lines: Iterable[LineDifference]) -> list[ShownLine]:
    """The first lines in words; lines out of the account's reach are left to the count."""
    chosen = list(lines)[:MOST_LINES]
    versions = _versions(account, chosen)
    words = words_for(account, versions.values())
    made = []
    for each in chosen:
        step = _step(each, versions)
        fact = step.new or step.old if step else None
        if step is None or fact is None:
            continue
        found = words.difference(step)
        rows = (*found.rows, *_periods(step))
        made.append(ShownLine(words.title(fact), _does(each), rows, found.same, each.kept))
    return made


def _versions(account: Account, lines: Iterable[LineDifference]) -> dict[tuple[str, int], Fact]:
    """The versions that these lines close or open, by table and number; a query a kind."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for each in lines:
        wanted[each.line.table].update(each.closing, each.opening)
    found: dict[tuple[str, int], Fact] = {}
    for kind in kinds():
        if numbers := wanted.get(kind.fact_table()):
            rows = visible(kind).visible_to(account).filter(pk__in=numbers)
            found.update({(kind.fact_table(), row.pk): row for row in rows})
    return found


def _step(line: LineDifference, versions: dict[tuple[str, int], Fact]) -> LineStep | None:
    def known(numbers: Iterable[int]) -> tuple[Fact, ...]:
        keys = ((line.line.table, number) for number in numbers)
        return tuple(versions[key] for key in keys if key in versions)

    before, after = known(line.closing), known(line.opening)
    if not before and not after:
        return None
    return LineStep(type((after or before)[0]), line.line.line, before, after)


def _periods(step: LineStep) -> tuple[tuple[str, str, str], ...]:
    """The periods of all versions, where the two compared are not the only ones."""
    if max(len(step.before), len(step.after)) < 2:
        return ()
    before, after = ("；".join(period(each) for each in side) for side in (step.before, step.after))
    return (("各段有效", before, after),)


def _does(line: LineDifference) -> str:
    said = []
    if line.closing:
        said.append(f"关闭现有 {len(line.closing)} 个版本")
    if line.opening:
        said.append(f"恢复那时的 {len(line.opening)} 个版本")
    return "，".join(said)


def signed(made: Approval, account: Account) -> Shown:
    """The lines of a proposal as they stand and as they would be, and the page that shows them all."""
    link = made.payload["link"]
    try:
        with acting_as_system(f"恢复预览 approval:{made.pk}"):
            lines = preview(proposals.wanted_by(made)).lines
    except RegistryError as refused:
        return Shown(TEMPLATE, {"impossible": str(refused)}, link)
    shown = side_by_side(account, lines[:MOST_SIGNED])
    return Shown(TEMPLATE, {"lines": shown, "others": len(lines) - len(shown)}, link)


declare_preview(proposals.KIND, signed)
