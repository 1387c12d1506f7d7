"""用语: the words for versions of facts and for changes, made from what the kinds declare.

Every page that shows facts asks here: `line` (label of the line), `says` (one phrase), `value` (a field), `title` (whose
line, on a page of many subjects), `did` (what a change did to a line), `headline` (what a change did), `difference` (field by
field) and `tell` (any declared sentence). The names it needs are looked up before, for all versions at once (`yizheng.shell.record.names`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from yizheng.registry.declarations import Sentence
from yizheng.registry.fields import Declared, SubjectField
from yizheng.registry.models import ChangeKind, Fact

if TYPE_CHECKING:
    from yizheng.registry.record import LineStep, Step

_NAMES = re.compile(r"\{(\w+)(?::([^}]*))?\}")
_SPACE = "　"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change altered on a line: the rows that differ as (field, before, after), and how many fields stayed."""

    rows: tuple[tuple[str, str, str], ...]
    same: int


@dataclass(frozen=True, slots=True)
class Names:
    """Names that were looked up before: of subjects by their id, of authorities by their scope."""

    subjects: Mapping[int, str] = field(default_factory=dict)
    offices: Mapping[int, str] = field(default_factory=dict)
    owners: Mapping[int, str] = field(default_factory=dict)

    def subject(self, subject_id: int | None) -> str:
        """The name of a subject; empty where there is none."""
        return self.subjects.get(subject_id, "") if subject_id else ""

    def office(self, scope_id: int) -> str:
        """The full name of the authority of a scope."""
        return self.offices.get(scope_id, "")

    def own(self, fact: Fact) -> str:
        """The name in the fact itself where it is the one that names, else the one looked up."""
        naming = type(fact).naming
        return str(getattr(fact, naming.field)) if naming else self.owners.get(fact.subject_id, "")


class Words:
    """The words for versions and changes, with the names they refer to."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def value(self, fact: Fact, field: str) -> str:
        """The value of a field as a person reads it; empty when there is none."""
        column: Any = fact._meta.get_field(field)  # noqa: SLF001
        if isinstance(column, SubjectField):
            return self.names.subject(getattr(fact, column.attname))
        assert isinstance(column, Declared), f"{fact.kind_title()}.{field} is not declared"
        return column.words(fact)

    def line(self, fact: Fact) -> str:
        """The label of the line a version stands on: 执业注册 北京市."""
        label = type(fact).label
        return self.tell(label, fact) if label else fact.kind_title()

    def title(self, fact: Fact) -> str:
        """The name of the subject and the label of the line, where a page shows many subjects."""
        return f"{self.names.own(fact)}{_SPACE}{self.line(fact)}".strip()

    def says(self, fact: Fact) -> str:
        """What a version says, in one phrase."""
        if told := fact.told.says:
            return self.tell(told, fact)
        values = (self.value(fact, each.name) for each in fact.typed_fields())
        return _SPACE.join([value for value in values if value][:2])

    def tell(self, sentence: Sentence, fact: Fact, former: Fact | None = None) -> str:
        """A declared sentence about a version, and about the one before it where the sentence asks for it."""
        if callable(sentence):
            return sentence(self, fact, former)
        said = (self._part(part, fact) for part in sentence.split(_SPACE))
        return _SPACE.join(part for part in said if part)

    def headline(self, step: Step) -> str:
        """What a change did, by its weightiest line."""
        if step.change.undoes_id and step.change.kind == ChangeKind.ROLLBACK:
            return f"回退变更 {step.change.undoes_id}"
        more = len({(each.kind, each.line) for each in step.lines}) - 1
        return self.did(step.weightiest) + (f"，另 {more} 项" if more else "")

    def did(self, step: LineStep) -> str:
        """What a change did to one line."""
        old, new = step.old, step.new
        if new is None:
            return self.tell(old.told.withdrawn, old) if old else ""
        if old is None:
            return self.tell(new.told.begins, new)
        ended = new.valid_to != old.valid_to and new.what_is_said() == old.what_is_said()
        if ended and new.valid_to > old.valid_to:
            return self.tell(new.told.extends, new, old)
        return self.tell(new.told.ends if ended else new.told.changes, new, old)

    def difference(self, step: LineStep) -> Difference:
        """Field by field between the version replaced and its successor; fields empty on both sides are left out."""
        old, new = step.old, step.new
        rows, same = [], 0
        for each in step.kind.typed_fields():
            before = self.value(old, each.name) if old else ""
            after = self.value(new, each.name) if new else ""
            if before != after:
                rows.append((str(each.verbose_name), before, after))
            elif before:
                same += 1
        periods = (period(old) if old else "", period(new) if new else "")
        if periods[0] != periods[1]:
            rows.append(("有效", *periods))
        return Difference(tuple(rows), same)

    def takes_effect(self, step: Step) -> date:
        """The first day that the weightiest line of a change reads differently."""
        version = step.weightiest.new or step.weightiest.old
        return version.valid_from if version else date.min

    def _part(self, part: str, fact: Fact) -> str:
        values = {(name, how): self._named(name, how, fact) for name, how in _NAMES.findall(part)}
        if values and not any(values.values()):
            return ""
        return _NAMES.sub(lambda found: values[found[1], found[2] or ""], part)

    def _named(self, name: str, how: str, fact: Fact) -> str:
        if name == "line":
            return self.line(fact)
        if name == "says":
            return self.says(fact)
        if name == "office":
            return self.names.office(fact.authority_scope)
        if how:
            return format(getattr(fact, name), how)
        if any(each.name == name for each in fact.typed_fields()):
            return self.value(fact, name)
        held = getattr(fact, name)
        return "" if held is None else str(held)


def period(version: Fact) -> str:
    """2025-05-19 起; 2021-06-15 至 2025-05-18, the last day included."""
    last = version.last_day
    if last is None:
        return f"{version.valid_from} 起"
    return f"{version.valid_from}" if last == version.valid_from else f"{version.valid_from} 至 {last}"
