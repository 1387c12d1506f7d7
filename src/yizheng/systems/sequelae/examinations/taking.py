"""Taking files of results in: read whole, linked, checked row by row, read twice, loaded by another person, and withdrawn exactly.

Nothing of a file counts before it is loaded. A row waits while nobody knows whose it is, while a value of it is impossible or
unreadable, or while two readings differ.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.consultation.years import Year, years_of_many
from yizheng.systems.sequelae.examinations import checks, standing
from yizheng.systems.sequelae.examinations.checks import STOPS, Fault
from yizheng.systems.sequelae.examinations.fields import fields
from yizheng.systems.sequelae.examinations.headings import NAME, TEXT, place, unplaced
from yizheng.systems.sequelae.examinations.rows import Row, Texts, read_row
from yizheng.systems.sequelae.findings.keeping import keep
from yizheng.systems.sequelae.linking.running import link, report
from yizheng.systems.sequelae.models import Batch, BatchRow, Examination, Person, Round, Source
from yizheng.systems.sequelae.models.examinations import BatchState, LinkState
from yizheng.systems.sequelae.office import office, office_key
from yizheng.work import inbox

MOST_ROWS = 2000
ASIDE, NOTHING = "aside", "-"
"""What is said of an item that is not loaded, and of a column that is no item."""


class Refused(Exception):
    """What cannot be done with a file; the words are for who does it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was read: its name, its bytes, and its rows by heading with their numbers."""

    name: str
    content: bytes
    headings: Sequence[str]
    rows: Sequence[tuple[int, Texts]]


@transaction.atomic
def take(
    account: Account,
    source: Source,
    of: Round,
    sent: Sent,
    *,
    expected: int | None = None,
    second_of: Batch | None = None,
) -> Batch:
    """Take a file in as a batch to be checked; as the second reading of another where one is named. Raises Refused."""
    if not sent.rows:
        raise Refused("文件没有数据行，请核对是否导出了内容")
    if expected is not None and expected != len(sent.rows):
        raise Refused(f"附函写 {expected} 行，文件有 {len(sent.rows)} 行，请与来源核对")
    if NAME not in {at[0] for each in sent.headings if (at := place(each, source.mapping))}:
        raise Refused("文件没有“姓名”一列，请核对表头")
    if second_of is not None and account.pk == second_of.account_id:
        raise Refused("第二次读数由另一人录入")
    batch = _opened(account, source, of, sent, expected, second_of)
    read = [read_row(texts, source.mapping) for _, texts in sent.rows]
    links = link(account, source, of, [each.record for each in read])
    sealed = sealing.seal([(office_key(), dict(texts)) for _, texts in sent.rows])
    BatchRow.objects.bulk_create(
        BatchRow(batch=batch, number=number, link=of_row, sealed=content)
        for (number, _), of_row, content in zip(sent.rows, links, sealed, strict=True)
    )
    batch.report = dict(report(account, of, links))
    batch.save(update_fields=["report"])
    _check(account, batch)
    audit.record(account, "sequelae.batch", f"sequelae_batch:{batch.pk}", {"rows": len(links), "digest": batch.digest})
    return batch


def _opened(
    account: Account, source: Source, of: Round, sent: Sent, expected: int | None, second_of: Batch | None
) -> Batch:
    digest = hashlib.sha256(sent.content).hexdigest()
    try:
        with transaction.atomic():
            return Batch.objects.create(
                source=source, round=of, name=sent.name[:120], digest=digest, expected=expected, account=account, second_of=second_of
            )  # fmt: skip
    except IntegrityError:
        raise Refused("这个文件已经接收过；要重新接收，请先撤回原来的批次") from None


def place_headings(account: Account, batch: Batch, placed: Mapping[str, str]) -> None:
    """Keep with the source what its headings are, and read the batch anew. Raises Refused.

    Only headings of this file that nobody knows yet are placed, and only until it is loaded.
    """
    if batch.state != BatchState.READ:
        raise Refused("入库或者撤回以后不能再指定列")
    known = {heading: [code, ""] for heading, code in placed.items() if code}
    codes = {code for code, _ in known.values()}
    if not known.keys() <= set(headings_of(account, batch)) or not codes <= {*fields(), TEXT, NOTHING}:
        raise Refused("请为列出的没有认出的列选择项目")
    source = batch.source
    source.mapping = {**source.mapping, **known}
    source.save(update_fields=["mapping"])
    _check(account, batch)


@dataclass(slots=True)
class Checked:
    """A row as it stands: what it says, whose it is, what is wrong, and where two readings differ and nobody has chosen."""

    kept: BatchRow
    row: Row
    person: Person | None
    faults: list[Fault]
    differ: list[tuple[str, str, str]]
    chosen: Mapping[str, str]
    loaded: bool = False

    @property
    def waits(self) -> str:
        """Why the row is not loaded; empty where it may be."""
        if self.person is None:
            return "待认定人员"
        if any(each.level == STOPS for each in self.faults):
            return "有不能入库的值"
        return "两次读数不一致" if self.differ else ""


def rows_of(account: Account, batch: Batch) -> list[Checked]:
    """The rows of a batch as they stand now."""
    kept = list(BatchRow.objects.visible_to(account).filter(batch=batch).select_related("link__person"))
    read = _read(kept, batch.source)
    twice = _second(account, batch)
    done = set(Examination.objects.filter(batch=batch, withdrawn=False).values_list("link_id", flat=True))
    checked = []
    for each, row in zip(kept, read, strict=True):
        chosen = sealing.opened([(office_key(), each.chosen)])[0] if each.chosen else {}
        faults = [Fault(**fault) for fault in each.faults if chosen.get(fault["code"]) != ASIDE]
        other = twice.get(each.link.person_id or 0)
        checked.append(
            Checked(each, row, each.link.person, faults, _differences(row, other, chosen), chosen, each.link_id in done)
        )
    return checked


def _read(kept: Sequence[BatchRow], source: Source) -> list[Row]:
    key = office_key()
    return [read_row(texts, source.mapping) for texts in sealing.opened([(key, each.sealed) for each in kept])]


def _second(account: Account, batch: Batch) -> dict[int, Row]:
    """The second reading of each person."""
    second = Batch.objects.visible_to(account).filter(second_of=batch).exclude(state=BatchState.WITHDRAWN).first()
    if second is None:
        return {}
    kept = list(BatchRow.objects.visible_to(account).filter(batch=second).select_related("link"))
    return {each.link.person_id or 0: row for each, row in zip(kept, _read(kept, batch.source), strict=True)}


def _differences(row: Row, other: Row | None, chosen: Mapping[str, str]) -> list[tuple[str, str, str]]:
    if other is None:
        return []
    said = ((code, cell, other.cells.get(code)) for code, cell in row.cells.items())
    return [
        (code, cell.said(), second.said())
        for code, cell, second in said
        if second is not None and second.said() != cell.said() and code not in chosen
    ]


def check_again(account: Account, batch: Batch) -> None:
    """Ask the rules anew after somebody said whose a row is, and bring the report up to date."""
    rows = list(BatchRow.objects.visible_to(account).filter(batch=batch).select_related("link"))
    batch.report = dict(report(account, batch.round, [each.link for each in rows]))
    batch.save(update_fields=["report"])
    _check(account, batch)


def _check(account: Account, batch: Batch) -> None:
    """Ask every rule of every row, and keep what was found with it."""
    kept = list(BatchRow.objects.visible_to(account).filter(batch=batch).select_related("link__person"))
    known = years_of_many(account, [each.link.person for each in kept if each.link.person])
    first: dict[int, int] = {}
    for each, row in zip(kept, _read(kept, batch.source), strict=True):
        before, years = _before(known.get(each.link.person_id or 0, []), batch.round)
        sex = each.link.person.sex if each.link.person else row.record.sex
        found = [
            *row.faults, *checks.faults(row.numbers, before, years), *checks.impossible(row.bounds),
            *checks.contradicted(row.numbers, row.text, sex),
            *checks.outside(row.on, batch.round.year),
        ]  # fmt: skip
        if first.setdefault(each.link_id, each.number) != each.number:
            found.append(Fault("X18", "", f"与第 {first[each.link_id]} 行是同一人的记录，只入库一行", STOPS))
        each.faults = [{"rule": f.rule, "code": f.code, "said": f.said, "level": f.level} for f in found]
    BatchRow.objects.bulk_update(kept, ["faults"])


def _before(known: Sequence[Year], of: Round) -> tuple[dict[str, float] | None, float]:
    """What was last known of a person before the round, and how many years ago."""
    earlier = [each for each in known if each.year < of.year]
    if not earlier:
        return None, 1.0
    values: dict[str, float] = {}
    for year in earlier:
        values |= year.numbers
    return values, float(of.year - earlier[-1].year)


@transaction.atomic
def choose(account: Account, row_key: int, code: str, which: str) -> None:
    """Say which of two readings counts: the first or the second. Raises Refused."""
    row = BatchRow.objects.select_for_update().select_related("batch__source").get(pk=row_key)
    (checked,) = [each for each in rows_of(account, row.batch) if each.kept.pk == row.pk]
    if code not in {each[0] for each in checked.differ} or which not in ("first", "second"):
        raise Refused("这一项没有不一致，或者已经选定")
    chosen = {**checked.chosen, code: which}
    BatchRow.objects.filter(pk=row.pk).update(chosen=sealing.seal([(office_key(), chosen)])[0])
    audit.record(account, "sequelae.choose", f"sequelae_row:{row.pk}", {"code": code, "which": which})


@transaction.atomic
def set_aside(account: Account, row_key: int, code: str) -> None:
    """Leave out one item of a row that cannot be loaded, so that the rest can; the file keeps what it says. Raises Refused."""
    row = BatchRow.objects.select_for_update(of=("self",)).select_related("batch__source").get(pk=row_key)
    (checked,) = [each for each in rows_of(account, row.batch) if each.kept.pk == row.pk]
    if not code or code not in {each.code for each in checked.faults if each.level == STOPS}:
        raise Refused("这一项没有不能入库的问题，或者已经搁置")
    chosen = {**checked.chosen, code: ASIDE}
    BatchRow.objects.filter(pk=row.pk).update(chosen=sealing.seal([(office_key(), chosen)])[0])
    audit.record(account, "sequelae.choose", f"sequelae_row:{row.pk}", {"code": code, "which": ASIDE})


def replaced_by(account: Account, batch: Batch, rows: Sequence[Checked]) -> int:
    """Of how many people results of this source and round stand already."""
    persons = {each.person.pk for each in rows if each.person is not None}
    seen = Examination.objects.visible_to(account)
    return (
        seen.standing().filter(round=batch.round, source=batch.source, person__in=persons).exclude(batch=batch).count()
    )


def error_rates(checked: Iterable[Checked]) -> tuple[int, int, int]:
    """How many choices there were, and how often the first and the second reading was wrong."""
    which = [each for row in checked for each in row.chosen.values() if each != ASIDE]
    return len(which), which.count("second"), which.count("first")


@transaction.atomic
def load(account: Account, batch: Batch) -> tuple[int, int]:
    """Load the rows that do not wait, and say how many were loaded and how many wait. Raises Refused."""
    if account.pk == batch.account_id:
        raise Refused("入库由接收人以外的另一人核对后办理")
    won = Batch.objects.filter(pk=batch.pk, state=BatchState.READ, second_of=None).update(
        state=BatchState.LOADED, loader=account, loaded_at=timezone.now()
    )
    if not won:
        raise Refused("这个批次已经入库或者撤回，或者是第二次读数")
    loaded, waiting = _load_rows(account, batch)
    audit.record(account, "sequelae.load", f"sequelae_batch:{batch.pk}", {"rows": loaded, "waiting": waiting})
    return loaded, waiting


@transaction.atomic
def load_waiting(account: Account, batch: Batch) -> int:
    """Load the rows of a loaded batch that waited and do not wait any longer."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != BatchState.LOADED:
        raise Refused("这个批次还没有入库，或者已经撤回")
    loaded, waiting = _load_rows(account, batch)
    audit.record(account, "sequelae.load", f"sequelae_batch:{batch.pk}", {"rows": loaded, "waiting": waiting})
    return loaded


