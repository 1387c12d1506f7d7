"""The nurses of the city: six hundred with their terms since the first registration, and some who passed the examination."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.demo.chronicle import fact_row, identity_row, subjects_of, write_new
from yizheng.demo.dice import Dice
from yizheng.demo.institutions import Institution
from yizheng.demo.people import Person, Population
from yizheng.kernel.identifiers.certificates import make_nurse_number
from yizheng.people import vault
from yizheng.people.models import Access
from yizheng.people.searching.search import index_names
from yizheng.registry import FOREVER, ChangeKind, changing
from yizheng.registry.periods import one_day
from yizheng.systems.nurses.models import LINE, RESULT_DAY, NurseExamResult, NurseRegistration
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.models import PersonIdentity

REGISTERED, CANDIDATES = 600, 40
FIRST_YEAR = 2012
READY, READY_NAME, SEEN = "nurse-ready", "林若溪", "nurse-registered"
DEPARTMENTS = ("内科", "外科", "急诊科", "儿科", "妇产科", "重症医学科", "手术室", "门诊部")
KINDS = (("clinical", 0.78), ("community", 0.1), ("management", 0.07), ("midwifery", 0.05))
_ONE = timedelta(days=1)


@dataclass(slots=True)
class Nurse:
    """Somebody registered at an institution since a day; nobody's for who only passed the examination."""

    person: Person
    since: date
    institution: Institution | None
    number: str = ""


def write(dice: Dice, institutions: list[Institution], population: Population, today: date) -> list[Nurse]:
    """Identities, examinations and registrations of the city's nurses, found by name and number."""
    nurses = list(_invent(dice, institutions, population, today))
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="demo:nurses", reason="护士登记数据导入") as change:
        subjects_of([each.person for each in nurses], change)
        for each in nurses:
            each.person.office = each.institution.authority_scope if each.institution else each.person.office
        write_new(PersonIdentity, (identity_row(each.person) for each in nurses), change)
        write_new(NurseExamResult, (_exam(each) for each in nurses), change)
        write_new(NurseRegistration, (row for each in nurses for row in _terms(each, dice, today)), change)
    people = [each.person for each in nurses]
    seen = [(each.person.subject, each.institution.scope) for each in nurses if each.institution]
    identify(people, {each.subject: [each.office] for each in people}, seen)
    return nurses


def _invent(dice: Dice, institutions: list[Institution], population: Population, today: date) -> Iterator[Nurse]:
    open_now = [each for each in institutions if each.takes(today)]
    serials: Counter[int] = Counter()
    for count in range(REGISTERED):
        since = dice.day_between(date(FIRST_YEAR, 1, 5), today - timedelta(days=60))
        place = open_now[0] if count == 0 else dice.weighted([(each, each.weight) for each in open_now])
        person = population.person(since - timedelta(days=120), name=SEEN_NAME if count == 0 else "")
        serials[since.year] += 1
        number = make_nurse_number(since.year, "11", serials[since.year])
        yield Nurse(person, since, place if place.opened <= since else open_now[0], number)
    for count in range(CANDIDATES):
        passed = date(today.year, *RESULT_DAY)
        yield Nurse(population.person(passed, name=READY_NAME if count == 0 else ""), passed, None)


SEEN_NAME = "苏知夏"
"""The nurse whose account shows a registration."""


def _terms(nurse: Nurse, dice: Dice, today: date) -> Iterator[dict[str, Any]]:
    """A version for each term; one in thirty did not renew the last."""
    if nurse.institution is None:
        return
    said = {
        "number": nurse.number,
        "institution": nurse.institution.subject,
        "department": dice.choice(DEPARTMENTS),
        "work_kind": dice.weighted(KINDS),
        "registered_on": nurse.since,
        "status": "REG",
        "reason": "",
    }
    term, lapses = Term.beginning(nurse.since), dice.happens(1 / 30)
    while True:
        following = Term.beginning(term.last + _ONE)
        last = following.first > today or (lapses and following.last >= today)
        until = FOREVER if last else following.first
        yield fact_row(nurse.person, LINE, term.first) | said | {
            "valid_to": until, "term_from": term.first, "term_to": term.last,
        }  # fmt: skip
        if last:
            return
        term = following


def _exam(nurse: Nurse) -> dict[str, Any]:
    year = nurse.since.year
    on = date(year, *RESULT_DAY)
    return fact_row(nurse.person, f"nurse_exam:{year}", on) | {
        "valid_to": one_day(on)[1], "exam_year": year, "exam_region": "11", "passed": True,
        "score_practice": 340, "score_ability": 352, "passed_on": on, "full_time": True, "internship_months": 9,
        "school": "华北示范护理学院", "major": "护理学", "pass_certificate": f"HS{year}{nurse.person.subject:06d}",
    }  # fmt: skip


def identify(people: list[Person], offices: Mapping[int, list[int]], seen: Iterable[tuple[int, int]]) -> None:
    """Numbers into the vault, names into the search of these offices by subject; institutions may see their own."""
    vault.store_many(
        [(each.subject, "resident_id", each.identity_number) for each in people]
        + [(each.subject, "mobile", each.mobile) for each in people]
    )
    index_names([(each.subject, each.name, office) for each in people for office in offices[each.subject]])
    Access.objects.bulk_create(
        [Access(subject_id=subject, scope_id=scope, cause="registration") for subject, scope in seen], batch_size=2000
    )
