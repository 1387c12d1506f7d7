"""核验: is this document ours, and does it still hold? Hit and miss cost the same queries and show no personal data.

Asked by the public check page and the public API; answers hold what the paper's holder has shown anyway and the
present status, which the paper cannot know.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yizheng.documents import codes
from yizheng.documents.declarations import certificate_kind, instrument_kind
from yizheng.documents.models import Certificate, Instrument, IssuedDocument, Status
from yizheng.documents.paper import qr
from yizheng.people.scope import acting_as_system

_REASON = "公众核验证照"


class Answer(StrEnum):
    """The five answers."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    FORGED = "forged"
    UNKNOWN = "unknown"


SENTENCES = {
    Answer.VALID: "本件真实，现行有效。",
    Answer.SUPERSEDED: "本件曾经签发，已由新版本取代，以新版本为准。",
    Answer.REVOKED: "本件曾经签发，现已失效。",
    Answer.FORGED: "本码不是本机关签发的，请勿采信。",
    Answer.UNKNOWN: "没有查到这个核验码，请核对后重新输入。",
}


@dataclass(frozen=True)
class Facts:
    """What may be told to anyone who holds the code."""

    title: str
    issuer: str
    issued_on: date
    version: int
    status_word: str
    ended_on: date | None
    subject_id: int
    """For a room that publishes the subject's public entry; never shown itself."""


@dataclass(frozen=True)
class Verdict:
    """The answer, its sentence, and the facts when there are any."""

    answer: Answer
    facts: Facts | None = None

    @property
    def sentence(self) -> str:
        """The answer in words."""
        return SENTENCES[self.answer]


def check(payload: str) -> Verdict:
    """The verdict on a scanned QR payload, or on the address that carries it."""
    try:
        mark = qr.read(payload)
    except qr.Forged:
        _find("", Certificate)
        return Verdict(Answer.FORGED)
    document = _find(mark.code, Certificate if mark.of_certificate else Instrument)
    if document is None:
        return Verdict(Answer.UNKNOWN)
    if (document.edition, document.issued_on, document.digest) != (mark.version, mark.issued_on, mark.digest):
        return Verdict(Answer.FORGED)
    return _verdict(document)


def check_code(typed: str) -> Verdict:
    """The verdict on the 核验码 of a certificate or an instrument as a person typed it; both are always asked."""
    try:
        code = codes.read(typed)
    except codes.NotACode:
        code = ""
    document = _find(code, Certificate, Instrument)
    return Verdict(Answer.UNKNOWN) if document is None else _verdict(document)


def _find(code: str, *models: type[Certificate] | type[Instrument]) -> IssuedDocument | None:
    """The document of the code; every kind is asked, found or not."""
    with acting_as_system(_REASON):
        found = [model.objects.all().defer("sealed").filter(code=code).first() for model in models]
    return next((document for document in found if document is not None), None)


def _verdict(document: IssuedDocument) -> Verdict:
    answers = {Status.VALID: Answer.VALID, Status.SUPERSEDED: Answer.SUPERSEDED, Status.REVOKED: Answer.REVOKED}
    facts = Facts(
        title=_title(document),
        issuer=document.issuer,
        issued_on=document.issued_on,
        version=document.edition,
        status_word=document.status_word,
        ended_on=document.ended_on,
        subject_id=document.subject_id,
    )
    return Verdict(answers[Status(document.status)], facts)


def _title(document: IssuedDocument) -> str:
    """What the paper is called; an instrument's without the item, which is sealed."""
    if isinstance(document, Certificate):
        return certificate_kind(document.kind).title
    return instrument_kind(document.kind).title.format(item="")
