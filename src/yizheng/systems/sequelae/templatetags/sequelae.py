"""Filters of the room's pages."""

from django import template

from yizheng.systems.sequelae.consultation.lung_years import MEASURES, LungYear, Placed

register = template.Library()


@register.filter
def lung_cells(year: LungYear) -> list[Placed | None]:
    """The measures of a year in the order of the heads."""
    return [year.placed.get(code) for code, *_ in MEASURES]
