"""What the register knows of an institution, as the parts of a form begin with it."""

from typing import Any

from yizheng.systems.institutions.models import PracticePlace, places
from yizheng.systems.institutions.models.parties import FOUNDER
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.stated import SIZES

_INSTITUTION = (
    "name", "category", "level", "ownership", "economic_type", "business_nature", "affiliation", "service_objects",
    "service_modes", "capital",
)  # fmt: skip
_SITE = ("district", "address", "postcode", "floor_area", "business_area")


def filled(held: Held) -> dict[str, dict[str, Any]]:
    """The parts about founder, institution, places and subjects; numbers of documents are typed again."""
    licence, founder = held.licence, held.party(FOUNDER)
    if licence is None:
        return {}
    known = {
        "institution": {name: getattr(licence, name) for name in _INSTITUTION},
        "site": {**{name: getattr(licence, name) for name in _SITE}, **site_of(held)},
        "subjects": {"subjects": subject_rows(held)},
    }
    if founder is not None:
        known["founder"] = {"kind": founder.party_kind, "name": founder.name, "uscc": founder.uscc}
    return {
        step: {name: value for name, value in fields.items() if value is not None} for step, fields in known.items()
    }


def site_of(held: Held) -> dict[str, Any]:
    """Beds and chairs of the first place, and the further places as rows."""
    first = held.places.get(places.line(1))
    further = [_row(each) for line, each in held.places.items() if line != places.line(1)]
    counted = held.licence if first is None else first
    return {**{name: getattr(counted, name) for name in SIZES}, "further": further}


def subject_rows(held: Held) -> list[dict[str, str]]:
    """The subjects with what is remarked of them."""
    remarks = {each.clinical_subject: each.remark for each in held.remarks.values()}
    codes = held.licence.subjects if held.licence is not None else []
    return [{"subject": code, "remark": remarks.get(code, "")} for code in codes]


def _row(place: PracticePlace) -> dict[str, str]:
    return {
        "title": place.title, "district": place.district, "address": place.address, "beds": str(place.beds),
        "dental_chairs": str(place.dental_chairs), "subjects": "；".join(place.subjects),
    }  # fmt: skip
