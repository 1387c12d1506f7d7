"""What institutions answer to the engine: what they are called."""

from yizheng.licensing.ports.questions import Named, who_is_called
from yizheng.systems.institutions import licences


@who_is_called.answered_by
def institutions_called(asked: Named) -> list[tuple[int, str]]:
    """The registered names of those of the subjects that are institutions."""
    return [(each.subject_id, each.name) for each in licences.licences_on(asked.subjects, asked.on).values()]
