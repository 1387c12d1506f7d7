"""Samples of the invented adverts: ten files drawn by the program and shared by all approvals, and one of its own for each case.

Posters say the institution's own words where a case is looked at; those of the past are layouts, eight of them, with one film
and one broadcast.
"""

import io
from functools import cache

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

from yizheng.demo.recordings import FRAMES_A_SECOND, film, sound
from yizheng.documents.attachments import PNG, WAV, WEBM, store_bytes
from yizheng.systems.adverts.review.files import SampleFile

POSTERS = 8
SECONDS = 15
"""How long the film and the broadcast are."""
SHOTS = (("1", "门诊楼外观", 5), ("2", "挂号大厅", 5), ("3", "文号定版", 5))
"""Number, picture and seconds of each shot of the film."""
_COLOURS = ((32, 84, 122), (28, 107, 71), (128, 83, 0), (90, 71, 144))
_LAYOUT = "样件示意\n医疗机构名称、地址、诊疗科目\n接诊时间、联系电话\n以登记的文字内容为准"
BROADCAST, FILM = "2", "1"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.serif_path()), size)


def poster(words: str, colour: int, size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A page: the first line in large type, the others below it."""
    width, height = size
    page = Image.new("RGB", size, (250, 250, 246))
    draw = ImageDraw.Draw(page)
    unit = height / 600
    draw.rectangle((0, 0, width, int(120 * unit)), fill=_COLOURS[colour % len(_COLOURS)])
    head, *lines = words.splitlines()
    draw.text((int(40 * unit), int(34 * unit)), head, font=_font(int(40 * unit)), fill=(255, 255, 255))
    for row, line in enumerate(lines):
        draw.text((int(40 * unit), int((160 + row * 56) * unit)), line, font=_font(int(24 * unit)), fill=(40, 40, 40))
    return page


def png(picture: Image.Image) -> bytes:
    """A picture as a file."""
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def film_of(words: str) -> bytes:
    """A film of as many shots as the script has, each with its picture in words."""
    head = words.splitlines()[0]
    pictures = [poster(f"{head}\n{what}\n{words}", at, (640, 360)) for at, (_, what, _) in enumerate(SHOTS)]
    return film([
        picture for picture, (_, _, seconds) in zip(pictures, SHOTS, strict=True) for _ in range(seconds * FRAMES_A_SECOND)
    ])  # fmt: skip


Shelf = dict[tuple[str, int], SampleFile]
"""The files of past samples that were stored so far."""


def shared(medium: str, number: int, shelf: Shelf) -> SampleFile:
    """The file of a past sample of a medium; ten of them in all."""
    key = (medium, 0) if medium in (FILM, BROADCAST) else ("", number % POSTERS)
    if key not in shelf:
        shelf[key] = _stored(*key)
    return shelf[key]


def _stored(medium: str, at: int) -> SampleFile:
    if medium == FILM:
        return SampleFile(1, "短片.webm", WEBM, store_bytes(film_of(_LAYOUT)))
    if medium == BROADCAST:
        return SampleFile(1, "口播.wav", WAV, store_bytes(sound(SECONDS)))
    size = (900, 600) if at < len(_COLOURS) else (600, 800)
    return SampleFile(1, "样件.png", PNG, store_bytes(png(poster(_LAYOUT, at, size))))


def stored(medium: str, words: str, number: int) -> SampleFile:
    """The stored file of a past sample that says its own words."""
    name, content = own(medium, words, number)
    kind = {".webm": WEBM, ".wav": WAV}.get(name[name.index(".") :], PNG)
    return SampleFile(1, name, kind, store_bytes(content))


def own(medium: str, words: str, number: int) -> tuple[str, bytes]:
    """Name and content of a sample that says its own words."""
    if medium == FILM:
        return "短片.webm", film_of(words)
    if medium == BROADCAST:
        return "口播.wav", sound(SECONDS)
    return "样件.png", png(poster(words, number))
