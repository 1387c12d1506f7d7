"""The addresses that every register of people has under its own name."""

from django.urls import URLPattern, path

from yizheng.people.tables import table_of
from yizheng.registry.registers import Register
from yizheng.systems.practitioners.pages import passing, roster, staff_check, watch
from yizheng.systems.practitioners.pages.due import due_table
from yizheng.systems.practitioners.pages.not_practising import not_practising_table
from yizheng.systems.practitioners.passing import passing_list
from yizheng.systems.practitioners.registered import people_register


def people_paths(register: Register, prefix: str) -> list[URLPattern]:
    """Search, roster, check of a staff list, watch list and passing list of a register, under `prefix`."""
    of_register = {"register": register.code}
    people = people_register(register.code)
    return [
        path(f"{prefix}/", table_of(f"{register.code}s").page, name="search"),
        path(f"{prefix}/roster/", roster.roster_tables(people).roster.page, name="roster"),
        path(f"{prefix}/roster/not-practising/", not_practising_table(people).page, name="not_practising"),
        path(f"{prefix}/roster/check/", staff_check.staff_check, of_register, name="staff_check"),
        path(f"{prefix}/roster/template/", staff_check.template, of_register, name="staff_template"),
        path(f"{prefix}/watch/", watch.watch_table(people).page, name="watch"),
        path(f"{prefix}/watch/add/", watch.add, of_register, name="watch_add"),
        path(f"{prefix}/watch/remove/", watch.remove, of_register, name="watch_remove"),
        *([path(f"{prefix}/due/", due_table(people).page, name="due")] if people.term else []),
        *_passing(register, prefix),
    ]


def _passing(register: Register, prefix: str) -> list[URLPattern]:
    listed = passing_list(register.code)
    if listed is None:
        return []
    found = [path(f"{prefix}/passing/", passing.passing_table(listed).page, name="passing")]
    if listed.granted_by:
        address, of_register = f"{prefix}/passing/propose/", {"register": register.code}
        found.append(path(address, passing.propose, of_register, name="passing_propose"))
    return found
