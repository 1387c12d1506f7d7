"""What upper rooms publish stands at once, is replaced as a whole, keeps its address, and goes when it has to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import new_subject
from tests.disclosure.conftest import doctor, house
from yizheng.disclosure import lookup, sources
from yizheng.disclosure.models import PublicInstitution, PublicPractitioner, PublicTally
from yizheng.disclosure.publishing import publish, recount, refresh, republish_all
from yizheng.disclosure.records import PractitionerRecord
from yizheng.disclosure.sources import Source, register_source
from yizheng.people.models import Scope
from yizheng.registry.registers import Register, UnknownRegister

pytestmark = pytest.mark.django_db
register: dict[int, PractitionerRecord] = {}


def _subjects() -> Iterator[int]:
    yield from register


def _records(ids: Sequence[int]) -> Iterable[PractitionerRecord]:
    return [register[one] for one in ids if one in register]


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    register.clear()
    monkeypatch.setattr(sources, "_sources", {})
    register_source(Source(Register("doctor", "医师"), PublicPractitioner, _subjects, _records, "在册"))


def test_she_is_found_as_soon_as_the_decision_stands(city: Scope) -> None:
    subject = new_subject("person").pk
    assert lookup.by_name("doctor", "林知夏", "安和").entries == []
    with transaction.atomic():
        register[subject] = doctor(subject, "林知夏")
        refresh("doctor", [subject])
    assert [entry.subject for entry in lookup.by_name("doctor", "林知夏", "安和").entries] == [subject]


def test_a_rolled_back_decision_publishes_nothing(city: Scope) -> None:
    subject = new_subject("person").pk
    with transaction.atomic():
        register[subject] = doctor(subject, "林知夏")
        refresh("doctor", [subject])
        transaction.set_rollback(True)
    assert not PublicPractitioner.objects.exists()


def test_a_new_entry_replaces_the_old_and_keeps_its_address() -> None:
    publish("doctor", [doctor(1, "林知夏")])
    before = PublicPractitioner.objects.get(subject=1)
    publish("doctor", [replace(doctor(1, "林知夏", institution="北京新安医院"), level="执业助理医师")])
    after = PublicPractitioner.objects.get(subject=1)
    assert after.token == before.token
    assert after.level == "执业助理医师"
    assert lookup.by_name("doctor", "林知夏", "安和").entries == []
    assert lookup.by_name("doctor", "林知夏", "新安").entries == [after]


def test_whoever_has_no_record_any_more_is_withdrawn(city: Scope) -> None:
    publish("doctor", [doctor(1, "林知夏")])
    assert refresh("doctor", [1]) == 0
    assert not PublicPractitioner.objects.exists()


def test_everything_is_made_anew_in_few_statements(city: Scope) -> None:
    publish("doctor", [doctor(999, "已不在册")])
    register.update({number: doctor(number, f"张{number}") for number in range(1, 301)})
    with CaptureQueriesContext(connection) as asked:
        assert republish_all("doctor") == 300
    assert len(asked) < 20
    assert PublicPractitioner.objects.count() == 300
    assert PublicTally.objects.get(register="doctor").in_force == 300


def test_registers_are_counted_apart() -> None:
    publish("doctor", [doctor(1, "林知夏")])
    publish("institution", [house(), house(9002, "旧医院", in_force=False)])
    recount()
    assert {row.register: row.in_force for row in PublicTally.objects.all()} == {"doctor": 1, "institution": 1}
    assert PublicInstitution.objects.count() == 2


def test_an_unknown_register_is_a_mistake() -> None:
    with pytest.raises(UnknownRegister):
        refresh("nurse", [1])


def test_the_public_tables_hold_public_fields_only() -> None:
    """A new column is a decision: add it here only with its article."""
    assert {field.name for field in PublicPractitioner._meta.fields} == {
        "pk", "register", "subject", "token", "name", "name_key", "institution_keys", "practice_number", "standing", "standing_since",
        "sex", "level",
        "category", "place", "authority", "first_registered", "stored_scopes", "stored_main", "stored_others",
        "stored_periods", "stored_milestones", "stored_notes", "refreshed", "registered_on", "ended_on", "ended_because",
    }  # fmt: skip
