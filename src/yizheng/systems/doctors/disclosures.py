"""What the public may know of doctors (医师法 第二十一条): registrations as they stand and stood, never a personal number.

Short-term doctors and village doctors come in by `public_permits`; of special qualifications only the specialty of a cosmetic
lead is public. Withheld is everything
`records` has no field for, beside it: reasons of suspensions and endings, what she leads while she may not practise, service in
the forces, moves to other provinces.
"""

from datetime import date
from typing import Any

from yizheng.disclosure.records import PracticeScope, PractitionerRecord
from yizheng.disclosure.sources import Lookup
from yizheng.disclosure.standings import WORDS, Standing
from yizheng.kernel.codes import name_of, table
from yizheng.systems.doctors import public_permits
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.models import InstitutionFiling, Registration, SpecialQualification
from yizheng.systems.doctors.models.registration import UPGRADED
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.places import place_name
from yizheng.systems.practitioners.public import PublicEntry
from yizheng.systems.practitioners.public_periods import Rank
from yizheng.systems.practitioners.special.public import told
from yizheng.systems.practitioners.surroundings import Surroundings


class DoctorsEntry(PublicEntry):
    """Of several registrations the main place and the highest level count."""

    def counting(self, versions: list[Registration]) -> list[Registration]:
        """The main place, the highest level; an assistant's districts follow one another."""
        best = min(versions, key=lambda each: (not each.is_primary, each.level))
        return [each for each in versions if (each.is_primary, each.level) == (best.is_primary, best.level)]

    def history(self, versions: list[Registration]) -> list[Registration]:
        """What came before as well: the assistant's registration out of which the physician's grew, without its end.

        That a district's registration of an assistant was taken over elsewhere is no event.
        """
        told = self.counting(versions)
        if any(each.reason == UPGRADED for each in versions):
            levels, main = {told[0].level, ASSISTANT}, told[0].is_primary
            told = [each for each in versions if each.is_primary == main and each.level in levels]
        return [each for each in told if each.reason != UPGRADED]

    def rank(self, version: Registration) -> Rank:
        """The main place before others, the higher level before the lower."""
        return not version.is_primary, int(version.level)

    def particulars(self, shown: list[Registration], latest: Registration) -> dict[str, Any]:
        """Level, category, place and scopes."""
        return {
            "level": name_of("practice_level", latest.level),
            "category": name_of("practice_category", latest.category),
            "place": place_name(latest.place),
            "scopes": _scopes(shown, latest),
        }

    def period(self, version: Registration, record: PractitionerRecord) -> dict[str, Any]:
        """Scopes, level and place where they differ from the entry's, and why it ended."""
        level, place = name_of("practice_level", version.level), place_name(version.place)
        named = tuple(name_of("practice_scope", code) for code in version.scopes)
        return {
            "level": level if level != record.level else "",
            "place": place if place != record.place else "",
            "because": _because(version),
            "scopes": (version.scope_text,) if version.scope_text else named,
        }

    def begun(self, first: Registration) -> tuple[date, str]:
        """A first registration, one in this city, or one at a further place."""
        if not first.is_primary:
            return first.valid_from, "增加注册"
        return first.valid_from, "首次注册" if first.valid_from <= first.first_practised_on else "在本市注册"

    def difference(self, before: Registration, after: Registration, around: Surroundings) -> str:
        """What a version says otherwise than the one before it: the one thing for which it was entered."""
        house = around.name(after.institution_id, after.valid_from)
        if before.level != after.level:
            return f"注册为{name_of('practice_level', after.level)}：{house}".rstrip("：")
        if before.status != after.status:
            if after.status == Standing.REGISTERED:
                words = "恢复执业" if before.stands else "重新注册"
                return f"{words}：{house}".rstrip("：")
            return WORDS[Standing(after.status)].long
        if before.category != after.category:
            return f"变更执业类别：{name_of('practice_category', after.category)}"
        if before.place != after.place:
            words = "变更执业地点" if before.place else "登记执业地点和执业范围"
            return f"{words}：{house}"
        if before.institution_id != after.institution_id:
            return f"变更主要执业机构：{house}"
        return _scopes_changed(before, after)


def _scopes(versions: list[Registration], latest: Registration) -> tuple[PracticeScope, ...]:
    if latest.scope_text:
        return (PracticeScope(latest.scope_text),)
    first = set(versions[0].scopes)
    shown = []
    for code in latest.scopes:
        since = next(each.valid_from for each in versions if code in each.scopes)
        shown.append(PracticeScope(name_of("practice_scope", code), None if code in first else since))
    return tuple(shown)


def _because(version: Registration) -> str:
    """The category of the reason for which a registration ended; it never names a matter of health."""
    reason = table("doctor_deregistration_reason").get(version.reason)
    return reason.attributes["announced_as"] if reason is not None and not version.stands else ""


def _scopes_changed(before: Registration, after: Registration) -> str:
    if before.scopes == after.scopes:
        return ""
    kept = set(before.scopes) <= set(after.scopes)
    told = [code for code in after.scopes if code not in before.scopes] if kept else after.scopes
    names = "、".join(name_of("practice_scope", code) for code in told)
    return f"增加执业范围：{names}" if kept else f"变更执业范围：{names}"


DoctorsEntry(
    PEOPLE,
    Lookup("doctors", "执业证书编码", digits=15, hidden="资格证书编码", announced=True, leaves=True),
    standing=lambda status: next((each for each in Standing if each == status), None),
    first_registered="first_practised_on",
    filings=InstitutionFiling,
    permits=public_permits,
    beside=told(SpecialQualification, "cosmetic_lead", "医疗美容主诊专业", lambda held: held.about),
).declare()
