"""The samples of a case as the viewer shows them: file, words with the hits in their place, script, findings, the former sample."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from yizheng.documents.attachments import kind_of
from yizheng.kernel.codes import name_of
from yizheng.licensing.cases.examining import Examination
from yizheng.licensing.models import Case
from yizheng.systems.adverts.models import AdvertApproval, AdvertSample
from yizheng.systems.adverts.review.difference import Stretch, changes
from yizheng.systems.adverts.review.files import SampleFile
from yizheng.systems.adverts.review.filing import Filing
from yizheng.systems.adverts.review.former import former_samples
from yizheng.systems.adverts.review.passages import Passage, hits_in, passages
from yizheng.systems.adverts.screening.screen import Hit


class Piece(NamedTuple):
    """A stretch of words, with the rule it hits where it hits one."""

    words: str
    rule: str = ""
    title: str = ""
    severity: str = ""


class Shot(NamedTuple):
    """One shot of a film script with its time in the film."""

    name: str
    picture: str
    words: list[Piece]
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Former:
    """The sample of the approval that is renewed or changed."""

    sample: AdvertSample
    changes: list[Stretch]
    url: str = ""
    kind: str = ""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class SampleView:
    """One sample."""

    number: int
    title: str
    medium: str
    duration: int | None
    place: str
    words: list[Piece]
    shots: list[Shot] = field(default_factory=list)
    file: SampleFile | None = None
    file_words: list[Piece] = field(default_factory=list)
    former: Former | None = None
    url: str = ""

    @property
    def kind(self) -> str:
        """How its file is shown; empty where there is none."""
        return kind_of(self.file.media_type) if self.file else ""


def filing_of(case: Case, examination: Examination) -> Filing:
    """What the rules weigh of the case."""
    applicant: Filing = case.item.gather(examination.answers, case.subject_id, examination.on)
    papers = [view.paper for view in examination.materials if view.paper is not None]
    filing: Filing = case.item.with_papers(applicant, papers)
    return filing


def samples_of(case: Case, filing: Filing, on: date) -> list[SampleView]:
    """Every sample of the case, in order."""
    read = list(passages(filing))
    files = {each.number: each for each in filing.files}
    former = former_samples(filing)
    return [
        _sample(case, filing, number, row, read, files.get(number), former, on)
        for number, row in enumerate(filing.samples, 1)
    ]


def _sample(
    case: Case, filing: Filing, number: int, row: Mapping[str, Any], read: Sequence[Passage], file: SampleFile | None,
    former: Mapping[int, AdvertSample], on: date,
) -> SampleView:  # fmt: skip
    own = [each for each in read if each.sample == number]
    words, from_file = ([each for each in own if each.kind == kind] for kind in ("words", "file"))
    return SampleView(
        number=number,
        title=str(row.get("title", "")),
        medium=name_of("advert_media", row["medium"]) if row.get("medium") else "—",
        duration=row.get("duration"),
        place=str(row.get("place") or ""),
        words=_marked(words, filing, on),
        shots=list(_shots(own, filing, on)),
        file=file,
        file_words=_marked(from_file, filing, on),
        former=_beside(case, number, row, file, former.get(number)),
        url=reverse("adverts:case_file", args=[case.number, number]) if file else "",
    )


def _marked(read: Sequence[Passage], filing: Filing, on: date) -> list[Piece]:
    return [piece for passage in read for piece in marked(passage.text, _hits(passage, filing, on))]


def _hits(passage: Passage, filing: Filing, on: date) -> list[Hit]:
    return hits_in(passage, filing.licence, filing.exceptions, on) if filing.licence else []


def marked(text: str, hits: Sequence[Hit]) -> list[Piece]:
    """The text in pieces; of hits that overlap each shows what the ones before it left."""
    pieces, at = [], 0
    for hit in sorted(hits, key=lambda each: (each.first, -each.last)):
        if hit.last <= at:
            continue
        first = max(at, hit.first)
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first : hit.last], hit.code, hit.ban.title, hit.ban.severity))
        at = hit.last
    return [*pieces, Piece(text[at:])] if at < len(text) else pieces


def _shots(own: Sequence[Passage], filing: Filing, on: date) -> Iterator[Shot]:
    begins = 0
    for passage in own:
        if passage.kind == "shot":
            row = filing.script[passage.shot]
            ends = begins + int(row.get("seconds") or 0)
            words = marked(passage.text, _hits(passage, filing, on))
            yield Shot(str(row.get("shot", "")), str(row.get("picture", "")), words, begins, ends)
            begins = ends


def _beside(
    case: Case, number: int, row: Mapping[str, Any], file: SampleFile | None, former: AdvertSample | None
) -> Former | None:
    if former is None:
        return None
    words = changes(former.words, str(row.get("words", "")))
    if not former.digest:
        return Former(former, words)
    kind = kind_of(former.file_type)
    both_pictures = kind == "image" and file is not None and kind_of(file.media_type) == "image"
    address = [case.number, number]
    return Former(
        former,
        words,
        reverse("adverts:former_file", args=address),
        kind,
        reverse("adverts:difference", args=address) if both_pictures else "",
    )


@dataclass(frozen=True, slots=True)
class ApprovedView:
    """One sample as it was approved."""

    sample: AdvertSample
    number: int
    medium: str
    kind: str
    url: str


def approved_samples(advert: AdvertApproval, samples: Sequence[AdvertSample]) -> list[ApprovedView]:
    """The approved samples of an advert, in order."""
    numbered = sorted((int(each.line.partition(":")[2]), each) for each in samples)
    return [
        ApprovedView(
            each, number, name_of("advert_media", each.medium), kind_of(each.file_type) if each.digest else "",
            reverse("adverts:approved_file", args=[advert.subject_id, number]) if each.digest else "",
        )
        for number, each in numbered
    ]  # fmt: skip