def _load_rows(account: Account, batch: Batch) -> tuple[int, int]:
    checked, twice = rows_of(account, batch), _second(account, batch)
    ready = [each for each in checked if not each.waits and not each.loaded]
    made = []
    for each in ready:
        assert each.person is not None, "a row without a person waits"
        cells = {code: cell for code, cell in each.row.cells.items() if each.chosen.get(code) != ASIDE}
        cells |= {code: twice[each.person.pk].cells[code] for code, which in each.chosen.items() if which == "second"}
        content = {code: cell.kept() for code, cell in cells.items() if cell.reason != "empty"}
        made.append(
            Examination(
                person=each.person, round=batch.round, source=batch.source, batch=batch, link=each.kept.link,
                on=_on(each.row.on, batch.round), device=batch.source.device,
                sealed=sealing.seal([(each.person.subject_id, content)])[0],
            )
        )  # fmt: skip
    standing.put(made)
    keep([(row, each.row.text) for row, each in zip(made, ready, strict=True)])
    return len(made), sum(bool(each.waits) for each in checked)


def _on(said: date | None, of: Round) -> date:
    """The day of the row; the first of the round where it says none."""
    return said or of.starts


@transaction.atomic
def withdraw(account: Account, batch: Batch, why: str) -> int:
    """Take a batch back with everything that was loaded from it; what stood before stands again. Raises Refused."""
    if not why.strip():
        raise Refused("请写明撤回理由")
    won = (
        Batch.objects.filter(pk=batch.pk)
        .exclude(state=BatchState.WITHDRAWN)
        .update(state=BatchState.WITHDRAWN, withdrawn_at=timezone.now(), why=why.strip()[:200])
    )
    if not won:
        raise Refused("这个批次已经撤回")
    taken = list(Examination.objects.filter(batch=batch, withdrawn=False))
    standing.take_back(taken)
    audit.record(account, "sequelae.withdraw", f"sequelae_batch:{batch.pk}", {"rows": len(taken)})
    if taken:
        _tell_physicians(batch, len(taken))
    return len(taken)


