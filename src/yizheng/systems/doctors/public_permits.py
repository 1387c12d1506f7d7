"""What the public may know of doctors outside the register of physicians.

Short-term doctors stand in the same lookup, marked 短期行医, foreign ones by their Latin names with nationality, host and
validity; village doctors are announced to the villagers (乡村医生从业管理条例 第十九条).
"""

from collections.abc import Iterable, Iterator, Sequence

from yizheng.disclosure.records import Milestone, Note, Period, PracticeScope, PractitionerRecord
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.systems.doctors.models import ShortTermPractice, VillageRegistration
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.permit import VALID
from yizheng.systems.practitioners.permit_periods import STANDINGS, hosts_of, latest_of, stood
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.public_periods import Layer, layer
from yizheng.systems.practitioners.surroundings import Surroundings

Permit = ShortTermPractice | VillageRegistration
ENDINGS = {Standing.DEREGISTERED: "短期行医或者乡村执业终止", Standing.REVOKED: "被吊销执业证书"}
"""The categories under which endings of permits are announced; their reasons may be matters of health."""
BEHIND_REGISTRATIONS = 9
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
    latest = latest_of(begun, around.today)
    hosts = hosts_of(begun, latest, around)
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
        for standing, since, until in stood(each):
            allowed = scopes if standing != Standing.EXPIRED else ()
            because = ENDINGS.get(standing, "")
            for first, last, name in around.renamed(each.institution_id, since, until):
                period = Period(standing, first, last, name, scopes=allowed, because=because, **other)
                yield layer(period, BEHIND_REGISTRATIONS)


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
