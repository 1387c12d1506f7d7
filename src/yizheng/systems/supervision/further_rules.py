"""The rules that need whole registers: they compare slices with each other, with what is published, certified and decided.

A small world given as files has none of that, so its calculator does not ask them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from yizheng.kernel import scopes
from yizheng.kernel.calendar.periods import full_years
from yizheng.kernel.scopes import Fit
from yizheng.kernel.statutes import Article, institution_regulation, licensing_law, nurse_regulation, physicians_law
from yizheng.systems.supervision.declaring import Found, SupervisionRule
from yizheng.systems.supervision.world import World

_DENTAL, _CHINESE = "12", ("50", "51", "52")
_TECHNICIANS = ("30", "32")
_ADULT, _OLDEST = 18, 100
_NURSES_PER_BED = 0.4
_GRADED = ("2", "3")


@dataclass(frozen=True)
class Registers:
    """What is known beside the world: whole registers and their shadows, by subject."""

    world: World
    levels: Mapping[str, str] = field(default_factory=dict)
    """The level of an institution."""
    births: Mapping[str, date] = field(default_factory=dict)
    qualified: Mapping[str, date] = field(default_factory=dict)
    """The day of the first qualification."""
    failed: frozenset[str] = frozenset()
    """Who failed the last assessment or did not take part, and has not passed since."""
    expired_permits: frozenset[str] = frozenset()
    """Whose short-term permit stands in the register after its last day."""
    published: Mapping[str, str] = field(default_factory=dict)
    """The practice number the public reads; a doctor who is not shown is missing."""
    certified: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The numbers of the certificates in force."""
    national: Mapping[str, str] | None = None
    """What the national register says of a practice number: the institution's number; nothing where no extract was taken in."""
    granted: frozenset[str] = frozenset()
    """Cases granted."""
    entered: frozenset[str] = frozenset()
    """Cases that changed the register."""
    faulty_codes: frozenset[str] = frozenset()
    """Whose version holds a code that its table does not know on its day."""


FURTHER: dict[str, tuple[SupervisionRule, Callable[[Registers], Found]]] = {}


def further(
    code: str, title: str, *articles: Article
) -> Callable[[Callable[[Registers], Found]], Callable[[Registers], Found]]:
    """Declare the function below as a rule over whole registers."""

    def declare(find: Callable[[Registers], Found]) -> Callable[[Registers], Found]:
        FURTHER[code] = (SupervisionRule(code, title, articles, lambda _world: iter(())), find)
        return find

    return declare


@further("D03", "超执业类别", physicians_law(14), physicians_law(57))
def beyond_category(registers: Registers) -> Found:
    """Dental work without a dental registration, or clinical work of a dentist or a public health doctor; Chinese medicine may both."""
    world = registers.world
    for service in world.done:
        if service.role != "doctor" or service.kind == "emergency" or not service.subject:
            continue
        rows = world.doctor_rows(service.person_id, service.date)
        if rows and not any(_category_fits(row.category, service.subject) for row in rows):
            yield service.person_id, service.date


def _category_fits(category: str, subject: str) -> bool:
    if category.startswith("中"):
        return True
    if subject.partition(".")[0] == _DENTAL:
        return category == "口腔"
    if subject.partition(".")[0] in _CHINESE:
        return category == "临床"  # after training; asked by D04
    return category == "临床" or (category == "公共卫生" and subject.partition(".")[0] == "01")


@further("D05", "执业范围超出机构诊疗科目", institution_regulation(26))
def scope_beyond_house(registers: Registers) -> Found:
    """Registered at an institution none of whose subjects carries the scope."""
    world = registers.world
    for row in world.active_doctors:
        house = world.by_id.get(row.institution)
        if house and not house.gone and house.subjects and row.scope:
            fits = [scopes.fit(each, house.subjects) for each in row.scope.split(";")]
            if all(fit is Fit.NONE for fit in fits):
                yield row.id_no


@further("D10", "定期考核不合格或者未参加仍执业", physicians_law(42), physicians_law(17))
def practising_after_failing(registers: Registers) -> Found:
    """The last assessment was failed or missed, and the registration is in practice."""
    yield from (row.id_no for row in registers.world.active_doctors if row.id_no in registers.failed)


