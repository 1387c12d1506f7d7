"""收数据: a record is taken as it came, whether or not it shows a breach; only what cannot be understood is refused.

A key is the registration number of the institution and the number of the record there (``登记号:编号``). A later version of the
same key takes the place of the earlier one.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.exchange.channels.declaring import Came, Taken
from yizheng.kernel.calculators import BadInput
from yizheng.kernel.calculators import day as read_day
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.supervision.models import OnlineRecord

VISIT, PRESCRIPTION, EVALUATION, ADVERSE_DAY = "visit", "prescription", "evaluation", "adverse_day"
DRUGS = ("", "narcotic", "psychotropic")
_RATINGS = range(1, 6)
_AGES = range(131)
_MOST_EVENTS = 10_000
_LONGEST_NUMBER = 60

Said = Mapping[str, Any]


class _Refused(Exception):
    """Why a record cannot be taken: a code and words."""

    def __init__(self, code: str, note: str) -> None:
        super().__init__(note)
        self.code = code


def visit(came: Came) -> Taken:
    """诊疗: who saw a patient of what age at which subject, and whether for the first time."""
    return _taken(came, lambda said, _: {**_served(said), "first_visit": _flag(said, "first_visit")})


def prescription(came: Came) -> Taken:
    """处方: who wrote it, who reviewed it, and whether it has a controlled drug."""

    def read(said: Said, house: InstitutionLicence) -> dict[str, Any]:
        drug = str(said.get("drug") or "")
        if drug not in DRUGS:
            raise _Refused("drug", "管制药品只能是 narcotic（麻醉药品）、psychotropic（精神药品）或者空")
        _known(house, said)
        return {**_served(said), "drug": drug, "reviewer": _text(said, "reviewer", 32)}

    return _taken(came, read)


def evaluation(came: Came) -> Taken:
    """评价: from one to five, of a visit that is known."""

    def read(said: Said, house: InstitutionLicence) -> dict[str, Any]:
        rating = _number(said, "rating", _RATINGS, "评价为 1 至 5")
        _known(house, said)
        return {"rating": rating}

    return _taken(came, read)


def adverse_day(came: Came) -> Taken:
    """每日不良事件: how many there were that day; none is said too."""
    return _taken(came, lambda said, _: {"events": _number(said, "events", range(_MOST_EVENTS), "不良事件数不对")})


def _taken(came: Came, read: Callable[[Said, InstitutionLicence], dict[str, Any]]) -> Taken:
    number, _, own = came.key.partition(":")
    try:
        house = _house(number, own)
        served_on = _day(came.payload)
        if came.kind == ADVERSE_DAY and own != served_on.isoformat():
            raise _Refused("key", "每日不良事件的编号就是日期，例如 2026-11-30")
        values = {
            "served_on": served_on, "version": came.version, "authority_scope": house.authority_scope,
            **read(came.payload, house),
        }  # fmt: skip
    except _Refused as refused:
        return Taken(refused.code, str(refused))
    OnlineRecord.objects.update_or_create(institution=house.subject_id, kind=came.kind, number=own, defaults=values)
    return Taken()


def _house(number: str, own: str) -> InstitutionLicence:
    if not own or len(own) > _LONGEST_NUMBER:
        raise _Refused("key", "业务主键为“机构登记号:业务编号”，编号不超过 60 字")
    house = licences.named(number, timezone.localdate())
    if house is None:
        raise _Refused("institution", "登记簿中没有这个登记号的机构")
    return house


def _served(said: Said) -> dict[str, Any]:
    age = said.get("age")
    return {
        "practitioner": _text(said, "practitioner", 32, needed=True), "subject": _text(said, "subject", 10),
        "age": None if age in (None, "") else _number(said, "age", _AGES, "年龄为 0 至 130 的整数"),
        "guardian": _flag(said, "guardian"),
    }  # fmt: skip


def _known(house: InstitutionLicence, said: Said) -> None:
    visit_number = _text(said, "visit", 60, needed=True)
    if not OnlineRecord.objects.filter(institution=house.subject_id, kind=VISIT, number=visit_number).exists():
        raise _Refused("visit", f"没有收到编号为“{visit_number}”的诊疗，请先报诊疗")


def _day(said: Said) -> date:
    try:
        day = read_day("date", str(said.get("date") or ""), 1)
    except BadInput:
        raise _Refused("date", "服务日没有填写，或者不是 2026-11-30 的样子") from None
    if day > timezone.localdate():
        raise _Refused("date", "服务日晚于今天")
    return day


def _text(said: Said, name: str, most: int, *, needed: bool = False) -> str:
    text = said.get(name) or ""
    if not isinstance(text, str) or len(text) > most or (needed and not text):
        raise _Refused(name, f"“{name}”没有填写，或者超过 {most} 字")
    return text


def _flag(said: Said, name: str) -> bool | None:
    flag = said.get(name)
    if flag is not None and not isinstance(flag, bool):
        raise _Refused(name, f"“{name}”只能是 true 或者 false")
    return flag


def _number(said: Said, name: str, within: range, words: str) -> int:
    number = said.get(name)
    if not isinstance(number, int) or isinstance(number, bool) or number not in within:
        raise _Refused(name, words)
    return number
