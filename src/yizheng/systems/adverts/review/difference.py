"""Two samples side by side: what of the words was taken away and what was added, and where two pictures differ."""

import io
from difflib import SequenceMatcher
from typing import NamedTuple

from PIL import Image, ImageChops, ImageOps

from yizheng.documents.attachments.pictures import open_picture

LARGEST = (1600, 1600)
_LOUD = 24
"""From which difference of light on two points are not the same; a picture saved anew stays below."""


class Stretch(NamedTuple):
    """A stretch of words: kept, taken (of the former) or added."""

    kind: str
    words: str


def changes(former: str, present: str) -> list[Stretch]:
    """The two texts as one, in order."""
    found: list[Stretch] = []
    for kind, a, b, c, d in SequenceMatcher(None, former, present, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Stretch("kept", present[c:d]))
        else:
            found += [
                Stretch(name, words) for name, words in (("taken", former[a:b]), ("added", present[c:d])) if words
            ]
    return found


def difference_of_pictures(former: bytes, present: bytes) -> bytes:
    """A PNG of the present picture in grey, red where the former one was different. Raises RefusedFile."""
    before, after = _small(former), _small(present)
    unlike = (
        ImageChops.difference(before.resize(after.size), after).convert("L").point(lambda light: 255 * (light > _LOUD))
    )
    ground = ImageOps.grayscale(after).point(lambda light: 128 + light // 2).convert("RGB")
    ground.paste((198, 40, 40), mask=unlike)
    kept = io.BytesIO()
    ground.save(kept, "PNG")
    return kept.getvalue()


def _small(content: bytes) -> Image.Image:
    """The picture as one looks at it, no larger than a screen."""
    picture = open_picture(content)
    picture.thumbnail(LARGEST)
    return ImageOps.exif_transpose(picture).convert("RGB")
