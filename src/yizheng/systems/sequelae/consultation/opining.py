"""What experts say at a consultation: each her own opinion without sight of the other's, and then one conclusion of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.consultation import hip_opinions
from yizheng.systems.sequelae.models import Opinion, Person, Round
from yizheng.systems.sequelae.models.opinions import Field
from yizheng.systems.sequelae.persons.locking import alone

WRITERS: Mapping[Field, Role] = {Field.HIPS: Role.ORTHOPAEDIST, Field.LUNGS: Role.RESPIRATORY}
NEEDED = 2
"""Opinions a conclusion rests on."""


class Refused(Exception):
    """What cannot be recorded; the words are for the expert."""


@dataclass(frozen=True, slots=True)
class Said:
    """An opinion as it was written."""

    row: Opinion
    content: Mapping[str, Any]

    def hip(self, side: str) -> Mapping[str, Any]:
        """What it says of a hip."""
        found: Mapping[str, Any] = self.content.get("hips", {}).get(side, {})
        return found


def opinions_of(account: Account, person: Person) -> list[Said]:
    """All standing opinions of a person, the oldest first."""
    rows = list(
        Opinion.objects.visible_to(account)
        .standing()
        .filter(person=person)
        .select_related("round", "expert")
        .order_by("round__year", "joint", "id")
    )
    contents = sealing.opened([(person.subject_id, row.sealed) for row in rows])
    return [Said(row, content) for row, content in zip(rows, contents, strict=True)]


def open_to_reading(account: Account, said: list[Said], current: Round | None) -> list[Said]:
    """Without the opinions of others in the current round while the account has not written hers: she reads for herself."""
    if current is None:
        return said
    hidden = {field for field, role in WRITERS.items() if role in roles_of(account)} - {
        each.row.field for each in said if each.row.expert_id == account.pk and each.row.round_id == current.pk
    }
    return [each for each in said if each.row.round_id != current.pk or each.row.field not in hidden]


def record(account: Account, person: Person, of: Round, field: Field, content: Mapping[str, Any]) -> Opinion:
    """Write the account's opinion, in place of one of hers of this round. Raises Refused."""
    _may_write(account, field)
    before = [
        each for each in opinions_of(account, person) if each.row.field == field and each.row.round.year < of.year
    ]
    if field == Field.HIPS:
        _possible(content, before)
    try:
        with transaction.atomic():
            alone(person)
            here = Opinion.objects.standing().filter(person=person, round=of, field=field)
            mine = here.filter(expert=account, joint=False)
            if field == Field.HIPS and mine.exists() and here.exclude(expert=account).exists():
                raise Refused("另一位专家也已保存，您看得到那份意见，本人的不能再改；不同之处写在结论里")
            mine.update(replaced=True)
            made = _write(account, person, of, field, content, joint=False)
            audit.record(account, "sequelae.opinion", f"sequelae_person:{person.pk}", {"field": field, "year": of.year})
    except IntegrityError:
        raise Refused("您在另一个窗口刚刚保存了这份意见，请刷新页面") from None
    return made


def conclude(account: Account, person: Person, of: Round, field: Field, content: Mapping[str, Any]) -> Opinion:
    """Write what the experts conclude together; once a round. Raises Refused."""
    _may_write(account, field)
    try:
        with transaction.atomic():
            alone(person)
            here = Opinion.objects.standing().filter(person=person, round=of, field=field)
            experts = set(here.filter(joint=False).values_list("expert_id", flat=True))
            if len(experts) < NEEDED or account.pk not in experts:
                raise Refused("结论由读过片的专家在两份意见都保存以后填写")
            made = _write(account, person, of, field, content, joint=True)
            audit.record(
                account, "sequelae.conclude", f"sequelae_person:{person.pk}", {"field": field, "year": of.year}
            )
    except IntegrityError:
        raise Refused("另一位专家刚刚保存了结论，请刷新页面") from None
    return made


def _write(
    account: Account, person: Person, of: Round, field: Field, content: Mapping[str, Any], *, joint: bool
) -> Opinion:
    return Opinion.objects.create(
        person=person,
        round=of,
        field=field,
        joint=joint,
        expert=account,
        on=timezone.localdate(),
        sealed=sealing.seal([(person.subject_id, content)])[0],
    )


def _may_write(account: Account, field: Field) -> None:
    if WRITERS[field] not in roles_of(account):
        raise Refused(f"这一意见由{WRITERS[field].label}专家填写")


def _possible(content: Mapping[str, Any], before: list[Said]) -> None:
    if content.get("sure"):
        return
    for side, title in hip_opinions.SIDES.items():
        last = next((each.hip(side) for each in reversed(before) if hip_opinions.tells(each.hip(side))), None)
        for words in hip_opinions.faults(content["hips"][side], last):
            raise Refused(f"{title}：{words}；确认无误的，勾选“已核对影像”再保存")
