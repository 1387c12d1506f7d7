"""What the register says of a doctor on one day, as pairs; and whether knowledge of that day has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from yizheng.kernel.codes import name_of
from yizheng.registry.models import Fact
from yizheng.systems.doctors.models import (
    InstitutionFiling,
    MilitaryTransfer,
    PeriodicAssessment,
    Qualification,
    Registration,
    ShortTermPractice,
    SpecialQualification,
    TeamPermit,
    VillageRegistration,
)
from yizheng.systems.doctors.pages import permit_words
from yizheng.systems.doctors.pages.moment import Moment
from yizheng.systems.doctors.pages.wording import Wording, reason_words, standing
from yizheng.systems.practitioners.models import (
    ConductRecord,
    PenaltyRecord,
    PersonIdentity,
    ProfessionalTitle,
)
from yizheng.systems.practitioners.places import place_name
from yizheng.systems.record import Record


def registrations(facts: Iterable[Fact]) -> list[Registration]:
    """The registrations among the facts, the one that counts first."""
    found = [each for each in facts if isinstance(each, Registration)]
    return sorted(found, key=lambda each: (not each.stands, not each.is_primary, each.level, each.line))


def identity(facts: Iterable[Fact]) -> PersonIdentity | None:
    """Who she is, as the facts say."""
    return next((each for each in facts if isinstance(each, PersonIdentity)), None)


def sections(facts: Iterable[Fact], words: Wording, *, partly: bool = False) -> list[dict[str, Any]]:
    """The entries of a day: a section a registration, then what stands beside them.

    `partly`: another authority holds the rest, so what is missing here is not said to be missing.
    """
    kept = list(facts)
    held = registrations(kept)
    made = [_registration(each, words, several=len(held) > 1) for each in held]
    if not held:
        made = [{"title": "", "word": standing(None), "rows": []}]
    filings = [each for each in kept if isinstance(each, InstitutionFiling)]
    made[-1]["rows"].append(
        (
            "多机构备案",
            "；".join(words.names.institution(each.institution_id) for each in filings) or "无",
            True,
        )
    )
    qualified = [each for each in kept if isinstance(each, Qualification)]
    made[-1]["rows"].append(("医师资格", "；".join(_qualification(each) for each in qualified) or "无", True))
    made[-1]["rows"] += _beside(kept, words)
    made[-1]["rows"].extend(beside(kept, words))
    if partly:
        made[-1]["rows"] = [row for row in made[-1]["rows"] if row[1] != "无"]
    return made


def beside(facts: Iterable[Fact], words: Wording) -> Iterator[tuple[str, str, bool]]:
    """What stands beside a registration: special qualifications, short-term practice, a village registration."""
    kept = list(facts)
    special = [each for each in kept if isinstance(each, SpecialQualification)]
    if special:
        said = (f"{permit_words.title(each)}　{words.says(each)}" for each in special)
        yield "专项资格", "；".join(said), True
    for each in kept:
        if isinstance(each, ShortTermPractice | VillageRegistration | TeamPermit):
            yield words.line(each), words.says(each), True


def _registration(held: Registration, words: Wording, *, several: bool) -> dict[str, Any]:
    level = f"{name_of('practice_level', held.level)}　{name_of('practice_category', held.category)}"
    rows: list[tuple[str, str, bool]] = [("级别类别", level, False)]
    if held.reason:
        rows.append(("状态原因", reason_words(held.reason), False))
    rows += [
        ("主要机构", words.names.institution(held.institution_id) or "无", False),
        ("执业范围", held.scope_text or words.value(held, "scopes") or "无", False),
        ("执业地点", place_name(held.place) or "未定", False),
        ("科室", held.department, False),
        ("首次执业", held.first_practised_on.isoformat(), False),
        ("主管", words.names.office(held.authority_scope), False),
    ]
    title = words.line(held) if several else ""
    return {"title": title, "word": standing(held), "rows": [row for row in rows if row[1]]}


def _beside(kept: list[Fact], words: Wording) -> list[tuple[str, str, bool]]:
    """Title, the last assessment, penalties, conduct and transfers to and from the forces, where there are any."""
    rows: list[tuple[str, str, bool]] = []
    titles = [each for each in kept if isinstance(each, ProfessionalTitle)]
    assessed = sorted((each for each in kept if isinstance(each, PeriodicAssessment)), key=_happened)
    punished = sorted((each for each in kept if isinstance(each, PenaltyRecord)), key=_happened)
    behaved = sorted((each for each in kept if isinstance(each, ConductRecord)), key=_happened)
    moved = sorted((each for each in kept if isinstance(each, MilitaryTransfer)), key=_happened)
    for label, facts in (
        ("专业职务", titles),
        ("定期考核", assessed[-1:]),
        ("行政处罚", punished),
        ("行为记录", behaved),
        ("军地转换", moved),
    ):
        if facts:
            rows.append((label, "；".join(f"{each.valid_from}　{words.says(each)}" for each in facts), True))
    return rows


def _happened(fact: Fact) -> date:
    return fact.valid_from


def _qualification(held: Qualification) -> str:
    level = name_of("practice_level", held.level)
    return f"{level}　{name_of('practice_category', held.category)}　{held.qualified_on} 取得"


def since_then(record: Record, moment: Moment) -> str:
    """Whether later changes rewrote the day looked at: what was known then beside what is known now."""
    if not moment.is_past or moment.position is None:
        return ""
    said_then = {_said(each) for each in record.on(moment.day, moment.position)}
    said_now = {_said(each) for each in record.on(moment.day)}
    if said_then == said_now:
        return "当时所知与今天所知相同：此后没有变更改写这一天。"
    lines = {(table, line) for table, line, _ in said_then ^ said_now}
    return f"当时所知与今天所知不同：此后的变更改写了这一天的 {len(lines)} 个登记项。"


def _said(version: Fact) -> tuple[str, str, str]:
    return version.fact_table(), version.line, repr(version.what_is_said())
