"""Papers handed in with the cases of the demonstration city: photos and proofs that were made up."""

import io
from datetime import date
from functools import cache
from importlib.resources import as_file, files

from django.utils import timezone
from PIL import Image, ImageDraw

from yizheng.documents.attachments import keeping
from yizheng.documents.paper import pdf
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.item import Material
from yizheng.licensing.models import Case, Paper

_COATS = {"1": ((52, 71, 103), (222, 184, 150)), "2": ((92, 64, 92), (235, 200, 172))}


@cache
def photo(sex: str) -> bytes:
    """A stylised head and shoulders on white, 354×472."""
    coat, skin = _COATS[sex]
    picture = Image.new("RGB", (354, 472), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((47, 330, 307, 640), fill=coat)
    draw.polygon([(147, 335), (177, 400), (207, 335)], fill=(245, 247, 250))
    draw.rectangle((152, 270, 202, 345), fill=skin)
    if sex == "2":
        draw.ellipse((92, 90, 262, 330), fill=(40, 32, 30))
    draw.ellipse((107, 110, 247, 300), fill=skin)
    draw.pieslice((101, 96, 253, 268), 180, 360, fill=(40, 32, 30))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=88)
    return kept.getvalue()


def proof(title: str, lines: list[str], signed: str, on: date) -> bytes:
    """A page with a heading, some sentences, and who signed it when."""
    with as_file(files("yizheng.demo").joinpath("data", "proof.typ")) as page:
        return pdf.render(page, {"title": title, "lines": lines, "signed": signed, "on": long_date(on)}, dated=on)


def paper(case: Case, material: Material) -> tuple[str, bytes]:
    """A paper for a material of a case: a photo, or a proof that says what is asked for."""
    if material.code == "photo":
        return "证件照片.jpg", photo("2")
    says = f"{case.applicant_name}：{material.requirement or material.title}。"
    signed = case.institution_name or "示范出具机构"
    return f"{material.title}.pdf", proof(material.title, [says, "特此证明。"], signed, timezone.localdate())


def hand_in(case: Case, material: str, content: bytes, name: str) -> None:
    """Attach a paper to a case as the applicant would have."""
    kept = keeping.keep(
        io.BytesIO(content),
        name,
        subject_id=case.subject_id,
        authority_scope=case.authority_scope,
        institution_scope=case.institution_scope,
    )
    Paper.objects.create(case=case, material=material, attachment=kept)
