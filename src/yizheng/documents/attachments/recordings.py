"""Texts, sounds and films handed in: their whole structure is walked, so that nothing else lies in front, between or behind.

Nothing is decoded here; what a player makes of the frames is the browser's own sandboxed work.
"""

from collections.abc import Callable

TEXT, WAV, MP3, MP4, WEBM = "text/plain", "audio/wav", "audio/mpeg", "video/mp4", "video/webm"
SOUNDS = frozenset({WAV, MP3})
FILMS = frozenset({MP4, WEBM})
RECORDINGS = frozenset({TEXT}) | SOUNDS | FILMS

LONGEST_TEXT = 1024 * 1024
"""Bytes; nobody writes more into an advert, and each character of a text is looked at."""
_CHUNKS = frozenset({b"fmt ", b"data", b"fact", b"LIST", b"bext", b"PEAK", b"cue ", b"smpl"})
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"moof", b"mfra", b"sidx", b"styp", b"pdin"})
_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""Kilobits a second of MPEG-1 layer III, by the four bits of a frame's head."""
_RATES_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLING = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_TAG, _TAG_HEAD = 128, 10
_EBML, _SEGMENT, _ATTACHED = 0x1A45DFA3, 0x18538067, 0x1941A469


def words_of(content: bytes) -> str | None:
    """The text of a file in UTF-8 or GB 18030; nothing where it is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if all(each.isprintable() or each in "\r\n\t\u3000\u200b" for each in text) else None
    return None


def is_text(content: bytes) -> bool:
    """Plain words of a person."""
    return len(content) <= LONGEST_TEXT and bool((words_of(content) or "").strip())


def is_wav(content: bytes) -> bool:
    """A RIFF file of known chunks up to its very end."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE" or int.from_bytes(content[4:8], "little") + 8 != len(content):
        return False
    at, seen = 12, set()
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if kind not in _CHUNKS:
            return False
        seen.add(kind)
        at += 8 + size + size % 2
    return at == len(content) and {b"fmt ", b"data"} <= seen


def is_mp3(content: bytes) -> bool:
    """Frames of layer III one after the other, a tag before and behind them at most."""
    at = 0
    if content[:3] == b"ID3" and len(content) >= _TAG_HEAD:
        at = _TAG_HEAD + sum((each & 0x7F) << shift for each, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
    end = len(content) - (_TAG if content[-_TAG:][:3] == b"TAG" else 0)
    frames = 0
    while at + 4 <= end:
        length = _frame(content[at : at + 4])
        if length is None:
            return False
        at, frames = at + length, frames + 1
    return at == end and frames > 0


def _frame(head: bytes) -> int | None:
    version, layer, protected = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2]
    rate, sampling, padding = protected >> 4, protected >> 2 & 3, protected >> 1 & 1
    if head[0] != 0xFF or head[1] >> 5 != 7 or layer != 1 or version == 1 or rate in (0, 15) or sampling == 3:
        return None
    first = version == 3
    bits = (_RATES if first else _RATES_LOW)[rate] * 1000
    return (144 if first else 72) * bits // _SAMPLING[version][sampling] + padding


def is_mp4(content: bytes) -> bool:
    """Known boxes up to the very end, of which the first names the format and one holds the index."""
    at, seen = 0, []
    while at + 8 <= len(content):
        size, kind, head = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(content[at + 8 : at + 16], "big"), 16
        size = size or len(content) - at
        if kind not in _BOXES or size < head:
            return False
        seen.append(kind)
        at += size
    return at == len(content) and seen[:1] == [b"ftyp"] and {b"moov", b"mdat"} <= set(seen)


def is_webm(content: bytes) -> bool:
    """A head that says webm, then one segment up to the very end that carries no other file."""
    head = _element(content, 0)
    if head is None or head[0] != _EBML or head[2] is None or b"webm" not in content[: head[1] + head[2]]:
        return False
    segment = _element(content, head[1] + head[2])
    if segment is None or segment[0] != _SEGMENT:
        return False
    end = len(content) if segment[2] is None else segment[1] + segment[2]
    return end == len(content) and not _carries_files(content, segment[1], end)


def _carries_files(content: bytes, at: int, end: int) -> bool:
    while at < end:
        element = _element(content, at)
        if element is None or element[0] == _ATTACHED:
            return True
        if element[2] is None:
            return False
        at = element[1] + element[2]
    return at != end


def _element(content: bytes, at: int) -> tuple[int, int, int | None] | None:
    """Id of an element, where its content begins, and how long that is (nothing: not known beforehand)."""
    if at + 2 > len(content) or not content[at]:
        return None
    wide = 9 - content[at].bit_length()
    kind, after = int.from_bytes(content[at : at + wide], "big"), at + wide
    if after >= len(content) or not content[after]:
        return None
    length = 9 - content[after].bit_length()
    size = int.from_bytes(content[after : after + length], "big") & ((1 << 7 * length) - 1)
    return kind, after + length, None if size == (1 << 7 * length) - 1 else size


WHOLE: dict[str, Callable[[bytes], bool]] = {TEXT: is_text, WAV: is_wav, MP3: is_mp3, MP4: is_mp4, WEBM: is_webm}
"""Whether bytes are a file of that type and nothing else."""