def _tell_physicians(batch: Batch, people: int) -> None:
    """Letters may rest on what was withdrawn: who gives them is told to look."""
    for role in (Role.ORTHOPAEDIST, Role.RESPIRATORY):
        inbox.send(
            title=f"{batch.round.year} 年度 {people} 人的体检结果已撤回", kind="sequelae.withdrawn", role=role, scope=office(),
            body="据此发放的告知书请核对，需要的收回重发。", link="/sequelae/persons/",
        )  # fmt: skip


def headings_of(account: Account, batch: Batch) -> list[str]:
    """The headings of a batch that nobody has placed."""
    first = BatchRow.objects.visible_to(account).filter(batch=batch).first()
    if first is None:
        return []
    texts: dict[str, Any] = sealing.opened([(office_key(), first.sealed)])[0]
    return unplaced(texts, batch.source.mapping)


def item_choices() -> list[tuple[str, str]]:
    """What a heading may be placed as."""
    return [(TEXT, "检查所见、结论（文字）")] + [
        (field.code, f"{field.title}（{field.unit}）" if field.unit else field.title) for field in fields().values()
    ]


def states(rows: Sequence[Checked]) -> Mapping[str, int]:
    """How many rows may be loaded, and why others wait."""
    counts: dict[str, int] = {}
    for each in rows:
        state = "已入库" if each.loaded else each.waits or "可以入库"
        counts[state] = counts.get(state, 0) + 1
    return counts


def to_review(rows: Sequence[Checked]) -> list[Checked]:
    """The rows whose person somebody must name."""
    return [each for each in rows if each.kept.link.state != LinkState.MATCHED]
