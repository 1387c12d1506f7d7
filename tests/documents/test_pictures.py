"""What a printed page embeds of a picture: the same pixels, nothing a camera or a program wrote beside them."""

from io import BytesIO

import pytest
from PIL import Image

from tests.documents.conftest import picture
from yizheng.documents.attachments.pictures import bared, printable_jpeg

SAID = b"39.9042N 116.4074E"


def saved(form: str, mode: str = "RGB", **how: object) -> bytes:
    output = BytesIO()
    Image.open(BytesIO(picture())).convert(mode).save(output, form, **how)
    return output.getvalue()


def pixels(content: bytes) -> bytes:
    return Image.open(BytesIO(content)).tobytes()


def test_a_jpeg_keeps_its_pixels_and_loses_what_stands_beside_them() -> None:
    exif = Image.Exif()
    exif[0x010E] = SAID.decode()
    told = saved("JPEG", exif=exif, comment=SAID) + SAID
    printed = printable_jpeg(told)
    assert told.count(SAID) == 3
    assert SAID not in printed
    assert pixels(printed) == pixels(told)


@pytest.mark.parametrize(
    "content",
    [saved("PNG", "RGBA"), saved("JPEG", "CMYK"), saved("JPEG", progressive=True)],
    ids=["png", "four colours", "progressive"],
)
def test_another_picture_is_drawn_anew_as_colour_jpeg(content: bytes) -> None:
    printed = Image.open(BytesIO(printable_jpeg(content)))
    assert (printed.format, printed.mode, printed.size) == ("JPEG", "RGB", (354, 472))


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 20, 200, -2])
def test_a_broken_jpeg_is_not_taken_for_a_plain_one(length: int) -> None:
    assert bared(saved("JPEG")[:length]) is None
