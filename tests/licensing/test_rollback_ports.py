"""What upper rooms say of a rollback: why it is not made, and what else is done with it."""

from yizheng.licensing.cases import rollbacks, touching
from yizheng.licensing.cases.touching import Touched
from yizheng.registry.models import Change
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.models import PersonIdentity


def test_the_facts_touched_are_told_by_kind_and_each_subject_once() -> None:
    names, registrations = PersonIdentity.fact_table(), Registration.fact_table()
    done = Touched(Change(), "准予变更", ((names, 9), (registrations, 7), (registrations, 9)))
    assert done.subjects() == [7, 9]
    assert done.subjects(PersonIdentity) == [9]
    assert done.subjects(PersonIdentity, Registration) == [7, 9]


def test_every_room_that_follows_a_rollback_is_known() -> None:
    names = {f"{each.__module__.split('.')[1]}.{each.__name__}" for each in touching._followers}
    assert {"shell.publish", "shell.tell", "systems.reindex_rolled_back", "licensing.mark_cases"} <= names
    assert rollbacks.why_not.is_answered
