"""When special qualifications end: with the registration always, with the institution where they are bound to one.

麻醉药品和精神药品管理条例 第三十八条 (the right is given by the institution for its own prescriptions); 人体器官捐献和移植条例
第二十七条, 母婴保健法 第三十三条 (of doctors who practise): who is not registered holds none. Whoever ends a registration,
a filing or an employment calls this in the same change.
"""

from collections.abc import Iterable
from datetime import date

from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permits
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.permits import LIVE


def end_with_registration(
    subject_id: int, change: ChangeInProgress, on: date, *, reason: str = "执业注册终止"
) -> list[SpecialQualification]:
    """Everything the doctor holds ends on ``on``; returns what ended."""
    return end(_live(subject_id, on), change, on, reason=reason)


def end_with_institution(
    subject_id: int, institution: int, change: ChangeInProgress, on: date, *, reason: str = "不在该机构执业"
) -> list[SpecialQualification]:
    """What is bound to this institution ends on ``on``, because she practises there no longer; returns what ended."""
    held = [each for each in _live(subject_id, on) if each.ends_with_institution]
    return end([each for each in held if each.institution_id == institution], change, on, reason=reason)


def end(
    held: Iterable[SpecialQualification], change: ChangeInProgress, on: date, *, reason: str
) -> list[SpecialQualification]:
    """These end on ``on`` for this reason, their certificates with them; returns what ended."""
    with acting_as_system("专项资格终止登记"):
        return permits.end(held, change, on, reason=reason[:100])


def _live(subject_id: int, on: date) -> list[SpecialQualification]:
    with acting_as_system("核对专项资格"):
        rows = SpecialQualification.objects.as_of(on).filter(subject_id=subject_id, status__in=LIVE)
        return list(rows.order_by("line"))
