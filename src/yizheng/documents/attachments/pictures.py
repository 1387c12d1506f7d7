"""Pictures opened safely, bounded before decoding and never trusted; bared of metadata; and 证件照片 judged as registration asks."""

import warnings
from io import BytesIO

from PIL import Image, ImageChops, UnidentifiedImageError

from yizheng.documents.attachments.sniffing import RefusedFile

_MARK = 0xFF
_START, _SCAN, _END, _ADOBE = b"\xff\xd8", b"\xff\xda", b"\xff\xd9", b"\xff\xee"
_SEQUENTIAL = (b"\xff\xc0", b"\xff\xc1")
_METADATA = {bytes((_MARK, kind)) for kind in (*range(0xE1, 0xF0), 0xFE)}
_GREY_OR_COLOUR = (b"\x01", b"\x03")


def bared(content: bytes) -> bytes | None:
    """A sequential grey or colour JPEG up to its end, without its metadata; None for every other file."""
    if content[:2] != _START:
        return None
    kept, at, plain = [_START], 2, False
    while (marker := content[at : at + 2]) != _SCAN:
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if end >= len(content) or marker[0] != _MARK or marker == _ADOBE:
            return None
        if marker in _SEQUENTIAL:
            plain = content[at + 9 : at + 10] in _GREY_OR_COLOUR
        if marker not in _METADATA:
            kept.append(content[at:end])
        at = end
    end = content.find(_END, at)
    return b"".join([*kept, content[at : end + 2]]) if plain and end > 0 else None


MAX_PIXELS = 50_000_000


def open_picture(content: bytes, name: str = "图片") -> Image.Image:
    """The decoded picture.

    Raises RefusedFile when it is damaged or larger than 50 million pixels (a small file can unfold into gigabytes).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=("JPEG", "PNG"))
            if picture.width * picture.height > MAX_PIXELS:
                raise RefusedFile(f"“{name}”的尺寸过大（{picture.width}×{picture.height}）；请缩小后重新上传")
            picture.load()
    except RefusedFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedFile(f"“{name}”的尺寸过大；请缩小后重新上传") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise RefusedFile(f"“{name}”已损坏，无法打开；请重新拍照或扫描后上传") from None
    return picture


def printable_jpeg(content: bytes) -> bytes:
    """The picture as plain RGB or grey JPEG without metadata, as a printed page embeds it. Raises RefusedFile.

    What is such a JPEG already keeps its pixels as they are; anything else is drawn anew.
    """
    return bared(content) or _drawn_anew(open_picture(content))


def _drawn_anew(picture: Image.Image) -> bytes:
    if "A" in picture.getbands():
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    output = BytesIO()
    picture.convert("RGB").save(output, "JPEG", quality=92)
    return output.getvalue()


WIDTH, HEIGHT = 354, 472
_SIDE = 0.08
_TOP = 0.05
_UPPER = 0.5
_BRIGHT = 225
_COLOURLESS = 22
_SHARE = 0.95


def photo_problem(content: bytes) -> str | None:
    """What is wrong with the photo, as a sentence for the applicant, or None."""
    try:
        picture = open_picture(content, "照片")
    except RefusedFile as refused:
        return str(refused)
    if picture.size != (WIDTH, HEIGHT):
        return f"照片为 {picture.width}×{picture.height} 像素，应为 {WIDTH}×{HEIGHT} 像素；请调整后重新上传"
    share = white_share(picture)
    if share < _SHARE:
        return f"背景不是白色（边缘只有 {share:.0%} 为白色）；请重新上传"
    return None


def white_share(picture: Image.Image) -> float:
    """The share of the ground that counts as white, between 0 and 1.

    It is judged where it is always seen: along the top and down both sides of the upper part, where no shoulder reaches.
    A scan is never pure white, so bright and colourless is enough; hair or a hat at the edge is tolerated up to a share.
    """
    flat = picture.convert("RGB")
    side, top, upper = int(flat.width * _SIDE), int(flat.height * _TOP), int(flat.height * _UPPER)
    grounds = (
        flat.crop((0, 0, flat.width, top)),
        flat.crop((0, top, side, upper)),
        flat.crop((flat.width - side, top, flat.width, upper)),
    )
    return sum(map(_white, grounds)) / sum(ground.width * ground.height for ground in grounds)


def _white(ground: Image.Image) -> int:
    """How many pixels are bright and colourless."""
    red, green, blue = ground.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    bright = darkest.point([255 * (value >= _BRIGHT) for value in range(256)])
    colourless = ImageChops.subtract(brightest, darkest).point([255 * (value <= _COLOURLESS) for value in range(256)])
    return ImageChops.darker(bright, colourless).histogram()[255]
