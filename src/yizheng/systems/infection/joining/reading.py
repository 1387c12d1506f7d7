"""What the comparison needs, read for the hospitals an account sees: units, licences, codes reported, numbers registered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import F, Func, QuerySet, TextField, Value

from yizheng.kernel.codes import table
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.joining.comparing import Difference, Ward, of_licence, of_people
from yizheng.systems.infection.models import Sheet, Unit
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.institutions.licences import licences_on
from yizheng.systems.practitioners.registered import people_register

MONTHS = 3
PEOPLE = (
    ("手术医师", "doctor", "operation", "$[*].surgeon"),
    ("暴露的护士", "nurse", "exposure", '$[*] ? (@.job == "02").person'),
)
"""Whose codes are looked up: what they are called, their register, where they are reported."""


def differences(account: Account, today: date) -> list[tuple[int, Difference]]:
    """What does not agree, by hospital."""
    wards: dict[int, list[Ward]] = defaultdict(list)
    for each in Unit.objects.visible_to(account).order_by("code"):
        wards[each.subject_id].append(Ward(each.name, each.kind, each.beds))
    licences = licences_on(wards, today)
    names = {each.code: each.name for each in table("clinical_subject").items()}
    found = [
        (subject, difference)
        for subject, of_hospital in wards.items()
        if subject in licences
        for difference in of_licence(of_hospital, licences[subject].beds, licences[subject].subjects, names)
    ]
    for matter, register, record, path in PEOPLE:
        codes = _codes(_sheets(account, record, today), path)
        known = _registered(register, {code for each in codes.values() for code in each}, today)
        for subject, said in codes.items():
            here = {code for code in said if subject in known.get(code, ())}
            found += [(subject, each) for each in of_people(matter, said, here, known)]
    return found


def _sheets(account: Account, record: str, today: date) -> QuerySet[Sheet]:
    first = today.replace(day=1)
    for _ in range(MONTHS):
        first = month_before(first)
    return Sheet.objects.visible_to(account).filter(record=record, period__gte=first, version__isnull=False)


def _codes(sheets: QuerySet[Sheet], path: str) -> Mapping[int, set[str]]:
    """The distinct codes in what was handed up, by hospital; the database takes them out of the rows."""
    values = Func(
        F("version__rows"), Value(path), function="jsonb_path_query", template="%(function)s(%(expressions)s::jsonpath) #>> '{}'",
        output_field=TextField(),
    )  # fmt: skip
    found: dict[int, set[str]] = defaultdict(set)
    for subject, code in sheets.order_by().values_list("subject_id", values).distinct():
        if code:
            found[subject].add(code)
    return found


def _registered(register: str, numbers: Collection[str], today: date) -> Mapping[str, set[int]]:
    """The institutions at which the holder of each number is registered today."""
    people = people_register(register)
    found: dict[str, set[int]] = defaultdict(set)
    for some in _portions(sorted(numbers)):
        with acting_as_system("医院感染监测的人员代码与登记簿核对"):
            rows = people.registration.objects.as_of(today).filter(**{f"{people.number}__in": some})
            for number, institution in rows.values_list(people.number, "institution_id"):
                found[number].add(institution)
    return found


def _portions(numbers: list[str]) -> Iterable[list[str]]:
    return (numbers[at : at + 5000] for at in range(0, len(numbers), 5000))
