"""Finding people of a register: the page of those one may see, and the first of them in the search of the top bar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.people.finding import StaffRegister, find
from yizheng.people.models import Account
from yizheng.registry.registers import Register
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.searching.sources import MOST, Hit
from yizheng.shell.searching.sources import declare as declare_source
from yizheng.shell.subject_pages import person_address

Row = dict[str, Any]
"""A person found: ``subject``, ``name``, ``sex``, ``born`` and ``state``, ``house`` for her institution, and what the columns read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table: what it says, how it looks, and in full where it may be cut."""

    text: str
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register's people beside name and state."""

    title: str
    text: Callable[[Row], str]
    look: str = ""
    missing: str = ""
    """Why a field is empty."""

    def cell(self, row: Row) -> Cell:
        """The field of a row."""
        said = self.text(row)
        return Cell(said or "—", self.look, said if "cut" in self.look else "" if said else self.missing)


@dataclass(frozen=True, slots=True)
class Searched:
    """A register of people as it is searched: `rows` tells of subjects in order, in a number of queries that never grows."""

    register: Register
    staff: StaffRegister
    rows: Callable[[Account, Sequence[int]], list[Row]]
    columns: tuple[Column, ...]
    about: Callable[[Row], str]
    """The line about a person in the search of the top bar."""
    number: str
    """The name of her number."""
    example: str
    """A number as it may be typed."""
    list_code: str
    """The list that prints the same rows."""


_declared: dict[str, Searched] = {}


def declare(searched: Searched, readers: Collection[str]) -> None:
    """Let people of a register be found by these roles, on its page and from the top bar."""
    _declared[searched.register.code] = searched
    declare_source(searched.register.title, partial(_hits, searched), readers)


@require_safe
@office_only
def search(request: HttpRequest, register: str) -> HttpResponse:
    """What fits what was typed, fifty at a time."""
    searched = _declared[register]
    account = signed_in(request)
    text, house = asked(request)
    found = find(searched.staff, account, text, house, request.GET.get("after", ""))
    rows = [
        {
            **row,
            "url": person_address(register, row["subject"]),
            "cells": [column.cell(row) for column in searched.columns],
        }
        for row in searched.rows(account, found.subjects)
    ]
    context = {
        "searched": searched,
        "rows": rows,
        "text": text,
        "house": house,
        "house_name": rows[0]["house"] if rows and house.isdecimal() else house,
        "by_house": found.how == "institution" and not house,
        "after": found.after,
        "beyond_first": bool(request.GET.get("after")),
    }
    return render(request, "shell/people.html", context)


def asked(request: HttpRequest) -> tuple[str, str]:
    """The text about a person and the institution that were asked for."""
    return request.GET.get("q", "").strip()[:60], request.GET.get("house", "").strip()[:100]


def _hits(searched: Searched, account: Account, text: str) -> list[Hit]:
    subjects = find(searched.staff, account, text, "", "").subjects[:MOST]
    return [
        Hit(row["name"], searched.about(row), person_address(searched.register.code, row["subject"]))
        for row in searched.rows(account, subjects)
    ]
