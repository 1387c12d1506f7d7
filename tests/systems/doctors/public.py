"""The public register as a citizen reads it: asked by certificate number, the answer opened, its words taken from the page."""

import re
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import Registration

WITHHELD = ("证件号码</dt>", "出生日期</dt>", "手机", "民族</dt>", "学历</dt>", "资格证书编码</dt>", "科室")
"""What no entry ever has: the page names them only where it says that they are not shown."""


@dataclass(frozen=True)
class Entry:
    """One entry of the register on the day: the sentence that answers, the labelled fields, what happened."""

    state: str
    answer: str
    fields: dict[str, str]
    history: tuple[str, ...]
    page: str

    def said(self, *labels: str) -> tuple[str, ...]:
        """The words beside these labels; empty where the entry has no such field."""
        return tuple(self.fields.get(label, "") for label in labels)


def entry_of(number: str) -> Entry | None:
    """What a visitor finds who asks by this number; nothing where the register has no entry."""
    found = Client().post("/public/doctors/", {"number": number})
    assert found.status_code == 200
    answer = found.content.decode()
    addresses = re.findall(r'<a href="(/public/doctors/[a-z0-9]+/)', answer)
    assert f"查到 {len(addresses)} 条" in answer
    if not addresses:
        assert "没有查到符合条件的登记" in answer
        return None
    (address,) = addresses
    opened = Client().get(address)
    assert opened.status_code == 200
    page = opened.content.decode()
    assert number not in page + answer
    assert not any(words in page for words in WITHHELD)
    return _read(page)


def number_of(doctor: Account) -> str:
    """The number a citizen reads off her certificate."""
    with acting_as_system("test"):
        held = Registration.objects.as_of(timezone.localdate()).filter(subject_id=doctor.subject_id or 0)
        return str(held.order_by("level").values_list("practice_number", flat=True)[0])


def must_see(number: str) -> Entry:
    """As `entry_of`, where there must be one."""
    found = entry_of(number)
    assert found is not None
    return found


def announced(kind: str, month: str, name: str) -> str:
    """The line of a monthly list (``registered``, ``ended``) that names her; empty where none does."""
    page = Client().get("/public/lists/", {"kind": kind, "month": month}).content.decode()
    lines = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return " ".join(_plain(line) for line in lines if f">{name}<" in line)


def _read(page: str) -> Entry:
    state = re.search(r'<span class="state [^"]*large">(.*?)</span>', page, re.DOTALL)
    answer = re.search(r'<p class="answer">.*?<b>(.*?)</b>', page, re.DOTALL)
    assert state is not None
    assert answer is not None
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    happened = re.findall(r'<div class="what">(.*?)</div>', page)
    return Entry(
        state=_plain(state[1]),
        answer=_plain(answer[1]),
        fields={_plain(label): _plain(_undated(words)) for label, words in pairs},
        history=tuple(map(_plain, happened)),
        page=page,
    )


def _undated(words: str) -> str:
    """The words of a field without the small print of since when."""
    return re.sub(r'<span class="when">.*?</span>', " ", words)


def _plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())
