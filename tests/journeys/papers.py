"""Papers to hand in: a photo that satisfies the rule, one that does not, and a one-page PDF."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw
from pypdf import PdfWriter


def photo(folder: Path, *, background: str = "white") -> Path:
    """A portrait of 354×472 pixels."""
    picture = Image.new("RGB", (354, 472), background)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((117, 110, 237, 260), fill="#d9b08c")
    pen.ellipse((107, 90, 247, 190), fill="#22262b")
    pen.ellipse((122, 125, 232, 265), fill="#d9b08c")
    pen.rectangle((70, 300, 284, 472), fill="#40597a")
    path = folder / f"photo-{background.strip('#')}.jpg"
    picture.save(path, "JPEG", quality=92)
    return path


def proof(folder: Path, name: str) -> Path:
    """A PDF of one page."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    content = BytesIO()
    writer.write(content)
    path = folder / f"{name}.pdf"
    path.write_bytes(content.getvalue())
    return path
