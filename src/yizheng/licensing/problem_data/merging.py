"""合并重复主体: what the duplicate says goes to the subject that stays, and whoever refers to it refers to that one.

All of it is one change, so rolling that change back splits the two exactly: each line says for every day what it said before.
Where both say something on the same line, the subject that stays is right. The numbers of the duplicate stay as aliases.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, Status
from yizheng.licensing.models import Case
from yizheng.licensing.states import ENDED, CaseState
from yizheng.people.models import Account
from yizheng.registry import kinds
from yizheng.registry.fields import SubjectField
from yizheng.registry.models import EventFact, Fact, SameAs
from yizheng.registry.models.fact import FactQuerySet
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress

Aliases = Callable[[Sequence[Fact]], Iterable[tuple[type[Any], str, dict[str, Any]]]]
"""Of the versions of a duplicate, the states that keep its numbers on the subject that stays: kind, line, values with `number`."""
_aliases: dict[str, Aliases] = {}


def keeps_aliases(register: Register, aliases: Aliases) -> None:
    """Say how a register keeps the numbers of a duplicate."""
    _aliases[register.code] = aliases


@dataclass(slots=True)
class Merging:
    """What merging would do: versions taken over, versions given up for the other's, references that follow."""

    duplicate: int
    into: int
    moved: list[Fact] = field(default_factory=list)
    dropped: list[Fact] = field(default_factory=list)
    referring: list[tuple[Fact, str]] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    hindrance: str = ""

    @property
    def own(self) -> list[Fact]:
        """Every version of the duplicate."""
        return [*self.moved, *self.dropped]

    @property
    def scopes(self) -> list[int]:
        """The authorities of the duplicate's own entries."""
        return sorted({each.authority_scope for each in self.own})

    @property
    def shown(self) -> list[list[Any]]:
        """The versions as a proposal records them, so that the approver agrees to just these."""
        every = [*self.own, *(version for version, _ in self.referring)]
        return sorted([each.fact_table(), each.pk] for each in every)


def plan(duplicate: int, into: int) -> Merging:
    """What merging would do now; with sight of every line."""
    made = Merging(duplicate, into)
    for kind in kinds():
        if kind is SameAs:
            continue
        rows: FactQuerySet[Any] = FactQuerySet(kind).current()
        theirs = {(each.line, _day(each)) for each in rows.filter(subject_id=into)}
        for each in rows.filter(subject_id=duplicate).order_by("line", "valid_from"):
            (made.dropped if (each.line, _day(each)) in theirs else made.moved).append(each)
        for column in kind.typed_fields():
            if isinstance(column, SubjectField):
                named = rows.filter(**{column.attname: duplicate}).exclude(subject_id=duplicate)
                made.referring += [(each, column.attname) for each in named.order_by("pk")]
    made.certificates = list(Certificate.objects.all().filter(subject_id=duplicate, status=Status.VALID))
    made.hindrance = _hindrance(made)
    return made


def _day(version: Fact) -> date | None:
    """Of an event its day, for of one line there may be many; of a state nothing."""
    return version.valid_from if isinstance(version, EventFact) else None


def _hindrance(made: Merging) -> str:
    if made.duplicate == made.into:
        return "两个主体相同，不用合并"
    if not made.own:
        return "该主体没有可以合并的登记，或者已经并入其他主体"
    if Case.objects.filter(subject_id=made.duplicate).exclude(state__in=[*ENDED, CaseState.DRAFT]).exists():
        return "重复主体还有没办结的办件，办结或者撤回以后再合并"
    if Account.objects.filter(subject_id=made.duplicate, is_active=True).exists():
        return "重复主体名下还有使用中的账号，请先由系统管理员停用"
    return ""


def carry_out(made: Merging, change: ChangeInProgress, register: str, on: date) -> None:
    """Merge within the change."""
    into = made.into
    change.lock(made.duplicate, into, *{version.subject_id for version, _ in made.referring})
    kept = list(_aliases[register](made.own)) if register in _aliases else []
    for kind, line, values in kept:
        scope = made.own[0].authority_scope
        change.state(kind, into, line, values, valid_from=_first(made.own), authority_scope=scope)
    for each in made.own:
        change.retract(each)
    aliases = {(kind, values["number"]) for kind, _, values in kept}
    for each in made.moved:
        if (type(each), getattr(each, "number", None)) not in aliases:
            _say(change, each, into, _line(each, made), _values(each, made))
    for version, _ in made.referring:
        change.retract(version)
        line, values = _line(version, made), _values(version, made)
        if line == version.line or not _stands(version, line):
            _say(change, version, version.subject_id, line, values)
    for certificate in made.certificates:
        certificates.revoke(certificate, ending=Ending.ROLLED_BACK, on=on, change_id=change.id)
    change.merge(made.duplicate, into, valid_from=_first(made.own), authority_scope=made.own[0].authority_scope)


def _say(change: ChangeInProgress, version: Any, subject: int, line: str, values: dict[str, Any]) -> None:
    scope = version.authority_scope
    if isinstance(version, EventFact):
        change.event(type(version), subject, line, values, happened_on=version.happened_on, authority_scope=scope)
        return
    period = {"valid_from": version.valid_from, "valid_to": version.valid_to}
    change.state(type(version), subject, line, values, **period, authority_scope=scope)


def _values(version: Fact, made: Merging) -> dict[str, Any]:
    """What the version says, the subject that stays in place of the duplicate."""
    names = {each.attname.removesuffix("_id") for each in version.typed_fields() if isinstance(each, SubjectField)}
    said = version.values()
    return {name: made.into if name in names and value == made.duplicate else value for name, value in said.items()}


def _line(version: Fact, made: Merging) -> str:
    """The line, which may end with the institution it is about."""
    head, colon, last = version.line.rpartition(":")
    return f"{head}:{made.into}" if colon and last == str(made.duplicate) else version.line


def _stands(version: Fact, line: str) -> bool:
    """Whether the person stands with the other institution already."""
    rows: FactQuerySet[Any] = FactQuerySet(type(version)).current()
    return rows.filter(subject_id=version.subject_id, line=line).exists()


def _first(versions: Sequence[Fact]) -> date:
    return min(each.valid_from for each in versions)
