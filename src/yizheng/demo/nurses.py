"""The nurses of the city: three thousand in every state with their terms and certificates, and some who only passed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.demo.chronicle import fact_row, identity_row, subjects_of, write_new
from yizheng.demo.credentials import MOST_CHANGES
from yizheng.demo.dice import Dice
from yizheng.demo.institutions import HOSPITAL, Institution
from yizheng.demo.people import Person, Population
from yizheng.documents import numbers
from yizheng.documents.authorities import authority
from yizheng.documents.certificates import Draft, issue_many
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers.certificates import make_nurse_number
from yizheng.people import vault
from yizheng.people.models import Access
from yizheng.people.searching.search import index_names
from yizheng.registry import FOREVER, ChangeKind, changing
from yizheng.registry.periods import one_day
from yizheng.systems.nurses.item import NURSE_CERTIFICATE
from yizheng.systems.nurses.models import LINE, RESULT_DAY, NurseExamResult, NurseFiling, NurseRegistration
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.filings import filing_line
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.places import CITY, place_name

REGISTERED, CANDIDATES, DUE, FILED = 3000, 40, 300, 120
"""Nurses ever registered, of whom so many are due at one hospital and so many filed at a further one; and who only passed."""
FIRST_YEAR = 2012
READY, SEEN, RENEWING, EXPIRED, COMING = (
    "nurse-ready",
    "nurse-registered",
    "nurse-renewing",
    "nurse-expired",
    "nurse-coming",
)
NAMES = {READY: "林若溪", SEEN: "苏知夏", RENEWING: "程以宁", EXPIRED: "方若水", COMING: "白清禾"}
"""The nurses with an account: passed, registered, due, over since yesterday, known from nowhere yet."""
DEPARTMENTS = ("内科", "外科", "急诊科", "儿科", "妇产科", "重症医学科", "手术室", "门诊部")
KINDS = (("clinical", 0.78), ("community", 0.1), ("management", 0.07), ("midwifery", 0.05))
LAPSED = "lapsed"
AT_HOSPITAL = range(3, 15)
"""Of those due, the ones who work where most of the demonstration takes place."""
FATES = (
    ("", 0.9), (LAPSED, 0.03), ("SUSP", 0.005), ("DEREG", 0.03), ("REVOKED", 0.004), ("ANNULLED", 0.003), ("MIL", 0.006),
    ("MOVED", 0.022),
)  # fmt: skip
"""How registrations stand today, and how many of them do."""
REASONS = {"DEREG": "N06", "REVOKED": "N02", "ANNULLED": "N05", "MIL": "N07"}
_ONE = timedelta(days=1)


@dataclass(slots=True)
class Nurse:
    """Somebody registered at an institution since a day; nobody's for who only passed the examination."""

    person: Person
    since: date
    institution: Institution | None
    number: str = ""
    fate: str = ""
    further: Institution | None = None
    """Another institution she filed."""


def write(dice: Dice, institutions: list[Institution], population: Population, today: date) -> list[Nurse]:
    """Identities, examinations, registrations and certificates of the city's nurses, found by name and number."""
    nurses = list(_invent(dice, institutions, population, today))
    rows: list[dict[str, Any]] = []
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="demo:nurses", reason="护士登记数据导入") as change:
        subjects_of([each.person for each in nurses], change)
        for each in nurses:
            each.person.office = each.institution.authority_scope if each.institution else each.person.office
            rows += _versions(each, dice, today)
        write_new(PersonIdentity, (identity_row(each.person) for each in nurses), change)
        write_new(NurseExamResult, (_exam(each) for each in nurses if each.person.name != NAMES[COMING]), change)
        write_new(NurseRegistration, rows, change)
        write_new(NurseFiling, (_filing(each, today) for each in nurses if each.further), change)
    held = [each for each in nurses if each.number]
    given = (numbers.given_nurse_number(each.number, f"subject:{each.person.subject}") for each in held)
    numbers.record_given(numbers.NURSE_SERIES, given)
    people = [each.person for each in nurses]
    seen = [
        (each.person.subject, house.scope) for each in nurses for house in (each.institution, each.further) if house
    ]
    identify(people, {each.subject: [each.office] for each in people}, seen)
    issue_many(_certificates(nurses, rows, today, change.id))
    return nurses


