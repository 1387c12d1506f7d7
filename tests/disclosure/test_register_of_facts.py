"""What changed is published by the register of the fact; what belongs to the person, by every register of people."""

import pytest

from tests.disclosure.two_registers import NURSES
from yizheng.disclosure import publishing, sources
from yizheng.registry import registers
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models import PersonIdentity


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[int]]:
    """The subjects made anew by register, with a register of nurses beside the others."""
    asked: dict[str, set[int]] = {}
    monkeypatch.setitem(sources._sources, "nurse", NURSES)
    monkeypatch.setitem(registers._declared, "nurse", NURSES.register)
    monkeypatch.setattr(
        publishing, "refresh", lambda code, subjects: asked.update({code: set(subjects)} if subjects else {})
    )
    return asked


def test_a_licence_is_told_among_institutions_alone(made_anew: dict[str, set[int]]) -> None:
    publishing.refresh_facts([(InstitutionLicence.fact_table(), 7), (InstitutionLicence.fact_table(), 8)])
    assert made_anew == {"institution": {7, 8}}


def test_who_somebody_is_is_told_in_every_register_of_people(made_anew: dict[str, set[int]]) -> None:
    publishing.refresh_facts([(PersonIdentity.fact_table(), 7)])
    assert made_anew == {"doctor": {7}, "nurse": {7}}
