"""What nurses answer to the systems below: who nurses at an institution (护士条例 第二十一条)."""

from yizheng.systems.institutions.questions import Practitioner, Staff, who_nurses
from yizheng.systems.nurses.models import REGISTERED
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.answers import practising


@who_nurses.answered_by
def nurses_here(asked: Staff) -> list[Practitioner]:
    """Nurses whose registration holds on the day, mainly there or by filing."""
    return practising(PEOPLE, asked.institution, asked.on, REGISTERED)
