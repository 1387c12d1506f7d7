"""同一主体: merging two subjects is a fact about the one that turned out to be the other; ending it splits them."""

from datetime import date, datetime

from yizheng.registry.declarations import NOT_DRAWN, Told
from yizheng.registry.fields import SubjectField
from yizheng.registry.models.fact import StateFact
from yizheng.registry.models.knowledge import Knowledge

SAME_AS_LINE = "same_as"


class SameAs(StateFact):
    """`subject` is the same person or institution as `principal`, under whom it is to be found."""

    order, weight, drawn = 99, 990, NOT_DRAWN
    told = Told("{principal}")
    entry = None

    principal = SubjectField("同一主体", of=None, db_index=True)

    class Meta(StateFact.Meta):
        verbose_name = "主体合并"


def principal_of(subject: int, valid: date, known: int | datetime | Knowledge | None = None) -> int:
    """The subject that stands for this one on that day: the end of the chain of merges, itself if never merged."""
    seen = {subject}
    while True:
        merged = SameAs.objects.as_of(valid, known).filter(subject_id=subject, line=SAME_AS_LINE)
        principal: int | None = merged.values_list("principal_id", flat=True).first()
        if principal is None or principal in seen:
            return subject
        seen.add(principal)
        subject = principal
