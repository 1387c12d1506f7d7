"""A certificate as OFD: what its page prints, laid out line by line, and the data by which other systems read it.

Which data that is, an upper room says (GB/T 36903 asks for them as ``CustomData``); without it the file says title and number.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from yizheng.documents import codes, sealing
from yizheng.documents.declarations import certificate_kind
from yizheng.documents.models import Certificate
from yizheng.documents.paper import qr
from yizheng.documents.paper.ofd import WIDTH, Item, Line, Square, Words, advance, package, wrapped
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.qr_codes import drawn

_LEFT, _VALUES, _RIGHT, _TOP, _BOTTOM = 25.0, 62.0, 185.0, 62.0, 235.0
_SIZE, _LINE = 4.2, 7.6
_QR = 30.0


Described = Callable[[Certificate, Mapping[str, Any]], Mapping[str, str]]


def _title_and_number(certificate: Certificate, fields: Mapping[str, Any]) -> Mapping[str, str]:
    return {"ZZMC": certificate.title, "ZZBH": certificate.number}


_described: list[Described] = [_title_and_number]


def describe_by(described: Described) -> None:
    """Have the data of certificates said by an upper room, from the certificate and its printed fields."""
    _described[0] = described


def certificate_ofd(certificate: Certificate) -> bytes:
    """The file. Raises vault.Erased when its subject was erased."""
    fields, check_word = sealing.unseal(certificate)
    custom = _described[0](certificate, fields)
    pages = list(_pages(list(_lines(certificate, fields))))
    pages[0] = [*_head(certificate), *pages[0]]
    pages[-1] = [*pages[-1], *_foot(certificate, fields, check_word)]
    return package(certificate.title, pages, custom, author=str(fields["issuer"]), made=certificate.issued_on)


def _head(certificate: Certificate) -> Iterator[Item]:
    size = 9.0
    width = sum(advance(sign, size) for sign in certificate.title)
    yield Words((WIDTH - width) / 2, 32.0, size, certificate.title, font=1)
    yield Line(_LEFT, 52.0, _RIGHT - _LEFT)


def _lines(certificate: Certificate, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and words of every line; a label stands before the first of its lines."""
    kind = certificate_kind(certificate.kind)
    said = [(each.label, str(fields.get(each.key) or "")) for each in (*kind.holder, *kind.practice)]
    said += [(kind.number_label, certificate.number), ("备注", str(fields.get("remarks") or ""))]
    said += [("" if at else "变更", "　".join(map(str, row))) for at, row in enumerate(fields.get("changes") or ())]
    for part in fields.get("tables") or ():
        rows = ["　".join(map(str, row)) for row in part["rows"]]
        said.append((part["title"], "\n".join(["　".join(part["head"]), *rows])))
    for label, words in said:
        if words:
            first, *more = wrapped(words, _SIZE, _RIGHT - _VALUES)
            yield label, first
            yield from (("", line) for line in more)


def _pages(lines: list[tuple[str, str]]) -> Iterator[list[Item]]:
    room = int((_BOTTOM - _TOP) / _LINE)
    for first in range(0, max(len(lines), 1), room):
        items: list[Item] = []
        for at, (label, words) in enumerate(lines[first : first + room]):
            y = _TOP + at * _LINE
            items += [Words(_LEFT, y, _SIZE, label, font=1)] if label else []
            items += [Words(_VALUES, y, _SIZE, words)] if words else []
        yield items


def _foot(certificate: Certificate, fields: Mapping[str, Any], check_word: str) -> Iterator[Item]:
    yield Line(_LEFT, _BOTTOM + 4, _RIGHT - _LEFT)
    yield Square(_LEFT, _BOTTOM + 10, _QR, drawn(qr.address(certificate)))
    for at, words in enumerate(
        (
            f"发证机关　{fields['issuer']}",
            f"签发日期　{long_date(certificate.issued_on)}　第 {certificate.version} 版",
            f"校验码　{codes.grouped(certificate.code)}",
            f"印校码　{codes.grouped_word(check_word)}",
        )
    ):
        yield Words(_VALUES + 6, _BOTTOM + 11 + at * _LINE, _SIZE, words)
