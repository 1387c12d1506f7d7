"""Where the page of a person in a register is: an upper system says so, a lower one links there without knowing it."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

_person: list[str] = []
_staff: list[str] = []


def declare(person: str, staff: str) -> None:
    """Say the name of the page of a person (given the subject), and of the list of an institution's staff (``?house=``)."""
    _person[:], _staff[:] = [person], [staff]


def person_address(subject_id: int) -> str:
    """The address of a person's page; empty while no system has one."""
    return _reverse(_person, subject_id)


def staff_address(subject_id: int) -> str:
    """The address of the list of an institution's staff; empty while no system has one."""
    address = _reverse(_staff)
    return f"{address}?house={subject_id}" if address else ""


def _reverse(names: list[str], *arguments: int) -> str:
    try:
        return reverse(names[0], args=arguments) if names else ""
    except NoReverseMatch:
        return ""
