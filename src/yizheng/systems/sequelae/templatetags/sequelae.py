"""Filters of the room's pages."""

from django import template

from yizheng.kernel.masking import mask_resident_id
from yizheng.systems.sequelae.consultation.lung_years import MEASURES, LungYear, Placed
from yizheng.systems.sequelae.examinations.fields import fields

register = template.Library()
_SEXES = {"male": "男", "female": "女"}


@register.filter
def lung_cells(year: LungYear) -> list[Placed | None]:
    """The measures of a year in the order of the heads."""
    return [year.placed.get(code) for code, *_ in MEASURES]


@register.filter
def sex(code: str) -> str:
    """男 or 女; a dash where a file does not say."""
    return _SEXES.get(code, "—")


@register.filter
def covered(number: str) -> str:
    """A number as pages show it, whatever a file has of it."""
    return mask_resident_id(number) if len(number) >= 15 else "*" * len(number)


@register.filter
def item(code: str) -> str:
    """The title of an item."""
    return fields()[code].title


@register.filter
def two(one: str, other: str) -> list[tuple[str, str]]:
    """Two readings with what choosing each is called."""
    return [("first", one), ("second", other)]
