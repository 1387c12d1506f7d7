"""Taking in a file of healthy people: sex, age, occupation and values; a file that names anybody is refused.

Who had SARS is left out and counted, and so is a row without sex or age: it can be matched with nobody.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.examinations.checks import STOPS, impossible
from yizheng.systems.sequelae.examinations.headings import BIRTH, CODE, NAME, NUMBER, place
from yizheng.systems.sequelae.examinations.rows import read_row
from yizheng.systems.sequelae.models import ControlFile, Round, Source
from yizheng.systems.sequelae.models.purposes import may_write
from yizheng.systems.sequelae.office import office_key

MOST = 20_000
AGE, WORK, SARS = "年龄", "职业", "非典病史"
NAMING = {NAME: "姓名", NUMBER: "证件号码", CODE: "登记号", BIRTH: "出生日期"}
HEALTH_WORK = "医务"
YES = ("有", "是", "1")


class Refused(Exception):
    """Why a file is not taken in; the words say what to do."""


def take(
    account: Account, source: Source, of: Round, name: str, content: bytes, rows: Iterable[Mapping[str, str]]
) -> ControlFile:
    """Keep the controls of a file. Raises Refused."""
    if not may_write(account, ControlFile):
        raise Refused("健康对照由体检校对人员接收")
    read = list(rows)
    _no_names(read, source)
    kept = [each for row in read if (each := _control(row, source)) is not None]
    if not kept:
        raise Refused(f"没有可用的行：每行须有“性别”“{AGE}”和至少一项体检数值")
    digest = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            made = ControlFile.objects.create(
                round=of, source=source, name=name[:120], digest=digest, people=len(kept), left_out=len(read) - len(kept),
                sealed=sealing.seal([(office_key(), kept)])[0], account=account,
            )  # fmt: skip
            audit.record(account, "sequelae.controls", f"sequelae_controls:{made.pk}", {"people": len(kept)})
    except IntegrityError:
        raise Refused("这个文件已经接收过") from None
    return made


def _no_names(rows: list[Mapping[str, str]], source: Source) -> None:
    for heading in rows[0] if rows else ():
        placed = place(heading, source.mapping)
        if placed and placed[0] in NAMING:
            raise Refused(f"健康对照不得含“{NAMING[placed[0]]}”列，请删去后再上传")


def _control(row: Mapping[str, str], source: Source) -> dict[str, Any] | None:
    """One control as it is kept; nothing for who had SARS or cannot be matched."""
    age = row.get(AGE, "").strip()
    read = read_row(
        {heading: text for heading, text in row.items() if heading not in (AGE, WORK, SARS)}, source.mapping
    )
    if row.get(SARS, "").strip() in YES or not read.record.sex or not (age.isascii() and age.isdigit()):
        return None
    if not read.numbers or any(each.level == STOPS for each in (*read.faults, *impossible(read.numbers))):
        return None
    return {
        "sex": read.record.sex, "age": int(age), "health_worker": HEALTH_WORK in row.get(WORK, ""), "values": read.numbers,
    }  # fmt: skip


def controls_of(account: Account, year: int) -> list[dict[str, Any]]:
    """The controls of the newest file of a year."""
    row = ControlFile.objects.visible_to(account).filter(round__year=year).first()
    found: list[dict[str, Any]] = sealing.opened([(office_key(), row.sealed)])[0] if row else []
    return found
