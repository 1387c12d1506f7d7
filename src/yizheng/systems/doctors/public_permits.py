"""What the public may know of doctors outside the register of physicians.

Short-term doctors stand in the same lookup, marked 短期行医, foreign ones by their Latin names with nationality, host and
validity; village doctors are announced to the villagers (乡村医生从业管理条例 第十九条).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from yizheng.disclosure.records import Milestone, Note, Period, PracticePlace, PracticeScope, PractitionerRecord
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.models import ShortTermPractice, VillageRegistration
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.permit import VALID
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.public_periods import Layer, layer
from yizheng.systems.practitioners.surroundings import Surroundings

Permit = ShortTermPractice | VillageRegistration
STANDINGS = {
    "VALID": Standing.REGISTERED,
    "SUSPENDED": Standing.SUSPENDED_BY_PENALTY,
    "EXPIRED": Standing.EXPIRED,
    "ENDED": Standing.DEREGISTERED,
    "REVOKED": Standing.REVOKED,
}
ENDINGS = {Standing.DEREGISTERED: "短期行医或者乡村执业终止", Standing.REVOKED: "被吊销执业证书"}
"""The categories under which endings of permits are announced; their reasons may be matters of health."""
BEHIND_REGISTRATIONS = 9
ONE_DAY = timedelta(days=1)
FOREIGN_CATEGORY = "按许可的诊疗项目"
VILLAGE_CATEGORY = "预防、保健和一般医疗服务"


def holders() -> Iterator[int]:
    """Everybody who has or had a short-term practice or a village registration."""
    for kind in (ShortTermPractice, VillageRegistration):
        yield from (kind.objects.current().order_by("subject_id").values_list("subject_id", flat=True).distinct())


def permits_of(ids: Sequence[int]) -> dict[int, list[Permit]]:
    """Their permits of the one kind or the other, oldest first, in two queries."""
    found: dict[int, list[Permit]] = {}
    for kind in (VillageRegistration, ShortTermPractice):
        for row in kind.objects.current().filter(subject_id__in=ids).order_by("valid_from", "line"):
            found.setdefault(row.subject_id, []).append(row)
    return found


def record_of(identity: PersonIdentity, versions: Iterable[Permit], around: Surroundings) -> PractitionerRecord | None:
    """The public record of a person by her permits; short-term practice before a village registration."""
    rows = list(versions)
    short_term = [each for each in rows if isinstance(each, ShortTermPractice)]
    shown: list[Permit] = list(short_term or rows)
    if not shown:
        return None
    begun = [each for each in shown if each.valid_from <= around.today] or shown[:1]
    latest = _latest(begun, around.today)
    hosts = _hosts(begun, latest, around)
    level, category, scopes = _says(latest)
    return PractitionerRecord(
        subject=identity.subject_id,
        name=identity.name,
        sex=identity.sex_word,
        level=level,
        category=category,
        place=place_name(CITY),
        authority=around.offices.get(latest.authority_scope, ""),
        practice_number=latest.certificate_number,
        first_registered=shown[0].valid_from,
        scopes=tuple(map(PracticeScope, scopes)),
        main=hosts[0] if hosts else None,
        others=tuple(hosts[1:]),
        milestones=tuple(milestones(shown, around)),
        notes=tuple(_notes(identity, latest)),
    )


def _latest(versions: list[Permit], today: date) -> Permit:
    """What allows practice today, else what was last entered."""
    valid = [each for each in versions if each.in_force_on(today) and each.allows_practice(today)]
    return max(valid or versions, key=lambda each: (each.valid_from, each.pk))


def _hosts(versions: list[Permit], latest: Permit, around: Surroundings) -> list[PracticePlace]:
    """The hosts of the same certificate, the one that counts first."""
    same = [each for each in versions if each.certificate_number == latest.certificate_number]
    of_latest = [each for each in same if each.in_force_on(around.today)] or [latest]
    ordered = sorted(of_latest, key=lambda each: each.pk != latest.pk)
    return [
        PracticePlace(
            each.institution_id,
            around.name_over(each.institution_id, each.valid_to),
            each.issued_on,
            each.valid_until + ONE_DAY,
        )
        for each in ordered
    ]


def _says(held: Permit) -> tuple[str, str, tuple[str, ...]]:
    """Level, category and scopes of a permit, in words."""
    if isinstance(held, VillageRegistration):
        return name_of("practice_level", "3"), VILLAGE_CATEGORY, (held.services,) if held.services else ()
    category = name_of("practice_category", held.category) if held.category else FOREIGN_CATEGORY
    named = tuple(name_of("practice_scope", code) for code in held.scopes)
    return held.origin_label, category, named or ((held.specialty,) if held.specialty else ())


def layers(versions: Iterable[Permit], around: Surroundings, level: str = "") -> Iterator[Layer]:
    """How these permits stood; what nobody has recorded as expired yet is over after its last day all the same.

    `level` is the level of the entry they stand in, which is said of a day only where it was another.
    """
    for each in versions:
        own, _category, scopes = _says(each)
        other = {"level": own, "place": place_name(CITY)} if own != level else {}
        for standing, since, until in _stood(each):
            allowed = scopes if standing != Standing.EXPIRED else ()
            because = ENDINGS.get(standing, "")
            for first, last, name in around.renamed(each.institution_id, since, until):
                period = Period(standing, first, last, name, scopes=allowed, because=because, **other)
                yield layer(period, BEHIND_REGISTRATIONS)


def _stood(held: Permit) -> Iterator[tuple[Standing, date, date]]:
    """As its status says, a valid one until its last day and as expired after it."""
    over = held.valid_to
    if held.status == VALID:
        over = min(max(held.valid_until + ONE_DAY, held.valid_from), over)
    if held.valid_from < over:
        yield STANDINGS[held.status], held.valid_from, over
    if over < held.valid_to:
        yield Standing.EXPIRED, over, held.valid_to


def milestones(versions: Iterable[Permit], around: Surroundings) -> Iterator[Milestone]:
    """What happened to these permits, in words."""
    known: set[tuple[str, str]] = set()
    for each in versions:
        house = around.name(each.institution_id, each.valid_from)
        if each.status != VALID:
            yield Milestone(each.valid_from, f"{WORDS[STANDINGS[each.status]].long}：{house}".rstrip("："))
        elif (each.line, each.certificate_number) in known:
            yield Milestone(each.valid_from, f"变更登记：{house}".rstrip("："))
        else:
            known.add((each.line, each.certificate_number))
            yield Milestone(each.valid_from, f"{_says(each)[0]}：{house}".rstrip("："))


def _notes(identity: PersonIdentity, latest: Permit) -> Iterator[Note]:
    if isinstance(latest, ShortTermPractice) and latest.origin == FOREIGN:
        yield Note("国籍", name_of("nationality", identity.nationality))
    yield Note("有效期至", long_date(latest.valid_until))
