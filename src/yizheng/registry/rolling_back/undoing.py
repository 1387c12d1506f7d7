"""业务数据回退: a change is undone by another change, line by line.

For every date the state is then again the one known just before the change. What later changes built upon is
refused; what cannot be undone is listed; two persons decide.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from yizheng.registry.failures import NothingToUndo, NotUndoable, RegistryError, SamePerson
from yizheng.registry.models import Change, ChangeKind, Fact, KeptLine
from yizheng.registry.reading import kinds
from yizheng.registry.rolling_back import statements
from yizheng.registry.verbs import Cause, ChangeInProgress, changing_many
from yizheng.registry.writer.versions import filled, versions_of


@dataclass(frozen=True, order=True)
class LineKey:
    """A line by table, subject and key."""

    table: str
    subject_id: int
    line: str


@dataclass(frozen=True)
class LineEffect:
    """How many versions of a line a rollback closes, and how many it opens again."""

    line: LineKey
    closes: int
    reopens: int


@dataclass(frozen=True)
class RollbackPreview:
    """What rolling back would do now: per line, what is refused, and what must be done besides."""

    change: Change
    refused: Mapping[LineKey, str]
    """The lines that cannot be rolled back, and why: also the `keep` that leaves each as it is."""
    compensations: tuple[str, ...]

    def lines(self) -> Iterator[LineEffect]:
        """Every line touched, streamed: a bulk change has a million."""
        for kind in touched_kinds(self.change.pk):
            with connection.cursor() as cursor:
                cursor.execute(_sql(statements.LINES, kind), {"change": self.change.pk})
                for subject, line, closes, reopens in cursor:
                    yield LineEffect(LineKey(kind.fact_table(), subject, line), closes, reopens)


class RollbackRefused(RegistryError):
    """Lines have dependents and were not kept; `refused` names them."""

    def __init__(self, refused: Mapping[LineKey, str]) -> None:
        super().__init__("；".join(list(refused.values())[:10]))
        self.refused = refused


Compensation = Callable[[Change], Iterable[str]]
_compensations: list[Compensation] = []


def compensation(describe: Compensation) -> Compensation:
    """Register (as a decorator) what tells, in Chinese sentences, what else must be done if a change is undone.

    Of what a rollback cannot take back (numbers, certificates, publications) upper rooms say what they know, so that the
    new acts are decided upon together with it.
    """
    _compensations.append(describe)
    return describe


def preview_rollback(change_id: int) -> RollbackPreview:
    """What rolling back the change would do if it were done now. Raises NotUndoable."""
    change = _undoable(change_id)
    _check_all_visible(change)
    told = tuple(sentence for describe in _compensations for sentence in describe(change))
    return RollbackPreview(change, _refusals(change.pk), told)


def rollback(
    change_id: int,
    *,
    actor: int,
    approved_by: int,
    reason: str,
    cause: str = "",
    keep: Mapping[LineKey, str] | None = None,
) -> Change:
    """Undo a change, but for the lines in `keep`, each with why it is kept. Returns the rollback, itself a change.

    Raises SamePerson unless proposer and approver differ, RollbackRefused when a line with dependents is not
    kept, NothingToUndo, NotUndoable. A rollback can be rolled back once.
    """
    if actor == approved_by:
        raise SamePerson("回退须由一人提出、另一人复核，提出人不能复核自己的回退。")
    undone = _undoable(change_id)
    by = Cause(actor, cause or f"change:{change_id}", reason, approved_by, undone)
    return _undone_by(ChangeKind.ROLLBACK, undone, by, keep or {})


def undo_own_change(
    change_id: int, *, actor: int, reason: str, cause: str = "", then: Callable[[], object] = lambda: None
) -> Change:
    """A procedure takes back, by a decision of its own, what it entered itself (a filing found false).

    Not a rollback of other people's work: one person decides, and the decision can in turn be rolled back by
    two. `then` is done inside the change (publishing). All or nothing; raises as `rollback` does.
    """
    undone = _undoable(change_id)
    by = Cause(actor, cause or f"change:{change_id}", reason, undoes=undone)
    return _undone_by(ChangeKind.DECISION, undone, by, {}, then)


def _undone_by(
    kind: ChangeKind, undone: Change, by: Cause, keep: Mapping[LineKey, str],
    then: Callable[[], object] = lambda: None,
) -> Change:  # fmt: skip
    try:
        with changing_many(kind, [by]) as (change,):
            _lock(undone)
            _check_all_visible(undone)
            _keep(change, undone, keep)
            _undo(change, undone)
            then()
    except IntegrityError as error:
        if Change.objects.filter(undoes=undone).exists():
            raise NotUndoable(_UNDONE_ALREADY) from error
        raise
    return change.record


_UNDONE_ALREADY = "该变更已经回退过，不能再次回退。"


def _undoable(change_id: int) -> Change:
    change = Change.objects.select_related("undoes").filter(pk=change_id).first()
    if change is None or change.position is None:
        raise NotUndoable(f"变更 {change_id} 不存在或尚未入册，不能回退。")
    if Change.objects.filter(undoes=change).exists():
        raise NotUndoable(_UNDONE_ALREADY)
    if change.undoes is not None and change.undoes.kind == ChangeKind.ROLLBACK:
        raise NotUndoable("回退只能撤销一次；如需变更，请重新办理。")
    return change


def _check_all_visible(undone: Change) -> None:
    """Row policies must not turn a rollback into a partial one behind the actor's back."""
    seen = sum(versions_of(kind).filter(Q(opened=undone.pk) | Q(closed=undone.pk)).count() for kind in kinds())
    with connection.cursor() as cursor:
        cursor.execute("select registry_versions_touched(%s)", [undone.pk])
        if cursor.fetchone() != (seen,):
            raise NotUndoable("该变更涉及您无权查看的登记，须由有权查看全部登记的人员办理回退。")


