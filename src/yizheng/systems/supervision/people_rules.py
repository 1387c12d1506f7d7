"""Rules about doctors and nurses: who practises without being registered for it, and who should no longer be registered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from yizheng.kernel import scopes
from yizheng.kernel.calendar.periods import add_months
from yizheng.kernel.identifiers.resident import birth_date_of, check_character, to_eighteen
from yizheng.kernel.statutes import nurse_regulation, nurse_rules, physicians_law
from yizheng.systems.supervision.declaring import Found, rule
from yizheng.systems.supervision.world import NURSING, DoctorRow, NurseRow, Service, World

_RESIDENT = "居民身份证"
_GENERAL_PRACTICE = "21"
_CHINESE_MEDICINE = "中医"
_ASSISTANT = "assistant"
_ENDING_BANS = ("criminal", "revoked")
_MONTHS_WITHOUT_PLACE = 24
_DAYS_BEFORE_END = 30
_DAYS_TO_CHANGE = 7


def _by_doctors(world: World) -> Iterator[tuple[Service, list[DoctorRow]]]:
    """The services of registered doctors with their registrations of that day."""
    for service in world.done:
        if service.role == "doctor" and (rows := world.doctor_rows(service.person_id, service.date)):
            yield service, rows


@rule("D01", "无执业注册开展诊疗", physicians_law(13), physicians_law(59))
def unregistered_doctor(world: World) -> Found:
    """A doctor without a registration that day, or a student whose supervisor has none."""
    for service in world.done:
        student = service.role == "student" and service.kind != NURSING
        if service.role != "doctor" and not student:
            continue
        answerable = service.supervisor_id if student else service.person_id
        if not world.doctor_rows(answerable, service.date):
            yield service.person_id, service.date


@rule("D02", "执业地点不符", physicians_law(14), physicians_law(18))
def doctor_elsewhere(world: World) -> Found:
    """Registered, but not here, not exempt, and of no alliance with this institution."""
    for service, rows in _by_doctors(world):
        places = {place for row in rows for place in row.places(service.date)}
        if service.institution in places or world.exempt(service.person_id, service.institution, service.date):
            continue
        if not world.allied(places, service.institution):
            yield service.person_id, service.date


@rule("D04", "超执业范围", physicians_law(14), physicians_law(57))
def doctor_beyond_scope(world: World) -> Found:
    """No registration fits the subject; emergencies, general practice and Chinese medicine always do."""
    for service, rows in _by_doctors(world):
        if service.kind != "emergency" and service.subject and not any(_fits(row, service.subject) for row in rows):
            yield service.person_id, service.date


def _fits(row: DoctorRow, subject: str) -> bool:
    if row.scope == _GENERAL_PRACTICE or row.category == _CHINESE_MEDICINE:
        return True
    return scopes.covers(row.scope, subject)


@rule("D06", "助理医师独立执业", physicians_law(34))
def assistant_alone(world: World) -> Found:
    """Only an assistant and nobody to guide; in townships and villages they may."""
    for service, rows in _by_doctors(world):
        if service.supervisor_id or any(row.level != _ASSISTANT for row in rows):
            continue
        place = world.by_id.get(service.institution)
        if not (place and (place.category.startswith("C") or place.category == "D600")):
            yield service.person_id, service.date


@rule("D07", "死亡仍在册", physicians_law(17))
def dead_doctor(world: World) -> Found:
    """Reported dead and still registered."""
    yield from (row.id_no for row in world.active_doctors if row.id_no in world.dead)


@rule("D08", "受刑事处罚、吊销仍在册", physicians_law(16), physicians_law(17))
def barred_doctor(world: World) -> Found:
    """Sentenced or revoked and still registered."""
    barred = world.banned(*_ENDING_BANS)
    yield from (row.id_no for row in world.active_doctors if row.id_no in barred)


@rule("D09", "中止执业满二年未注销", physicians_law(17))
def idle_doctor(world: World) -> Found:
    """Two years without an institution and no proof of a good reason."""
    for row in world.doctors:
        since = row.no_institution_since if row.absence_proof in ("", "no") else None
        if since and add_months(since, _MONTHS_WITHOUT_PLACE) <= world.today:
            yield row.id_no


@rule("D11", "一人多证、一证多人", physicians_law(13))
def doubled_doctor(world: World) -> Found:
    """One person with two licences in one category, or one licence with two persons."""
    licences: dict[tuple[str, str], set[str]] = defaultdict(set)
    holders: dict[str, set[str]] = defaultdict(set)
    for row in world.active_doctors:
        if row.licence_no:
            licences[row.id_no, row.category].add(row.licence_no)
            holders[row.licence_no].add(row.id_no)
    yield from (person for (person, _), held in licences.items() if len(held) > 1)
    yield from (person for people in holders.values() if len(people) > 1 for person in people)


@rule("D12", "证件号码校验错")
def wrong_number(world: World) -> Found:
    """A resident's number with an unreal birth date or a wrong check character (GB 11643)."""
    for row in world.doctors:
        if row.id_type == _RESIDENT and not _is_resident_number(row.id_no):
            yield row.id_no


