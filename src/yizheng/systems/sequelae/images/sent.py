"""What a partner sent over the network: it asks for and reads back this alone."""

from django.db.models import Min, QuerySet

from yizheng.systems.sequelae.models import Image, Study
from yizheng.systems.sequelae.models.images import Way

MOST = 200
"""Studies or objects in one answer."""


def studies_by(partner: str) -> QuerySet[Study]:
    """The studies a partner sent, the newest first."""
    return Study.objects.filter(delivery__way=Way.NETWORK, delivery__partner=partner).order_by("-on", "id")


def objects_by(partner: str, study: str, series: str = "", uid: str = "") -> list[Image]:
    """Objects of a study that a partner sent."""
    rows = Image.objects.filter(study__in=studies_by(partner).order_by(), study__uid=study).select_related(
        "study__person"
    )
    for column, wanted in (("series", series), ("uid", uid)):
        if wanted:
            rows = rows.filter(**{column: wanted})
    return list(rows[:MOST])


def series_by(partner: str, study: str) -> list[tuple[str, str]]:
    """The series of a study with its modality."""
    rows = Image.objects.filter(study__in=studies_by(partner).order_by(), study__uid=study)
    return list(rows.order_by("series").values_list("series").annotate(Min("study__modality"))[:MOST])
