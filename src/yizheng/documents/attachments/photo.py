"""证件照片: 354×472 pixels on a white ground, as registration asks for it.

The ground is judged where it is always seen: along the top and down both sides of the upper part, where no shoulder
reaches. A scan is never pure white, so bright and colourless is enough; hair or a hat touching the edge is tolerated
up to a small share.
"""

from PIL import Image

from yizheng.documents.attachments.pictures import open_picture
from yizheng.documents.attachments.sniffing import RefusedFile

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
    """The share of the ground that counts as white, between 0 and 1."""
    flat = picture.convert("RGB")
    side, top, upper = int(flat.width * _SIDE), int(flat.height * _TOP), int(flat.height * _UPPER)
    grounds = (
        flat.crop((0, 0, flat.width, top)),
        flat.crop((0, top, side, upper)),
        flat.crop((flat.width - side, top, flat.width, upper)),
    )
    pixels = [pixel for ground in grounds for pixel in _pixels(ground)]
    white = sum(min(pixel) >= _BRIGHT and max(pixel) - min(pixel) <= _COLOURLESS for pixel in pixels)
    return white / len(pixels)


def _pixels(ground: Image.Image) -> list[tuple[int, ...]]:
    raw = ground.tobytes()
    return [tuple(raw[at : at + 3]) for at in range(0, len(raw), 3)]
