"""What a register of people exchanges with the military health organs, both ways.

What comes is taken in like any file, checked row by row and confirmed by two persons; what goes tells who was entered as gone
over or come back in a period, with identity numbers, and every look at one is recorded for the person concerned.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yizheng.exchange.kinds import Asked, ExchangeKind, Judged, NotReady, declare
from yizheng.exchange.models import Package
from yizheng.intake.formats import Format, Severity
from yizheng.intake.models import Batch, BatchState, Finding
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.receive import receive
from yizheng.kernel.codes import name_of
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.military import JOINED, LEFT, TO_FORCES, TransferFact
from yizheng.systems.practitioners.registered import PeopleRegister

Particulars = Sequence[tuple[str, Callable[[Any], str]]]
"""What is told of a registration: each heading, and its words."""
_PERSON, _TRANSFER = ("姓名", "性别", "出生日期", "证件类型", "证件号码"), ("变动", "变动日期", "证明文号")
_DECIDED = (BatchState.LOADED, BatchState.NOTHING, BatchState.REFUSED, BatchState.DISCARDED)


@dataclass(frozen=True, slots=True)
class MilitaryExchange:
    """What a register takes in, by which format, and what it tells: its transfers, and these particulars."""

    people: PeopleRegister
    format: Format
    transfer: type[TransferFact]
    particulars: Particulars

    def declare(self, title: str) -> ExchangeKind:
        """Enter it into the kinds of exchange, under the code of the format."""
        heading = (*_PERSON, *(name for name, _ in self.particulars), *_TRANSFER)
        return declare(ExchangeKind(self.format.code, title, heading, self._written, self._take_in, self._judged))

    def _take_in(self, package: Package, path: Path) -> str:
        batch = receive(
            self.format,
            path,
            f"{package.partner.code}-{package.serial}.csv",
            account=package.account,
            authority_scope=package.authority_scope,
        )
        return f"batch:{check(batch, self.format).pk}"

    def _judged(self, package: Package) -> Judged:
        batch = Batch.objects.all().get(pk=int(package.reference.removeprefix("batch:")))
        if batch.state not in _DECIDED:
            raise NotReady(f"批次 {batch.pk} 还没有入册或者作废，处理完再制作回执")
        if batch.state in (BatchState.REFUSED, BatchState.DISCARDED):
            reason = batch.message or "整批未接收"
            return Judged(0, [(row, "batch", reason) for row in range(2, package.rows + 2)])
        stopped = Finding.objects.filter(batch=batch).exclude(severity=Severity.NOTE).order_by("row", "id")
        reasons = {each.row: (each.row, each.code, each.message) for each in reversed(stopped)}
        return Judged(batch.accepted, [reasons[row] for row in sorted(reasons)])

    def _written(self, asked: Asked) -> Iterator[Sequence[str]]:
        """The transfers entered by the authority in the period, oldest first."""
        entered = self.transfer.objects.current().filter(
            authority_scope=asked.authority_scope, valid_from__range=(asked.since, asked.until)
        )
        transfers = list(entered.order_by("valid_from", "pk"))
        subjects = {each.subject_id for each in transfers}
        numbers = vault.reveal_many(subjects, IdentifierKind.RESIDENT_ID, asked.account, asked.reason)
        mine, kind = {"subject_id__in": subjects}, self.people.registration
        people = {each.subject_id: each for each in PersonIdentity.objects.as_of(asked.until).filter(**mine)}
        held = sorted(kind.objects.as_of(asked.until).filter(**mine), key=kind.head.rank, reverse=True)
        counting = {each.subject_id: each for each in held}
        for transfer in transfers:
            person = people.get(transfer.subject_id)
            if person is not None:
                number = numbers.get(transfer.subject_id, "")
                yield self._row(transfer, person, counting.get(transfer.subject_id), number)

    def _row(self, transfer: TransferFact, person: PersonIdentity, held: Any | None, number: str) -> tuple[str, ...]:
        return (
            person.name,
            person.sex_word,
            person.birth_date.isoformat(),
            "居民身份证",
            number,
            *(says(held) if held else "" for _, says in self.particulars),
            name_of("military_event", JOINED if transfer.direction == TO_FORCES else LEFT),
            transfer.happened_on.isoformat(),
            transfer.proof_number,
        )
