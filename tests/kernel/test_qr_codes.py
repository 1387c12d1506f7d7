"""What is drawn can be read, at error correction M, however long the text is."""

import re

import pytest
from PIL import Image, ImageDraw
from zxingcpp import read_barcodes

from yizheng.kernel.qr_codes import QrCode, drawn

SHORT = "https://example.test/verify/x"
LONG = "https://example.test/verify/" + "Az09-_" * 25


def inked(code: QrCode, edge: int = 4) -> Image.Image:
    """The path stroked on white, four pixels a module."""
    scale = 4
    picture = Image.new("L", ((code.side + 2 * edge) * scale,) * 2, 255)
    pen = ImageDraw.Draw(picture)
    x = y = 0
    for step, across, down in re.findall(r"([Mmh])(\d+)(?: (\d+)(?:\.5)?)?", code.path):
        if step == "h":
            left, top = (x + edge) * scale, (y + edge) * scale
            pen.rectangle((left, top, left + int(across) * scale - 1, top + scale - 1), fill=0)
        elif step == "M":
            x, y = 0, int(down)
        x += int(across)
    return picture


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_a_drawn_code_reads_as_the_text(text: str) -> None:
    (read,) = read_barcodes(inked(drawn(text)))
    assert read.text == text
    assert read.ec_level == "M"


def test_the_same_text_gives_the_same_code() -> None:
    assert drawn(LONG) == drawn(LONG)


def test_a_text_that_no_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match=r".+"):
        drawn("x" * 5000)