@further("D13", "超龄、未成年异常")
def age_unlikely(registers: Registers) -> Found:
    """Qualified under eighteen, or over a hundred and registered; age alone is no violation."""
    for row in registers.world.active_doctors:
        born, qualified = registers.births.get(row.id_no), registers.qualified.get(row.id_no)
        if born is None:
            continue
        early = qualified is not None and _age(born, qualified) < _ADULT
        if early or _age(born, registers.world.today) > _OLDEST:
            yield row.id_no


def _age(born: date, day: date) -> int:
    """Whole years on a day: a birthday counts on the day itself."""
    return full_years(born, day - timedelta(days=1))


@further("D14", "短期行医许可期满", physicians_law(13))
def permit_over(registers: Registers) -> Found:
    """A short-term permit whose last day is over and that was not ended."""
    yield from registers.expired_permits


@further("I11", "诊疗科目无相应注册医师", institution_regulation(15))
def subject_without_doctor(registers: Registers) -> Found:
    """A subject of the licence that the scope of nobody registered or filed there carries; technicians' subjects aside."""
    world = registers.world
    held: dict[str, set[str]] = defaultdict(set)
    for row in world.active_doctors:
        for place in row.places(world.today):
            held[place].update(row.scope.split(";"))
    for house in world.institutions:
        asked = (each for each in house.subjects if each.partition(".")[0] not in _TECHNICIANS)
        wanted = [subject for subject in asked if scopes.scopes_of(subject)]
        empty = any(not held[house.id] & set(scopes.scopes_of(subject)) for subject in wanted)
        if house.status in ("active", "filed") and wanted and empty:
            yield house.id


@further("I14", "人员配备低于基本标准", nurse_regulation(20), institution_regulation(15))
def too_few_nurses(registers: Registers) -> Found:
    """A hospital of the second or third level with fewer than four nurses to ten beds (医疗机构基本标准)."""
    world = registers.world
    nurses: dict[str, set[str]] = defaultdict(set)
    for row in world.active_nurses:
        nurses[row.main].add(row.id_no)
    for house in world.institutions:
        graded = registers.levels.get(house.id) in _GRADED and house.status == "active"
        if graded and house.beds and len(nurses[house.id]) < house.beds * _NURSES_PER_BED:
            yield house.id


@further("X01", "登记库与公示不一致", physicians_law(21))
def published_otherwise(registers: Registers) -> Found:
    """The public reads another number than the register has, or does not find the doctor."""
    for row in registers.world.active_doctors:
        if row.licence_no and registers.published.get(row.id_no) != row.licence_no:
            yield row.id_no


@further("X02", "登记库与电子证照不一致", physicians_law(13))
def certified_otherwise(registers: Registers) -> Found:
    """Registered under a number of which no certificate is in force."""
    for row in registers.world.active_doctors:
        if row.licence_no and row.licence_no not in registers.certified.get(row.id_no, frozenset()):
            yield row.id_no


@further("X03", "登记库与国家库不一致")
def national_otherwise(registers: Registers) -> Found:
    """The national register knows the practice number under another institution, or not at all."""
    if registers.national is None:
        return
    for row in registers.world.active_doctors:
        house = registers.world.by_id.get(row.institution)
        if house and row.licence_no and registers.national.get(row.licence_no) != house.reg_no:
            yield row.id_no


@further("X04", "办件与登记不一致", licensing_law(38), licensing_law(42))
def granted_and_not_entered(registers: Registers) -> Found:
    """A case that was granted and changed nothing in the register."""
    yield from sorted(registers.granted - registers.entered)


@further("X08", "代码值不在代码表或者已停用")
def code_unknown(registers: Registers) -> Found:
    """A version with a code that its table does not know, or not on its day."""
    yield from sorted(registers.faulty_codes)


def all_rules() -> Iterator[SupervisionRule]:
    """Every declared rule over whole registers."""
    return (rule for rule, _ in FURTHER.values())
