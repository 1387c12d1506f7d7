"""QR codes (ISO/IEC 18004) as drawing: which modules are dark, written as one line an SVG can stroke."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from zxingcpp import BarcodeFormat, create_barcode

_DARK = re.compile(rb"\x00+")
_PIECE = 8
"""Modules drawn from memory at a time: there are 256 such pieces, where a row of fifty modules is hardly ever another's."""


@dataclass(frozen=True)
class QrCode:
    """A code of `side` by `side` modules; `path` is SVG path data, a stroke of width one over every run of dark ones."""

    side: int
    path: str


def drawn(text: str) -> QrCode:
    """The code of a text, error correction M, without its quiet zone. Raises ValueError when the text is too long."""
    image = create_barcode(text, BarcodeFormat.QRCode, ec_level="M").to_image(add_quiet_zones=False)
    side = image.shape[0]
    lightness = bytes(cast(memoryview, image))  # the stub omits that an image is a buffer
    path = []
    for y in range(side):
        row = lightness[y * side : (y + 1) * side]
        path.append(f"M0 {y}.5")
        path += [_stroke(row[start : start + _PIECE]) for start in range(0, side, _PIECE)]
    return QrCode(side, "".join(path))


@lru_cache(maxsize=512)
def _stroke(piece: bytes) -> str:
    """The piece in steps from its beginning to its end: dark modules are stroked, light ones passed over."""
    steps, at = "", 0
    for run in _DARK.finditer(piece):
        if run.start() > at:
            steps += f"m{run.start() - at} 0"
        steps, at = f"{steps}h{run.end() - run.start()}", run.end()
    return steps if at == len(piece) else f"{steps}m{len(piece) - at} 0"
