"""Entering a person, and writing down what became of her: that she died, moved or was lost; another name, number or telephone.

A former name is kept as a former name; whoever changes anything says why.
"""

import re
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.identifiers.citizen_numbers import NumberState, read_citizen_number
from yizheng.kernel.names import fold_name
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.models import Identity, Person
from yizheng.systems.sequelae.models.people import Group, Sex, Standing
from yizheng.systems.sequelae.models.purposes import may_write
from yizheng.systems.sequelae.persons.identities import Entered, Who, enter, number_index, who_is
from yizheng.systems.sequelae.persons.locking import alone

CODE = re.compile(r"[A-Z]\d{3,5}")
MOST_NAME = 50


class Refused(Exception):
    """What cannot be written down; the words are for the administrator."""


def enter_one(account: Account, code: str, who: Who, sex: str, infected: str, district: str) -> Person:
    """Enter a person with a register number of her own. Raises Refused."""
    _may(account)
    born, wanted = parse_date(who.birth) if who.birth else None, code.strip().upper()
    if not CODE.fullmatch(wanted) or not who.name.strip() or born is None or born > timezone.localdate():
        raise Refused("请填写登记号（字母加三至五位数字）、姓名和出生日期")
    if (
        sex not in Sex.values
        or infected not in Group.values
        or not (district.isascii() and district.isdigit() and len(district) == 6)
    ):
        raise Refused("请选择性别、类别，填写六位行政区划代码")
    _number_fits(who.number, born, sex)
    said = {
        "code": wanted, "sex": sex, "birth_year": born.year, "infected": infected, "district": district,
        "registered_on": timezone.localdate(),
    }  # fmt: skip
    try:
        with transaction.atomic():
            (person,) = enter([Entered(said, replace(who, name=who.name.strip(), birth=born.isoformat()), {})])
            audit.record(account, "sequelae.enter", f"sequelae_person:{person.pk}", {})
    except IntegrityError:
        raise Refused("这个登记号或者证件号码已经登记") from None
    return person


def _number_fits(number: str, born: date, sex: str) -> None:
    """A citizen number is right in itself, and says the same birth and sex. Raises Refused."""
    if not number:
        return
    read = read_citizen_number(number)
    if read.state is not NumberState.VALID:
        raise Refused("证件号码不正确，请核对")
    if read.number[6:14] != f"{born:%Y%m%d}" or (int(read.number[16]) % 2 == 1) is not (sex == Sex.MALE):
        raise Refused("证件号码与出生日期或者性别不符")


def set_standing(account: Account, person: Person, standing: str, on: date | None, why: str) -> None:
    """Write down what became of a person; a death is not taken back here. Raises Refused."""
    _may(account)
    if standing not in Standing.values or standing == person.standing:
        raise Refused("请选择与现在不同的状态")
    if standing != Standing.FOLLOWED and (on is None or not person.registered_on <= on <= timezone.localdate()):
        raise Refused("请填写日期，不早于登记日期，不晚于今天")
    if not why.strip():
        raise Refused("请写明依据")
    rows = Person.objects.visible_to(account).filter(pk=person.pk, standing=person.standing)
    with transaction.atomic():
        if not rows.update(standing=standing, ended_on=None if standing == Standing.FOLLOWED else on):
            raise Refused("另一人刚刚变更了状态，请刷新页面")
        audit.record(
            account, "sequelae.standing", f"sequelae_person:{person.pk}", {"to": standing, "reason": why.strip()[:100]}
        )


def change_identity(account: Account, person: Person, said: Who, why: str) -> None:
    """Write down another name, number or telephone; what is left empty stays. Raises Refused."""
    _may(account)
    if not why.strip():
        raise Refused("请写明依据")
    if not (said.name or said.number or said.mobile) or len(said.name) > MOST_NAME:
        raise Refused("请填写变更后的姓名、证件号码或者电话")
    if said.mobile and not (said.mobile.isascii() and said.mobile.isdigit() and len(said.mobile) == 11):
        raise Refused("请填写 11 位手机号码")
    try:
        with transaction.atomic():
            alone(person)
            before = who_is(account, person)
            if said.number and before.born is not None:
                _number_fits(said.number, before.born, person.sex)
            former = before.former
            if said.name and fold_name(said.name) != fold_name(before.name):
                former = (*former, before.name)
            now = replace(
                before, name=said.name or before.name, number=said.number or before.number, mobile=said.mobile or before.mobile,
                former=former,
            )  # fmt: skip
            Identity.objects.visible_to(account).filter(person=person).update(
                sealed=sealing.seal([(person.subject_id, now.kept())])[0], number_index=number_index(now.number)
            )
            changed = [name for name in ("name", "number", "mobile") if getattr(said, name)]
            audit.record(account, "sequelae.identity", f"sequelae_person:{person.pk}", {"changed": changed})
    except IntegrityError:
        raise Refused("这个证件号码已经登记在另一人名下") from None


def _may(account: Account) -> None:
    if not may_write(account, Person):
        raise Refused("人员登记由随访管理人员办理")