def _invent(dice: Dice, institutions: list[Institution], population: Population, today: date) -> Iterator[Nurse]:
    open_now = [each for each in institutions if each.takes(today)]
    serials: Counter[int] = Counter()
    for count, name, last in _registered(dice, today):
        since = last or dice.day_between(date(FIRST_YEAR, 1, 5), today - timedelta(days=60))
        place = open_now[0] if last or name else dice.weighted([(each, each.weight) for each in open_now])
        if count in AT_HOSPITAL:
            place = next(each for each in open_now if each.name == HOSPITAL)
        place = place if place.opened <= since else open_now[0]
        serials[since.year] += 1
        number = make_nurse_number(since.year, "11", serials[since.year])
        fate = LAPSED if name == NAMES[EXPIRED] else "" if last or name else dice.weighted(FATES)
        further = dice.choice(open_now) if not last and not fate and count % (REGISTERED // FILED) == 0 else None
        person = population.person(since - timedelta(days=120), name=name)
        yield Nurse(person, since, place, number, fate, None if further is place else further)
    passed = date(today.year, *RESULT_DAY)
    for name in (NAMES[READY], NAMES[COMING], *[""] * (CANDIDATES - 2)):
        yield Nurse(population.person(passed, name=name), passed, None)


def _registered(dice: Dice, today: date) -> Iterator[tuple[int, str, date | None]]:
    """Number, name and first day of those who have one of their own: the accounts, and who is due at the hospital."""

    def ten_years_to(last: date) -> date:
        return add_years(last + _ONE, -10)

    yield 0, NAMES[SEEN], None
    yield 1, NAMES[RENEWING], ten_years_to(today + timedelta(days=50))
    yield 2, NAMES[EXPIRED], ten_years_to(today - _ONE)
    for count in range(3, REGISTERED):
        yield count, "", ten_years_to(today + timedelta(days=dice.randint(32, 85))) if count < DUE + 3 else None


def _versions(nurse: Nurse, dice: Dice, today: date) -> list[dict[str, Any]]:
    """A version for each term; the last is laid over by a suspension, or followed by what ended it."""
    if nurse.institution is None:
        return []
    said = {
        "number": nurse.number, "institution": nurse.institution.subject, "department": dice.choice(DEPARTMENTS),
        "work_kind": dice.weighted(KINDS), "registered_on": nurse.since, "status": "REG", "reason": "",
    }  # fmt: skip
    rows = [
        fact_row(nurse.person, LINE, term.first)
        | said
        | {"valid_to": until, "term_from": term.first, "term_to": term.last}
        for term, until in _terms(nurse, today)
    ]
    last, began = rows[-1], rows[-1]["valid_from"]
    if nurse.fate in ("", LAPSED):
        return rows
    if nurse.fate == "SUSP":
        first = max(began + _ONE, today - timedelta(days=60))
        ends = first + timedelta(days=200)
        rows += [last | {"valid_from": first, "valid_to": ends, "status": "SUSP"}, last | {"valid_from": ends}]
    else:
        first = dice.day_between(began + _ONE, max(began + _ONE, today - timedelta(days=5)))
        rows.append(last | {"valid_from": first, "status": nurse.fate, "reason": REASONS.get(nurse.fate, "")})
    rows[len(rows) - (2 if nurse.fate == "SUSP" else 1) - 1] = last | {"valid_to": first}
    return rows


def _terms(nurse: Nurse, today: date) -> Iterator[tuple[Term, date]]:
    """Each term and the day the next one begins; who lapsed did not renew the last."""
    term = Term.beginning(nurse.since)
    while True:
        following = Term.beginning(term.last + _ONE)
        last = following.first > today or (nurse.fate == LAPSED and following.last >= today)
        yield term, FOREVER if last else following.first
        if last:
            return
        term = following


def _filing(nurse: Nurse, today: date) -> dict[str, Any]:
    assert nurse.further is not None
    on = max(nurse.since, nurse.further.opened, today - timedelta(days=300))
    return fact_row(nurse.person, filing_line(nurse.further.subject), on) | {
        "authority_scope": nurse.further.authority_scope, "institution": nurse.further.subject,
        "department": "门诊部", "schedule": "每周六上午", "filed_on": on,
    }  # fmt: skip


def _certificates(nurses: list[Nurse], rows: list[dict[str, Any]], today: date, change_id: int) -> Iterator[Draft]:
    """A certificate for everybody whose registration stands; each renewal is a row of it."""
    terms: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        terms[row["subject_id"]].append(row)
    for nurse in nurses:
        house = nurse.institution
        if house is None or nurse.fate not in ("", LAPSED, "SUSP"):
            continue
        said = terms[nurse.person.subject]
        issuer = authority(house.authority).name
        began = {row["term_to"]: row["term_from"] for row in said}
        ends = list(began)
        renewals = [
            [f"延续注册，有效期至{long_date(end)}", (began[end] - timedelta(days=20)).isoformat(), issuer]
            for end in ends[1:]
        ]
        yield Draft(
            kind=NURSE_CERTIFICATE.code, subject_id=nurse.person.subject, authority_scope=house.authority_scope,
            fields={
                "number": nurse.number, "issuer": issuer, "name": nurse.person.name,
                "sex": sex_word(nurse.person.sex), "identity_number": nurse.person.identity_number,
                "place": place_name(CITY), "institution": house.name, "registered_on": long_date(nurse.since),
                "term_to": long_date(ends[-1]), "changes": renewals[-MOST_CHANGES:],
            },
            issued_on=nurse.since, change_id=change_id,
        )  # fmt: skip


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
