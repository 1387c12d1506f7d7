"""The result in plain words: what is as it should be, what is not and what to do about it, what a doctor tells in person.

An alarming value is never told by a letter first: until a physician says that she told it in person, the letter cannot be given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scope import acting_for_organisations
from yizheng.systems.sequelae import rights, sealing
from yizheng.systems.sequelae.consultation.years import Year
from yizheng.systems.sequelae.examinations.fields import fields, flag
from yizheng.systems.sequelae.models import Letter, Person, Round
from yizheng.systems.sequelae.persons.identities import number_index, who_is
from yizheng.work import inbox

ALARMING = {
    "sbp": (0, 180), "dbp": (0, 110), "glu": (2.8, 16.7), "hgb": (60, 200), "plt": (30, 1000), "wbc": (1.5, 30), "k": (2.8, 6.2),
    "crea": (0, 442), "spo2": (90, 101),
}  # fmt: skip
"""From beyond these bounds a value is told by a doctor in person."""
PLAIN = {
    "sbp": "血压", "dbp": "血压", "bmi": "体重", "glu": "血糖", "hba1c": "血糖", "tc": "血脂", "tg": "血脂", "hdl": "血脂", "ldl": "血脂",
    "ua": "尿酸", "crea": "肾功能", "urea": "肾功能", "alt": "肝功能", "ast": "肝功能", "ggt": "肝功能", "tbil": "肝功能", "dbil": "肝功能",
    "hgb": "血常规", "wbc": "血常规", "plt": "血常规", "rbc": "血常规", "t_l14": "骨密度", "t_fn": "骨密度", "t_hip": "骨密度",
}  # fmt: skip
"""What an item is part of, in the words of everybody; what is not here is left to the consultation."""
ADVICE = {
    "血压": "少盐、规律作息，一个月内复测；持续偏高请到社区或者心内科就诊",
    "体重": "注意饮食和活动，慢慢调整", "血糖": "请复查空腹血糖和糖化血红蛋白",
    "血脂": "少油、适量活动，三个月后复查", "尿酸": "多饮水，少吃海鲜和动物内脏，复查",
    "肾功能": "请复查并到肾内科咨询", "肝功能": "不饮酒，一个月后复查",
    "血常规": "请复查血常规", "骨密度": "补充钙和维生素D，防跌倒，到骨科或者内分泌科咨询",
}  # fmt: skip


class Refused(Exception):
    """Why a letter cannot be given; the words are for the physician."""


@dataclass(frozen=True, slots=True)
class Result:
    """A result in plain words: what is usual, what is not with what to do, and what is alarming."""

    usual: tuple[str, ...]
    unusual: tuple[str, ...]
    alarming: tuple[str, ...]

    def sentences(self) -> list[str]:
        """The letter, sentence by sentence; alarming values are not in it."""
        lines = [f"{part}：{ADVICE[part]}。" for part in self.unusual]
        if self.usual:
            lines.insert(0, f"{'、'.join(self.usual)}在正常范围。")
        if self.alarming:
            lines.append("有需要医师当面说明的结果，医师已经或者将与您联系。")
        return lines


def alarming(year: Year) -> Iterator[str]:
    """The items of a year that a doctor tells in person."""
    for code, (low, high) in ALARMING.items():
        cell = year.cells.get(code)
        if cell is None or cell.number is None:
            continue
        below, above = cell.comparator in ("<", "<="), cell.comparator in (">", ">=")
        if (cell.number <= low and not above) or (cell.number >= high and not below):
            yield f"{fields()[code].title} {cell.comparator}{fields()[code].written(cell.number)} {fields()[code].unit}"


def result_of(year: Year, sex: str) -> Result:
    """What a year comes to in plain words."""
    marks: dict[str, bool] = {}
    for code, part in PLAIN.items():
        cell = year.cells.get(code)
        if cell is not None and cell.number is not None:
            marks[part] = marks.get(part, False) or bool(flag(cell.number, cell.range, fields()[code].usual[sex]))
    return Result(
        tuple(part for part, off in marks.items() if not off), tuple(part for part, off in marks.items() if off), tuple(alarming(year))
    )  # fmt: skip


def give(account: Account, person: Person, of: Round, sentences: Sequence[str], *, alarm: bool, told: bool) -> Letter:
    """Give the letter; who has an account of her own is told that it is there. Raises Refused."""
    if rights.PHYSICIANS.isdisjoint(roles_of(account)):
        raise Refused("体检结果由会诊医师告知")
    if not any(each.strip() for each in sentences):
        raise Refused("请写明结果")
    if alarm and not told:
        raise Refused("有需要当面告知的结果：请先由医师当面或者电话告知本人，再勾选“已当面告知”")
    reader = _own_account(account, person)
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                person=person, round=of, year=of.year, subject_id=person.subject_id, told_in_person=told, physician=account, reader=reader,
                sealed=sealing.seal([(person.subject_id, [each.strip() for each in sentences if each.strip()])])[0],
            )  # fmt: skip
            audit.record(account, "sequelae.letter", f"sequelae_person:{person.pk}", {"year": of.year})
            if reader is not None:
                inbox.send(
                    title="您有一份健康体检结果，请查看", kind="sequelae.letter", to=reader, link="/my/health-results/"
                )
    except IntegrityError:
        raise Refused("本年度的结果已经发放") from None
    return letter


def take_back(account: Account, person: Person, of: Round, why: str) -> None:
    """Take a letter back: she reads it no longer, is told so, and another may be given. Raises Refused."""
    if rights.PHYSICIANS.isdisjoint(roles_of(account)):
        raise Refused("体检结果由会诊医师告知")
    if not why.strip():
        raise Refused("请写明收回的理由")
    with transaction.atomic():
        letter = Letter.objects.visible_to(account).filter(person=person, round=of, withdrawn=None).first()
        if letter is None:
            raise Refused("没有可以收回的告知书")
        standing = Letter.objects.filter(pk=letter.pk, withdrawn=None)
        if not standing.update(withdrawn=timezone.now(), why=why.strip()[:200]):
            raise Refused("没有可以收回的告知书")
        audit.record(account, "sequelae.letter_back", f"sequelae_person:{person.pk}", {"year": of.year})
        if letter.reader is not None:
            inbox.send(
                title=f"{of.year} 年度体检结果已收回更正，请以新的告知为准", kind="sequelae.letter", to=letter.reader,
                link="/my/health-results/",
            )  # fmt: skip


def claim(account: Account) -> None:
    """Letters given before she had an account become hers to read, by the number verified for it."""
    if account.subject_id is None:
        return
    number = vault.pass_on([account.subject_id], IdentifierKind.RESIDENT_ID, "本人体检结果").get(account.subject_id, "")
    index = number_index(number) if number else None
    if index is None:
        return
    with acting_for_organisations("本人开通账号后查看体检结果"):
        Letter.objects.filter(person__identity__number_index=index, reader=None).update(reader=account)


def _own_account(account: Account, person: Person) -> Account | None:
    """The person's own account, if her document was verified for one."""
    number = who_is(account, person).number
    subject = vault.find(IdentifierKind.RESIDENT_ID, number) if number else None
    own = Account.objects.filter(subject_id=subject, kind=AccountKind.INDIVIDUAL, is_active=True) if subject else None
    return own.first() if own is not None else None


def read_own(account: Account) -> list[tuple[Letter, list[str]]]:
    """A person's letters, the newest first; that she read them is recorded once."""
    claim(account)
    letters = list(Letter.objects.own(account).select_related("physician"))
    contents = sealing.opened([(each.subject_id, each.sealed) for each in letters])
    unread = [each.pk for each in letters if each.read is None]
    if unread:
        Letter.objects.own(account).filter(pk__in=unread).update(read=timezone.now())
        audit.record(account, "sequelae.read", "", {"letters": len(unread)})
    return list(zip(letters, contents, strict=True))
