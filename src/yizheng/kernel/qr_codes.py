"""QR codes (ISO/IEC 18004) as drawing: which modules are dark, written as one line an SVG can stroke."""

import re
from dataclasses import dataclass
from typing import cast

from zxingcpp import BarcodeFormat, create_barcode

_DARK = re.compile(rb"\x00+")


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
    rows = (lightness[start : start + side] for start in range(0, side * side, side))
    runs = [
        f"M{run.start()} {y}.5h{run.end() - run.start()}" for y, row in enumerate(rows) for run in _DARK.finditer(row)
    ]
    return QrCode(side, "".join(runs))
