"""Facts of people, loaded as intake loads them: identities, educations, qualifications, registrations that change.

A registration stated again from a later day splices the line: what stood is closed, its earlier part opened anew.
"""

from collections.abc import Sequence
from typing import Any

from yizheng.cli.bench.laboratory import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import inventing, load
from yizheng.registry import StateFact
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.practitioners.models import Education, PersonIdentity

PORTION = 250_000


def build(steps: Steps, scale: Scale) -> None:
    """All facts; later registrations state the line from a later day."""
    _load(steps, "identity", scale.people, PersonIdentity)
    _load(steps, "education", scale.people, Education)
    _load(steps, "qualification", scale.people * 6 // 10, Qualification)
    for turn in range(scale.registrations):
        last = turn == scale.registrations - 1
        _load(steps, "registration", scale.doctors, Registration, [turn, turn, last, last, scale.institutions, turn])
    others = scale.people - scale.nurses
    _load(steps, "nurse_registration", scale.nurses, NurseRegistration, [scale.institutions], others)


def _load(
    steps: Steps, name: str, total: int, model: type[StateFact], given: Sequence[Any] = (), others: int = 0
) -> None:
    """Load all portions, of the people after so many others; the table is analysed after the first."""
    step = f"load-{name}{given[0] if len(given) > 1 else ''}"

    def portion(first: int, end: int) -> int:
        with inventing(step, first) as change:
            return load(change, model, name, [*given, first + others, end + others])

    steps.portions(step, min(total, PORTION), PORTION, portion)
    steps.owner.execute(f'analyze "{model.fact_table()}"')
    steps.portions(step, total, PORTION, portion)
