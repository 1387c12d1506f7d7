"""What registers of people answer to the systems below: who practises at an institution."""

from datetime import date
from typing import Any

from yizheng.people.scope import acting_as_system
from yizheng.systems.institutions.questions import Practitioner
from yizheng.systems.practitioners.registered import FILED, PeopleRegister, names_on


def practising(people: PeopleRegister, institution: int, on: date, status: str) -> list[Practitioner]:
    """Those registered with this status who practise there, mainly or by filing; in three queries."""

    def key(fact: Any) -> tuple[int, Any]:
        return fact.subject_id, getattr(fact, people.apart) if people.apart else ""

    filed = people.relation(FILED)
    with acting_as_system("核对机构人员"):
        filings = filed.kind.objects.as_of(on).filter(institution_id=institution) if filed else ()
        by_filing = {key(each) for each in filings}
        standing = people.registration.objects.as_of(on).filter(people.in_status(status, on))
        mine = [
            *standing.filter(institution_id=institution),
            *(
                each
                for each in standing.filter(subject_id__in={subject for subject, _ in by_filing})
                if key(each) in by_filing
            ),
        ]
        held = {key(each): each for each in mine}
        names = names_on({subject for subject, _ in held}, on)
    return [
        Practitioner(
            people.code, subject, names.get(subject, ""), getattr(each, "level", ""), tuple(getattr(each, "scopes", ()))
        )
        for (subject, _), each in sorted(held.items())
    ]