def _is_resident_number(number: str) -> bool:
    if len(number) == 15 and number.isascii() and number.isdecimal():
        number = to_eighteen(number)
    if len(number) != 18 or not (number.isascii() and number[:17].isdecimal()) or birth_date_of(number) is None:
        return False
    return check_character(number[:17]) == number[17]


def _nursing(world: World) -> Iterator[tuple[Service, str]]:
    """The shifts of nurses and students with whose registration answers for them."""
    for service in world.done:
        if service.kind == NURSING and service.role in ("nurse", "student"):
            yield service, service.supervisor_id if service.role == "student" else service.person_id


@rule("N01", "无护士执业注册从事护理", nurse_regulation(7), nurse_regulation(21))
def unregistered_nurse(world: World) -> Found:
    """A nurse without a registration that day, or a student whose supervisor has none."""
    for service, answerable in _nursing(world):
        if not world.nurse_rows(answerable, service.date):
            yield service.person_id, service.date


@rule("N02", "护士注册有效期届满未延续", nurse_regulation(8), nurse_regulation(10))
def nurse_over(world: World) -> Found:
    """The term is over and renewal was not applied for within it."""
    for row in world.active_nurses:
        if row.valid_to is None or world.today <= row.valid_to:
            continue
        if row.renewal_applied is None or row.renewal_applied > row.valid_to:
            yield row.id_no


@rule("N03", "应延续未申请", nurse_regulation(10))
def nurse_late(world: World) -> Found:
    """Less than thirty days are left and nobody has applied."""
    for row in world.active_nurses:
        if row.valid_to is None or world.known(row.renewal_applied):
            continue
        if row.valid_to - timedelta(days=_DAYS_BEFORE_END) < world.today <= row.valid_to:
            yield row.id_no


@rule("N04", "护士执业地点未变更", nurse_regulation(9), nurse_regulation(21))
def nurse_elsewhere(world: World) -> Found:
    """A nurse works where she is not registered; a reported change counts for seven working days."""
    for service in world.done:
        if service.kind != NURSING or service.role != "nurse":
            continue
        rows = world.nurse_rows(service.person_id, service.date)
        here = any(_works_here(world, row, service) for row in rows)
        if rows and not here and not world.exempt(service.person_id, service.institution, service.date):
            yield service.person_id, service.date


def _works_here(world: World, row: NurseRow, service: Service) -> bool:
    if service.institution == row.main:
        return True
    if any(place.institution == service.institution and place.holds(service.date) for place in row.others):
        return True
    if row.change_reported is None or row.change_to != service.institution:
        return False
    last = world.calendar.add_working_days(row.change_reported, _DAYS_TO_CHANGE)
    return row.change_reported <= service.date <= last


@rule("N05", "同一护士多机构在册", nurse_regulation(9))
def doubled_nurse(world: World) -> Found:
    """Two registrations with different main institutions."""
    mains: dict[str, set[str]] = defaultdict(set)
    for row in world.active_nurses:
        mains[row.id_no].add(row.main)
    yield from (person for person, held in mains.items() if len(held) > 1)


@rule("N06", "死亡、刑罚仍在册", nurse_rules(18))
def ended_nurse(world: World) -> Found:
    """Dead, sentenced or revoked and still registered."""
    ended = world.dead | world.banned(*_ENDING_BANS)
    yield from (row.id_no for row in world.active_nurses if row.id_no in ended)
