"""What the rules of a change weigh: the record before and after, who practises here, and what turns with the line of beds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.scopes import scopes_of
from yizheng.licensing.answers import Answers
from yizheng.people.models import Scope
from yizheng.systems.institutions.changes import kinds
from yizheng.systems.institutions.changes.altered import altered, chosen
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.questions import Staff, fitting, who_practises
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.offices import TCM, decides, office_of
from yizheng.systems.institutions.record.rules import LINE_OF_BEDS
from yizheng.systems.institutions.record.stated import Named, Stated
from yizheng.systems.institutions.record.weighing import alike, barred, bearer_of, name_faults
from yizheng.systems.institutions.registration.rules import TermYears
from yizheng.systems.institutions.routes.routes import Planned
from yizheng.systems.institutions.verification.clock import period_months

OF_THE_CITY = ("110000", TCM)


@dataclass(frozen=True)
class Turn:
    """An institution before a change and after it."""

    before: InstitutionLicence
    told: Stated

    @property
    def after(self) -> dict[str, Any]:
        """The entries of the licence after the change."""
        return {**self.before.values(), **self.told.licence}

    @property
    def crosses(self) -> bool:
        """Whether it has a hundred beds on one side of the change alone."""
        after: int = self.after["beds"]
        return (self.before.beds < LINE_OF_BEDS) != (after < LINE_OF_BEDS)

    def office(self, now: Scope) -> Scope:
        """The authority afterwards: another one only where the table decides otherwise than before."""
        before, after = self.before.values(), self.after
        if decides(*_asked(before)) == decides(*_asked(after)):
            return now
        return office_of(after["district"], *_asked(after)) or now

    @property
    def months(self) -> tuple[int, int]:
        """The period of verification before and after."""
        before, after = self.before.values(), self.after
        return _months(before), _months(after)


def weighed(answers: Answers, held: Held) -> Mapping[str, Any]:
    """The fields of `rules.Changing`; call it as the system."""
    licence = held.licence
    if licence is None:
        return {}
    turn, picked = Turn(licence, altered(answers, held)), chosen(answers)
    after, told = turn.after, turn.told
    added, removed = set(after["subjects"]) - set(licence.subjects), set(licence.subjects) - set(after["subjects"])
    return {
        "kinds": tuple(picked),
        "name": after["name"], "category": after["category"], "modes": after["service_modes"],
        "business_nature": after["business_nature"], "uscc": after["uscc"] if kinds.NATURE in picked else "",
        "rows": _rows(after["subjects"], told), "beds": after["beds"], "dental_chairs": after["dental_chairs"],
        "place_subjects": frozenset(code for place in told.places.values() for code in place.get("subjects", ())),
        "barred": barred(told.parties.values(), held.on),
        "name_faults": name_faults(after, _founders(held)) if kinds.NAME in picked else (),
        "taken_by": bearer_of(told, held.on, held.subject_id) if kinds.NAME in picked else "",
        "alike": alike(told, held.on, licence.name) if kinds.NAME in picked else (),
        "unchanged": tuple(_unchanged(answers, held, turn, picked)),
        "leaves": kinds.ADDRESS in picked and _leaves(turn),
        **_staffing(held.subject_id, held.on, sorted(added), removed, after["subjects"]),
        "crossed": _crossed(turn, held.on),
    }  # fmt: skip


def _founders(held: Held) -> list[Named]:
    return [Named(each.values()) for each in held.parties.values()]


def _asked(values: Mapping[str, Any]) -> tuple[str, int, str, str]:
    return values["category"], values["beds"], values["level"], values["economic_type"]


def _months(values: Mapping[str, Any]) -> int:
    return period_months(values["kind"], values["category"], values["economic_type"], values["beds"])


def _rows(subjects: Sequence[str], told: Stated) -> list[dict[str, str]]:
    remarks = {each["clinical_subject"]: each["remark"] for each in told.remarks.values()}
    return [{"subject": code, "remark": remarks.get(code, "")} for code in subjects]


def _unchanged(answers: Answers, held: Held, turn: Turn, picked: frozenset[str]) -> list[str]:
    """The chosen kinds whose entries are stated as they stand."""
    before, after = turn.before.values(), turn.after
    same = {kind: all(before[name] == after[name] for name in names) for kind, names in kinds.ENTRIES.items()}
    standing = {line: each.values() for line, each in held.places.items()}
    same |= {kind: all(before[name] == after[name] for name in names) for kind, names in kinds.SIZES.items()}
    same[kinds.ADDRESS] = after["address"] == before["address"] and dict(turn.told.places) == standing
    remarks = {line: each.values() for line, each in held.remarks.items()}
    same[kinds.SUBJECTS] = after["subjects"] == before["subjects"] and dict(turn.told.remarks) == remarks
    for kind, line in ((kinds.LEGAL, "legal_representative"), (kinds.PRINCIPAL, "principal")):
        stated, stands = turn.told.parties.get(line), held.parties.get(line)
        same[kind] = stated is not None and stands is not None and stated.values["name"] == stands.name
    return [kind for kind in kinds.KINDS if kind in picked and same.get(kind)]


def _leaves(turn: Turn) -> bool:
    organ = (
        "city" if Scope.objects.filter(pk=turn.before.authority_scope, code__in=OF_THE_CITY).exists() else "district"
    )
    moved = Planned(
        turn.before.kind, "address", organ=organ, district_from=turn.before.district, district_to=turn.after["district"]
    )
    return "inst_deregister" in moved.items


def _staffing(institution: int, on: date, added: list[str], removed: set[str], left: Sequence[str]) -> dict[str, Any]:
    people = who_practises.ask(Staff(institution, on)) if added or removed else []
    mapped = [code for code in added if who_practises.is_answered and scopes_of(code)]
    kept = {each.subject for code in left for each in fitting(people, code)}
    lost = {each.subject for code in removed for each in fitting(people, code)}
    return {
        "unstaffed": tuple(code for code in mapped if not fitting(people, code)),
        "unasked": tuple(code for code in added if code not in mapped),
        "stranded": len(lost - kept),
    }


def _crossed(turn: Turn, on: date) -> str:
    if not turn.crosses:
        return ""
    years, after = TermYears.on(on), turn.after
    now = Scope.objects.get(pk=turn.before.authority_scope)
    then = turn.office(now)
    told = [f"床位由 {turn.before.beds} 张变为 {after['beds']} 张"]
    told += [f"登记机关由{now.name}变为{then.name}"] if then != now else []
    told += [f"校验期由 {turn.months[0]} 个月变为 {turn.months[1]} 个月"] if turn.months[0] != turn.months[1] else []
    return "，".join([*told, f"许可证有效期改为 {years.of(after['beds'])} 年"])
