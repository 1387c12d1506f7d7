"""A subject's past in a few words a line, for the side of a case page: what each kind that has a past says of it."""

from datetime import date

from yizheng.people.scope import acting_as_system
from yizheng.registry import kinds
from yizheng.registry.models import Fact
from yizheng.registry.wording.words import Words
from yizheng.registry.writer.versions import versions_of
from yizheng.shell.record.names import names_for


def history_of(subject_id: int) -> list[tuple[date, str]]:
    """What the register knows of the subject by day, newest first, whoever entered it."""
    versions: list[Fact] = []
    with acting_as_system("办件中的此人历史"):
        for kind in kinds():
            if kind.told.past:
                found = versions_of(kind).current().filter(subject_id=subject_id)
                versions.extend(found.order_by("valid_from", "line"))
    words = Words(names_for(versions)) if versions else None
    if words is None:
        return []
    formers = [None, *versions]
    lines = [
        (each.valid_from, words.tell(each.told.past, each, former if type(former) is type(each) else None))
        for each, former in zip(versions, formers, strict=False)
    ]
    return sorted((line for line in lines if line[1]), key=lambda line: line[0], reverse=True)
