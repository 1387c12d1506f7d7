"""What the register of doctors exchanges with others: records with the military health organs, both ways.

军队实施执业医师法办法 第三条至第十条、第二十一条. What comes is taken in like any file, checked row by row and confirmed by two
persons; what goes tells who was entered as gone over or come back in a period, with identity numbers, and every look at
one is recorded for the person concerned.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from yizheng.exchange.kinds import Asked, ExchangeKind, Judged, NotReady, declare
from yizheng.exchange.models import Package
from yizheng.intake.formats import Severity
from yizheng.intake.models import Batch, BatchState, Finding
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.receive import receive
from yizheng.kernel.codes import name_of
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.systems.doctors.intakes.military import MILITARY
from yizheng.systems.doctors.models import MilitaryTransfer, Registration
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.models.military import TO_FORCES

HEADING = (
    "姓名", "性别", "出生日期", "证件类型", "证件号码", "级别", "类别", "执业范围", "变动", "变动日期", "证明文号",
)  # fmt: skip
DECIDED = (BatchState.LOADED, BatchState.NOTHING, BatchState.REFUSED, BatchState.DISCARDED)
_TITLE = "军队、地方医师注册变动"


def _take_in(package: Package, path: Path) -> str:
    batch = receive(
        MILITARY,
        path,
        f"{package.partner.code}-{package.serial}.csv",
        account=package.account,
        authority_scope=package.authority_scope,
    )
    return f"batch:{check(batch, MILITARY).pk}"


def _judged(package: Package) -> Judged:
    batch = Batch.objects.all().get(pk=int(package.reference.removeprefix("batch:")))
    if batch.state not in DECIDED:
        raise NotReady(f"批次 {batch.pk} 还没有入册或者作废，处理完再制作回执")
    if batch.state in (BatchState.REFUSED, BatchState.DISCARDED):
        reason = batch.message or "整批未接收"
        return Judged(0, [(row, "batch", reason) for row in range(2, package.rows + 2)])
    stopped = Finding.objects.filter(batch=batch).exclude(severity=Severity.NOTE).order_by("row", "id")
    reasons = {each.row: (each.row, each.code, each.message) for each in reversed(stopped)}
    return Judged(batch.accepted, [reasons[row] for row in sorted(reasons)])


def _written(asked: Asked) -> Iterator[Sequence[str]]:
    """The transfers entered by the authority in the period, oldest first."""
    transfers = list(
        MilitaryTransfer.objects.current()
        .filter(authority_scope=asked.authority_scope, valid_from__range=(asked.since, asked.until))
        .order_by("valid_from", "pk")
    )
    subjects = {each.subject_id for each in transfers}
    numbers = vault.reveal_many(subjects, IdentifierKind.RESIDENT_ID, asked.account, asked.reason)
    people = {
        each.subject_id: each for each in PersonIdentity.objects.as_of(asked.until).filter(subject_id__in=subjects)
    }
    held = {
        each.subject_id: each
        for each in Registration.objects.as_of(asked.until).filter(subject_id__in=subjects).order_by("-level")
    }
    for transfer in transfers:
        person = people.get(transfer.subject_id)
        if person is not None:
            yield _row(transfer, person, held.get(transfer.subject_id), numbers.get(transfer.subject_id, ""))


def _row(transfer: MilitaryTransfer, person: PersonIdentity, held: Registration | None, number: str) -> tuple[str, ...]:
    return (
        person.name,
        sex_word(person.sex),
        person.birth_date.isoformat(),
        "居民身份证",
        number,
        name_of("practice_level", held.level) if held else "",
        name_of("practice_category", held.category) if held else "",
        "；".join(name_of("practice_scope", code) for code in held.scopes) if held else "",
        name_of("military_event", "to_forces" if transfer.direction == TO_FORCES else "to_local"),
        transfer.happened_on.isoformat(),
        transfer.proof_number,
    )


MILITARY_EXCHANGE = declare(ExchangeKind("military", _TITLE, HEADING, _written, _take_in, _judged))
