"""Small invented recordings: a film out of drawn pictures (WebM of VP8 key frames) and a sound (WAV).

A lossy WebP picture is one key frame of VP8, so a film is its pictures put into a row; nothing needs to be installed for that.
"""

import io
import math
import struct
import wave
from collections.abc import Iterable, Sequence

from PIL import Image

RATE = 8000
FRAMES_A_SECOND = 5


def sound(seconds: int, tone: int = 440) -> bytes:
    """A tone that swells and fades."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE)
        swing = (math.sin(2 * math.pi * tone * at / RATE) * math.sin(math.pi * at / RATE) for at in range(RATE))
        file.writeframes(bytes(128 + int(60 * each) for each in swing) * seconds)
    return kept.getvalue()


def film(pictures: Sequence[Image.Image]) -> bytes:
    """The pictures one after the other, five a second."""
    width, height = pictures[0].size
    encoded = {id(each): _key_frame(each) for each in pictures}
    frames = [encoded[id(each)] for each in pictures]
    length = len(frames) * 1000 / FRAMES_A_SECOND
    info = _element(
        0x1549A966,
        _number(0x2AD7B1, 1_000_000),
        _element(0x4489, struct.pack(">d", length)),
        _element(0x4D80, b"demo"),
        _element(0x5741, b"demo"),
    )
    video = _element(0xE0, _number(0xB0, width), _number(0xBA, height))
    track = _element(0xAE, _number(0xD7, 1), _number(0x73C5, 1), _number(0x83, 1), _element(0x86, b"V_VP8"), video)
    tracks = _element(0x1654AE6B, track)
    clusters = list(_clusters(frames))
    cues, at = [], len(info) + len(tracks)
    for number, cluster in enumerate(clusters):
        place = _element(0xB7, _number(0xF7, 1), _number(0xF1, at))
        cues.append(_element(0xBB, _number(0xB3, number * 1000), place))
        at += len(cluster)
    segment = _element(0x18538067, info, tracks, *clusters, _element(0x1C53BB6B, *cues))
    return _head() + segment


def _head() -> bytes:
    return _element(
        0x1A45DFA3, _number(0x4286, 1), _number(0x42F7, 1), _number(0x42F2, 4), _number(0x42F3, 8),
        _element(0x4282, b"webm"), _number(0x4287, 2), _number(0x4285, 2),
    )  # fmt: skip


def _clusters(frames: Sequence[bytes]) -> Iterable[bytes]:
    """A cluster a second."""
    for second, first in enumerate(range(0, len(frames), FRAMES_A_SECOND)):
        blocks = [
            _element(0xA3, b"\x81" + struct.pack(">hB", number * 1000 // FRAMES_A_SECOND, 0x80) + frame)
            for number, frame in enumerate(frames[first : first + FRAMES_A_SECOND])
        ]
        yield _element(0x1F43B675, _number(0xE7, second * 1000), *blocks)


def _key_frame(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.convert("RGB").save(kept, "WEBP", quality=60, method=0)
    content = kept.getvalue()
    at = content.index(b"VP8 ")
    return content[at + 8 : at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")]


def _element(kind: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    name = kind.to_bytes((kind.bit_length() + 7) // 8, "big")
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content


def _number(kind: int, value: int) -> bytes:
    return _element(kind, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))
