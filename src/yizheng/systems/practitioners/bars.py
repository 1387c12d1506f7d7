"""Entering a ground for not registering somebody: on the person, so that every register of the health service reads it.

医师法 第十六条、第五十四条、第五十八条: the ground counts from the day of the decision it rests on.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.models.bar import line


def enter_bar(
    change: ChangeInProgress,
    subject_id: int,
    ground: str,
    since: date,
    *,
    authority_scope: int,
    authority_name: str,
    document_number: str = "",
    until: date | None = None,
    licence: str = "",
) -> RegistrationBar:
    """A further record of the ground, from the day it counts from."""
    values = {
        "ground": ground,
        "until": until,
        "authority_name": authority_name,
        "document_number": document_number,
        "licence": licence,
    }
    return change.state(
        RegistrationBar,
        subject_id,
        change.next_line(RegistrationBar, subject_id, partial(line, ground)),
        values,
        valid_from=since,
        authority_scope=authority_scope,
    )
