"""What came in over the internet channel, as the rules see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yizheng.systems.supervision.models import OnlineRecord
from yizheng.systems.supervision.online.taking import PRESCRIPTION, VISIT
from yizheng.systems.supervision.world import Service


def services(people: Mapping[str, str]) -> Iterator[Service]:
    """Visits and prescriptions as services of their day; people by the subject their certificate belongs to, where a register knows it."""
    done = OnlineRecord.objects.filter(kind__in=(VISIT, PRESCRIPTION)).order_by("pk")
    for each in done.iterator():
        who = people.get(each.practitioner, each.practitioner)
        second = people.get(each.reviewer, each.reviewer)
        yield Service(
            each.served_on, str(each.institution), "internet", who, "doctor", subject=each.subject,
            first_visit=each.first_visit, drug=each.drug, age=each.age, guardian=each.guardian,
            one_signer=each.kind == PRESCRIPTION and second in ("", who),
        )  # fmt: skip
