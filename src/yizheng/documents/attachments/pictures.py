"""Pictures opened safely: bounded before decoding, decoded wholly, never trusted for their own word."""

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from yizheng.documents.attachments.jpeg import bared
from yizheng.documents.attachments.sniffing import RefusedFile

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
