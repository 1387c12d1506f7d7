"""Grounds for not registering somebody: entered on the person, in the register whose law knows them.

医师法 第十六条、第五十四条、第五十八条: the ground counts from the day of the decision it rests on.
"""

import enum
from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db.models import Q

from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.models.bar import line
from yizheng.systems.practitioners.models.keyed import DOCTOR

FALSE_APPLICATION = "R17"
"""The ground of whoever concealed facts or handed in false papers."""
SENTENCE = "R02"
"""The ground of whoever was sentenced: it stands until the sentence was served, and for years after."""


OF_EVERYBODY = frozenset({"R01", "R06", "R12"})
"""Grounds that keep somebody out of every register, whichever recorded them: incapacity, and what bars from all health services."""


class Lasts(enum.Enum):
    """How long a ground stands."""

    WHILE_IT_LASTS = enum.auto()
    YEARS = enum.auto()
    AFTER_SENTENCE = enum.auto()
    """From the conviction on and for years after the sentence, or its probation, has been served."""
    TO_NAMED_DAY = enum.auto()
    UNTIL_DECIDED = enum.auto()


LASTS = {
    "while_lasting": Lasts.WHILE_IT_LASTS,
    "until_passed": Lasts.WHILE_IT_LASTS,
    "sentence_served": Lasts.AFTER_SENTENCE,
    "revocation_decided": Lasts.YEARS,
    "deregistered": Lasts.YEARS,
    "annulled": Lasts.YEARS,
    "refused": Lasts.YEARS,
    "ban_end": Lasts.TO_NAMED_DAY,
    "as_recorded": Lasts.TO_NAMED_DAY,
    "manual": Lasts.UNTIL_DECIDED,
}
"""What each kind of beginning in the code table means; grounds of other kinds are asked by checks of their own."""


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
    of: str = DOCTOR,
) -> RegistrationBar:
    """A further record of the ground in the register of this code, from the day it counts from."""
    values = {
        "of_register": of,
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


def latest_false_application(subject_id: int, licence: str) -> date | None:
    """The last day from which a false application for this licence counts (行政许可法 第七十八条); call it as the system."""
    found = RegistrationBar.objects.current().filter(subject_id=subject_id, ground=FALSE_APPLICATION, licence=licence)
    return found.order_by("-valid_from").values_list("valid_from", flat=True).first()


def counting_for(of: str) -> Q:
    """The recorded grounds that count in the register of this code."""
    return Q(of_register=of) | Q(ground__in=OF_EVERYBODY)


def kept_out_everywhere(subject_id: int, on: date) -> Iterable[str]:
    """The grounds that keep her out of every register on the day; call it as the system."""
    standing = RegistrationBar.objects.as_of(on).filter(subject_id=subject_id, ground__in=OF_EVERYBODY)
    return standing.filter(Q(until=None) | Q(until__gte=on)).order_by("ground").values_list("ground", flat=True)


def open_bars(subject_id: int, ground: str = "", of: str = DOCTOR) -> list[RegistrationBar]:
    """The grounds on record that have not ended, of one kind or all, newest first; call it as the system."""
    mine = RegistrationBar.objects.current().filter(subject_id=subject_id, of_register=of, valid_to=FOREVER)
    return list((mine.filter(ground=ground) if ground else mine).order_by("-valid_from", "-pk"))