def _lock(undone: Change) -> None:
    touched = " union ".join(_sql(statements.TOUCHED, kind) for kind in kinds())
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK.replace("{touched}", touched), {"change": undone.pk})


def _keep(change: ChangeInProgress, undone: Change, keep: Mapping[LineKey, str]) -> None:
    standing_in_the_way = {line: why for line, why in _refusals(undone.pk).items() if line not in keep}
    if standing_in_the_way:
        raise RollbackRefused(standing_in_the_way)
    KeptLine.objects.bulk_create(
        KeptLine(change=change.record, fact_table=key.table, subject_id=key.subject_id, line=key.line, why=why)
        for key, why in sorted(keep.items())
    )


def _undo(change: ChangeInProgress, undone: Change) -> None:
    touched = 0
    with connection.cursor() as cursor:
        for kind in touched_kinds(undone.pk):
            given: dict[str, int | str] = {"change": undone.pk, "undo": change.id, "table": kind.fact_table()}
            for statement in (statements.CLOSE, statements.REOPEN):
                cursor.execute(_sql(statement, kind), given)
                touched += cursor.rowcount
    if not touched:
        raise NothingToUndo("没有可回退的登记：该变更未改动登记，或其登记项全部保留。")


def touched_kinds(change_id: int) -> list[type[Fact]]:
    """The kinds of which the change opened or closed versions."""
    asked = " union all ".join(_sql(statements.IS_TOUCHED, kind) for kind in kinds())
    with connection.cursor() as cursor:
        cursor.execute(asked, {"change": change_id})
        found = {name for (name,) in cursor.fetchall()}
    return [kind for kind in kinds() if kind.fact_table() in found]


def _refusals(change_id: int) -> dict[LineKey, str]:
    found: dict[LineKey, str] = {}
    for kind in touched_kinds(change_id):
        with _staged(kind, change_id):
            for statement, sentence in _grounds(kind):
                for key, later in _blocked(statement, kind, change_id):
                    why = sentence.format(title=kind.kind_title(), line=key.line, subject=key.subject_id, later=later)
                    found.setdefault(key, why)
    return {key: found[key] for key in sorted(found)}


_GROUNDS = (
    (statements.BUILT_UPON, "{title}“{line}”（主体 {subject}）已被后来的变更 {later} 更改，须先回退该变更"),
    (statements.RELIED_UPON, "{title}“{line}”（主体 {subject}）是后来的决定（变更 {later}）的依据，须先回退该决定"),
    (statements.IN_THE_WAY, "{title}“{line}”（主体 {subject}）拟恢复的期间内已有变更 {later} 的登记，须先回退该变更"),
)
_FOUNDED = "{title}“{line}”（主体 {subject}）撤去后，此人后来的登记（变更 {later}）便没有主人，须先回退该变更"


def _grounds(kind: type[Fact]) -> list[tuple[str, str]]:
    """Why a line of the kind may not be undone: statements and sentences."""
    if not kind.founds_subject:
        return list(_GROUNDS)
    others = " union all ".join(_sql(statements.OF_ANOTHER_KIND, other) for other in kinds() if other is not kind)
    return [*_GROUNDS, (statements.FOUNDED_UPON.replace("{others}", others), _FOUNDED)]


@contextmanager
def _staged(kind: type[Fact], change_id: int) -> Iterator[None]:
    """What the change did to a kind, in analysed temporary tables while the block lasts."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements.STAGE.split(";"):
            cursor.execute(_sql(statement, kind), {"change": change_id})
        yield
        cursor.execute(statements.UNSTAGE)


def _blocked(statement: str, kind: type[Fact], change_id: int) -> list[tuple[LineKey, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_sql(statement, kind), {"change": change_id, "table": kind.fact_table()})
        return [(LineKey(kind.fact_table(), subject, line), later) for subject, line, later in cursor.fetchall()]


def _sql(template: str, kind: type[Fact]) -> str:
    return filled(template, kind, images=statements.IMAGES, name=kind.fact_table())
