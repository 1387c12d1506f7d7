"""Cases: whether an infection is the hospital's own, and the weight groups of newborns (2001 diagnostic criteria)."""

from datetime import datetime, timedelta
from enum import StrEnum

from yizheng.kernel.codes import table


class Origin(StrEnum):
    """Where an infection was acquired."""

    HOSPITAL = "HAI"
    COMMUNITY = "CAI"
    NONE = "not_HAI"


BY_TIME = ("unknown_incubation", "known_incubation")
ALWAYS = {
    **dict.fromkeys(
        (
            "neonate_birth_canal", "directly_related_to_previous_stay", "new_site_or_pathogen",
            "latent_activated_by_care", "staff_at_work",
        ),
        Origin.HOSPITAL,
    ),
    **dict.fromkeys(
        (
            "neonate_transplacental_le48h", "colonisation_only", "non_infectious_inflammation",
            "acute_flare_of_chronic_infection",
        ),
        Origin.NONE,
    ),
}  # fmt: skip
"""What decides without regard to time."""
KINDS = (*BY_TIME, *ALWAYS)
REJECTED = "reject"


def origin(
    admitted: datetime, onset: datetime, kind: str, incubation_days: float | None, hours: float
) -> Origin | None:
    """Where an infection was acquired; nothing where its mean incubation would have to be known."""
    if kind in ALWAYS:
        return ALWAYS[kind]
    if kind == "unknown_incubation":
        limit = timedelta(hours=hours)
    elif incubation_days is None:
        return None
    else:
        limit = timedelta(days=incubation_days)
    return Origin.HOSPITAL if onset - admitted > limit else Origin.COMMUNITY


def weight_group(grams: float, minimum: float, maximum: float) -> str:
    """The group of a birth weight in whole grams; rejected when it is out of range or not whole."""
    if grams != int(grams) or not minimum <= grams <= maximum:
        return REJECTED
    groups = table("birth_weight_group").items()
    return next((each.code for each in groups if grams <= int(each.attributes["heaviest"])), groups[-1].code)
