"""核验: recompute every seal from the rows as they are, hold the seals against the witness file, report honestly.

Reads in pages, a seal after the other; what a report claims reaches as far as the witness file does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice

from django.db import connection, transaction

from yizheng.registry.models import DigestSchema, Seal, SealPage
from yizheng.registry.seals.encodings import ENCODINGS, covered
from yizheng.registry.seals.leaves import Columns, current_columns
from yizheng.registry.seals.matching import Finding, mismatches, title_of
from yizheng.registry.seals.tree import BEFORE_THE_FIRST, schema_digest, seal_root
from yizheng.registry.seals.witness import Witnessed, witness_file, witnessed

MOST_FINDINGS = 1000


@dataclass
class Report:
    """How far the register is sealed and witnessed, how long its unsealed tail is, and what is wrong."""

    latest: int = 0
    sealed_to: int = 0
    sealed_at: datetime | None = None
    witnessed_to: int = 0
    witnessed_at: datetime | None = None
    seals: int = 0
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True
    proved: list[str] = field(default_factory=list)
    """Titles of what was proved besides the seals."""

    @property
    def tail(self) -> int:
        """How many positions are not sealed yet."""
        return max(0, self.latest - self.sealed_to)

    @property
    def sound(self) -> bool:
        """Nothing was found to be wrong."""
        return not self.findings


def verify() -> Report:
    """Verify the whole register. Stops naming after a thousand findings and says so (`complete`)."""
    report = Report()
    with transaction.atomic():
        findings = chain(_seals(report), _positions(report), _orphans())
        report.findings = list(islice(findings, MOST_FINDINGS))
        report.complete = next(findings, None) is None
    return report


def _seals(report: Report) -> Iterator[Finding]:
    previous: Seal | None = None
    schemas = {schema.pk: schema for schema in DigestSchema.objects.all()}
    now = current_columns()
    lost = {number: _lost_columns(schema, now) for number, schema in schemas.items()}
    for seal, witness in _paired(Seal.objects.order_by("number").iterator(chunk_size=100)):
        if seal is None:
            assert witness is not None
            yield _cut(witness)
            continue
        yield from _witness(report, seal, witness)
        yield from _chain(seal, previous, schemas.get(seal.schema_id))
        yield from _content(seal, schemas.get(seal.schema_id), lost.get(seal.schema_id, []))
        report.seals += 1
        report.sealed_to, report.sealed_at = seal.last_position, seal.sealed_at
        previous = seal


def _paired(seals: Iterator[Seal]) -> Iterator[tuple[Seal | None, Witnessed | None]]:
    """Seals and lines of the witness file side by side, by number; both come in order."""
    lines = witnessed(witness_file())
    seal, line = next(seals, None), next(lines, None)
    while seal is not None or line is not None:
        if seal is None or (line is not None and line.seal < seal.number):
            assert line is not None
            yield None, line
            line = next(lines, None)
        elif line is None or seal.number < line.seal:
            yield seal, None
            seal = next(seals, None)
        else:
            yield seal, line
            seal, line = next(seals, None), next(lines, None)


def _cut(witness: Witnessed) -> Finding:
    return Finding(
        f"数据库缺少第 {witness.seal} 号封存（序位 {witness.first}—{witness.last}，{witness.at} 已见证）："
        "登记的尾部被截断，或数据库被换成了较早的副本",
        position=witness.first,
    )


def _witness(report: Report, seal: Seal, witness: Witnessed | None) -> Iterator[Finding]:
    if witness is None:
        if seal.witnessed_at is not None:
            yield Finding(f"第 {seal.number} 号封存记为已见证，见证文件里却没有：见证文件不完整")
    elif (witness.seal, witness.root) != (seal.number, bytes(seal.root).hex()):
        yield Finding(f"第 {seal.number} 号封存与见证文件不符：封存被改写，或见证文件不属于本库")
    else:
        report.witnessed_to, report.witnessed_at = seal.last_position, witness.moment


def _chain(seal: Seal, previous: Seal | None, schema: DigestSchema | None) -> Iterator[Finding]:
    number, root, last = (
        (previous.number, bytes(previous.root), previous.last_position) if previous else (0, BEFORE_THE_FIRST, 0)
    )
    if (seal.number, seal.first_position, bytes(seal.previous)) != (number + 1, last + 1, root):
        yield Finding(f"第 {seal.number} 号封存接不上前一封存：其间的封存被删除或改写")
    if bytes(seal.root) != seal_root(seal, schema_digest(schema.encoding, schema.columns) if schema else b""):
        yield Finding(f"第 {seal.number} 号封存的记录被改写")


def _content(seal: Seal, schema: DigestSchema | None, lost: list[str]) -> Iterator[Finding]:
    if schema is None or lost:
        what = f"数据表缺少封存时的列 {'、'.join(lost)}" if lost else "封存时的摘要方案被删除"
        yield Finding(f"第 {seal.number} 号封存无法核对：{what}")
        return
    tree, named = ENCODINGS[schema.encoding].tree(), False
    differing = mismatches(schema, seal.first_position, seal.last_position, _kept(seal), tree)
    for finding in chain(differing, _uncovered(seal)):
        named = True
        yield finding
    if not named and (tree.root() != bytes(seal.tree) or tree.leaves != seal.leaves):
        yield Finding(
            f"第 {seal.number} 号封存（序位 {seal.first_position}—{seal.last_position}）的内容与封存时不符，"
            "且封存页已被改写，不能指出是哪一行"
        )


def _kept(seal: Seal) -> Iterator[bytes]:
    for page in SealPage.objects.filter(seal=seal).order_by("number").iterator(chunk_size=4):
        yield bytes(page.leaves)


def _lost_columns(schema: DigestSchema, now: Columns) -> list[str]:
    """Columns that are gone or of a type whose digest is another."""
    types = {(table, name): type_ for table, pairs in now.items() for name, type_ in pairs}
    return [
        f"{table}.{name}"
        for table, name, type_ in sorted(covered(schema))
        if types.get((table, name)) is None or type_ not in (None, types[table, name])
    ]


def _uncovered(seal: Seal) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            'select relation, row_id, "position" from registry_uncovered(%s, %s, %s)',
            [seal.schema_id, seal.first_position, seal.last_position],
        )
        for table, row, position in cursor:
            sentence = "写在早已封存的变更名下，是事后插入的"
            yield Finding(
                f"{title_of(table)}（{table}）第 {row} 行：{sentence}（序位 {position}）", table, row, position
            )


def _positions(report: Report) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("select counted, highest from registry_positions()")
        counted, report.latest = cursor.fetchone()
    if counted != report.latest:
        yield Finding(f"序位不连续：最大序位为 {report.latest}，只有 {counted} 个变更")


def _orphans() -> Iterator[Finding]:
    words = {"opened": "写入", "closed": "关闭"}
    with connection.cursor() as cursor:
        cursor.execute("select relation, row_id, fact_column, change from registry_orphans()")
        for table, row, column, change in cursor:
            act = words.get(column, "所属")
            yield Finding(f"{title_of(table)}（{table}）第 {row} 行：{act}它的变更 {change} 不存在", table, row)


Proof = Callable[[], Iterator[str]]
"""Proves that something of an upper room agrees with the register: yields a sentence for all that does not."""

_proofs: dict[str, Proof] = {}


def proof(title: str) -> Callable[[Proof], Proof]:
    """Declare a proof under the title by which the report names it."""

    def declared(function: Proof) -> Proof:
        _proofs[title] = function
        return function

    return declared


def proved() -> dict[str, list[Finding]]:
    """Every proof with what it found, at most a thousand findings each."""
    return {
        title: [Finding(f"{title}：{sentence}") for sentence in islice(function(), MOST_FINDINGS)]
        for title, function in _proofs.items()
    }
