"""The addresses that every register of people has under its own name."""

from django.urls import URLPattern, path

from yizheng.people.tables import table_of
from yizheng.registry.registers import Register
from yizheng.systems.practitioners.pages import roster, staff_check, watch
from yizheng.systems.practitioners.registered import people_register


def people_paths(register: Register, prefix: str) -> list[URLPattern]:
    """Search, roster, check of a staff list and watch list of a register, under `prefix`."""
    of_register = {"register": register.code}
    people = people_register(register.code)
    return [
        path(f"{prefix}/", table_of(f"{register.code}s").page, name="search"),
        path(f"{prefix}/roster/", roster.roster_tables(people).roster.page, name="roster"),
        path(f"{prefix}/roster/check/", staff_check.staff_check, of_register, name="staff_check"),
        path(f"{prefix}/roster/template/", staff_check.template, of_register, name="staff_template"),
        path(f"{prefix}/watch/", watch.watch_table(people).page, name="watch"),
        path(f"{prefix}/watch/add/", watch.add, of_register, name="watch_add"),
        path(f"{prefix}/watch/remove/", watch.remove, of_register, name="watch_remove"),
    ]
