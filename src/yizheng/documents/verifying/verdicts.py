"""核验: is this document ours, and does it still hold? Hit and miss cost the same queries and show no personal data.

Asked by the public check page and the public API; answers hold what the paper's holder has shown anyway and the
present status, which the paper cannot know.
"""

from dataclasses import dataclass
from enum import StrEnum

from yizheng.documents import codes
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
class Verdict:
    """The answer, and the document when there is one.

    Whoever holds the code may be told its title, issuer, edition, days and status; never the subject itself.
    """

    answer: Answer
    document: IssuedDocument | None = None

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
    return Verdict(answers[Status(document.status)], document)
