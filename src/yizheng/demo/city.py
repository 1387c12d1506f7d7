"""The demonstration city: institutions, doctors with years of history, cases in every state, accounts for every role.

Everything is invented and deterministic. It is written in one transaction, so a build that was killed leaves nothing
and the next one begins again; where the city stands already nothing is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from yizheng.demo import (
    adverts,
    articles,
    cases,
    channels,
    corrections,
    credentials,
    files,
    filings,
    founding,
    infection,
    institution_cases,
    nurses,
    past,
    problems,
    scenarios,
    sequelae,
    service,
    sign_ins,
    standing,
)
from yizheng.demo.careers import Careers
from yizheng.demo.chronicle import Chronicle
from yizheng.demo.dice import SEED, Dice
from yizheng.demo.institutions import Institution, invented
from yizheng.demo.making import Making
from yizheng.demo.nurses import identify
from yizheng.demo.people import FIRST_YEAR, LONG, Person, Population
from yizheng.disclosure.publishing import republish_all
from yizheng.documents.certificates import issue_many
from yizheng.kernel.remembering import together
from yizheng.licensing.dated_numbers import NUMBERS
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.rights.reach import JURISDICTIONS
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import load_jurisdictions
from yizheng.people.searching.search import index_names
from yizheng.systems.doctors.checks.periods import PERIODS
from yizheng.systems.doctors.reading.held import HELD
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.identities import IDENTITIES
from yizheng.systems.practitioners.item import ENTRIES, OFFICES
from yizheng.systems.practitioners.registered import ELSEWHERE

DOCTORS = 3000
CANDIDATES = 150
"""Of them: qualified and not registered, the applicants of the cases."""
UNTRAINED = 8
"""The first of them, whose cases are drafts, may still lack the training a late application needs."""

_READ_ONCE = (
    JURISDICTIONS, vault.KEYS, OFFICES, NUMBERS, PERIODS, licences.LICENSED, ENTRIES, IDENTITIES, ELSEWHERE, permits.HELD, HELD,
)  # fmt: skip
"""What every case asks again: it changes with the register alone, and is forgotten of whom the register says something new."""

Progress = Callable[[str], None]


@dataclass(slots=True)
class City:
    """The city while it is being written."""

    today: date
    dice: Dice
    institutions: list[Institution]
    people: list[Person]
    chronicle: Chronicle
    population: Population


def build(progress: Progress) -> bool:
    """Write the city if it is not there, reporting each step in words; whether it was written."""
    with transaction.atomic():
        if Account.objects.filter(username=sign_ins.READY_DOCTOR).exists():
            return False
        load_jurisdictions()
        with together(*_READ_ONCE), acting_as_system("建立演示城市"):
            _write(progress)
    return True


def _write(progress: Progress) -> None:
    progress("生成机构和人员")
    city = invent(timezone.localdate())
    progress("写入 60 家机构和 3000 名医师的登记历史")
    city.chronicle.write(city.institutions, city.people)
    progress("登记证件号码、姓名检索和机构可见范围")
    _identify(city)
    progress("签发医师执业证书")
    issue_many(credentials.drafts(city.people, city.chronicle.numbers, city.chronicle.changes))
    progress(f"写入 {nurses.REGISTERED} 名护士")
    registered = nurses.write(city.dice, city.institutions, city.population, city.today)
    progress("建立各角色账号")
    chosen = list(scenarios.chosen(city.people))
    sign_ins.make(city.institutions, city.people, city.today, [person for _, _, person in chosen])
    sign_ins.nurses(registered)
    progress("各机关核对更正")
    corrections.write(city.chronicle, city.dice, city.people)
    channels.connect()
    progress("建立各环节办件")
    making = Making(city.dice, city.institutions, city.today)
    past.apply(making, city.people)
    cases.file(making)
    past.act(making, city.people)
    cases.work(making)
    standing.enter(making)
    cases.change(making, chosen)
    founding.file(making)
    filings.file(making, city.people)
    progress(f"写入 {adverts.APPROVED} 件医疗广告")
    adverts.enter(making)
    institution_cases.enter(making)
    problems.enter(making)
    progress("接收考试成绩文件")
    files.take_in(city.people, city.today)
    progress("接收军队卫生部门的交换文件")
    files.exchange(city.dice, city.today)
    progress("写入一个合同年的运维工单")
    service.write(city.today)
    progress("写入医院感染监测报表")
    infection.write(city.dice, city.institutions, city.today)
    progress(f"写入 {sequelae.PEOPLE} 名非典后遗症人员二十年的随访")
    sequelae.write(city.today)
    progress("写入网站文章")
    articles.write()
    progress("向外部系统（模拟）报送")
    channels.tell()
    progress("生成公示数据")
    republish_all()


def invent(today: date) -> City:
    """The city as it would stand on a day, nothing of it written."""
    dice = Dice(SEED)
    institutions = invented(today)
    population, careers = Population(dice), Careers(dice, institutions, today)
    people = [sign_ins.ready_person(population, today), *_candidates(population, dice, today)]
    people += [_absent(population, careers, place) for place in _offices(institutions, sign_ins.PARTIES)]
    while len(people) < DOCTORS:
        qualified_on = dice.day_between(date(FIRST_YEAR, 12, 1), today - timedelta(days=700))
        person = population.person(qualified_on)
        person.career = careers.career(person.level, person.category, qualified_on)
        people.append(person)
    return City(today, dice, institutions, people, Chronicle(today), population)


def _candidates(population: Population, dice: Dice, today: date) -> list[Person]:
    """Most qualified within two years; some later, of whom nearly all were trained since."""
    made = []
    for number in range(CANDIDATES):
        late = number % 5 == 4
        first, last = (today - timedelta(days=1500), today - timedelta(days=800)) if late else (
            today - timedelta(days=600), today - timedelta(days=120),
        )  # fmt: skip
        person = population.person(dice.day_between(first, last), level="1", category="clinical")
        if late and number >= UNTRAINED:
            ended = today - timedelta(days=dice.randint(90, 200))
            person.trained = (ended - timedelta(days=200), ended)
        made.append(person)
    return made


def _offices(institutions: list[Institution], number: int) -> list[Institution]:
    """Institutions in turn: one of Haidian, one of the city, one of Chaoyang, so that their desks have acts of every state."""
    by_office = [[each for each in institutions if each.authority == code] for code in ("110108", "110000", "110105")]
    return [there[0] for _, there in zip(range(number), cycle(by_office), strict=False)]


def _absent(population: Population, careers: Careers, institution: Institution) -> Person:
    """Registered for years, then gone for over two without a word."""
    person = population.person(date(2012, 12, 1), level="1", category="clinical")
    person.career = careers.left(institution, person.qualified_on, LONG)
    return person


def _identify(city: City) -> None:
    """Doctors and institutions are found by number and name, and seen where they practise."""
    vault.store_many([(each.subject, "qualification_number", each.qualification_number) for each in city.people])
    offices, seen = {}, set()
    for person in city.people:
        there = _institutions_of(person)
        offices[person.subject] = sorted({person.office, *(each.authority_scope for each in there)})
        scopes = {scope for each in there for scope in (each.scope, each.authority_scope)}
        seen |= {(person.subject, scope) for scope in scopes - {person.office}}
    identify(city.people, offices, sorted(seen))
    index_names([(each.subject, each.name, each.authority_scope) for each in city.institutions], person=False)


def _institutions_of(person: Person) -> list[Institution]:
    """Where she practises now, mainly and by filing."""
    now = person.career.now
    if now.institution is None or now.status not in ("REG", "SUSP_PENAL"):
        return []
    return [now.institution, *(each.institution for each in person.career.filings)]
