"""成品样件的文件: what may be filed as the sample of a medium, and what the file says (医疗广告管理办法 第八条).

A film or a broadcast may be filed as script or text first; its finished sample is then a film or a recording.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yizheng.documents.attachments import FILMS, IMAGES, MEDIA_TYPES, PDF, RECORDINGS, SOUNDS, TEXT
from yizheng.licensing.models import Paper

SAMPLE = "sample_"
"""The materials of samples are called so, with the number of the sample."""
MOST_BYTES: Final = 30 * 1024 * 1024
ACCEPTED: Final = tuple(sorted(IMAGES | {PDF} | RECORDINGS))
_WRITTEN = frozenset({PDF, TEXT})
READ: Final = _WRITTEN | IMAGES
"""The types of files that hold words."""
FILES: Final[Mapping[str, Collection[str]]] = {
    "1": FILMS | _WRITTEN,
    "2": SOUNDS | _WRITTEN,
    "3": IMAGES | {PDF},
    "4": IMAGES | {PDF},
    "5": IMAGES | {PDF} | FILMS,
    "6": IMAGES | {PDF},
    "7": IMAGES | {PDF} | FILMS | SOUNDS,
    "9": frozenset(ACCEPTED),
}


@dataclass(frozen=True, slots=True)
class SampleFile:
    """The file of a sample: its name, type and digest, and its words as far as they were read."""

    number: int
    name: str
    media_type: str
    digest: str
    words: str | None = None
    """Nothing while nobody has read it; empty where nothing could be read."""
    recognised: bool = False
    """Read by machine from pictures, which may err."""


def in_words(media_types: Collection[str]) -> str:
    """The types for a person."""
    return "、".join(name for kind, name in MEDIA_TYPES.items() if kind in media_types)


def files_of(papers: Sequence[Paper]) -> tuple[SampleFile, ...]:
    """The files of the samples among the papers of a case, in the order of the samples."""
    found = [
        SampleFile(
            int(each.material.removeprefix(SAMPLE)),
            each.attachment.name,
            each.attachment.media_type,
            each.attachment.digest,
        )
        for each in papers
        if each.material.startswith(SAMPLE)
    ]
    return tuple(sorted(found, key=lambda each: each.number))
