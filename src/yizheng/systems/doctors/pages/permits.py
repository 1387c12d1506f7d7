"""专项医师 and 短期行医: who holds what, where, until when, of one's jurisdiction or institution; filtered, printed, exported."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.codes import name_of, table
from yizheng.people.tables import Choice, Column, Link, Shown, State, Table
from yizheng.shell.desk.access import office_only
from yizheng.systems.doctors.models import ShortTermPractice, SpecialQualification
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models.permit import EXPIRED, VALID
from yizheng.systems.practitioners.registered import identities_on

Listed = SpecialQualification | ShortTermPractice


def _of_status(rows: QuerySet[Any], status: str) -> QuerySet[Any]:
    """The rows of a status today; what ran out counts as expired whether that was recorded or not."""
    over = Q(status=VALID, valid_until__lt=timezone.localdate())
    if status == EXPIRED:
        return rows.filter(over | Q(status=EXPIRED))
    return rows.filter(status=status).exclude(over) if status == VALID else rows.filter(status=status)


def described(found: Iterable[Listed], on: date) -> list[dict[str, Any]]:
    """The rows in words; two queries for all."""
    facts = list(found)
    houses = {each.institution_id for each in facts if each.institution_id is not None}
    names = {key: licence.name for key, licence in licences.licences_on(houses, on).items()}
    people = identities_on({each.subject_id for each in facts}, on)
    called = {key: (each.name, each.nationality) for key, each in people.items()}
    return [_row(each, called.get(each.subject_id, ("", "")), names, on) for each in facts]


def _row(fact: Listed, called: tuple[str, str], names: dict[int, str], on: date) -> dict[str, Any]:
    name, nationality = called
    shared = {
        "url": reverse("doctors:doctor", args=[fact.subject_id]),
        "name": name or "（未载姓名）",
        "nationality": name_of("nationality", nationality),
        "number": fact.certificate_number,
        "house": names.get(fact.institution_id or 0, ""),
        "until": fact.valid_until,
        "state": fact.state_on(on),
    }
    if isinstance(fact, SpecialQualification):
        return {
            **shared,
            "kind": name_of("special_qualification_type", fact.type),
            "about": fact.about,
            "by": fact.granted_by,
            "since": fact.granted_on,
            "retraining": fact.retraining_due,
        }
    kind, about = fact.origin_label, fact.work
    return {**shared, "kind": kind, "about": about, "by": "", "since": fact.issued_on, "retraining": None}


BESIDE = frozenset(
    {
        "organ_transplant", "cosmetic_lead", "mch_genetic", "mch_prenatal", "mch_premarital", "mch_midwifery",
        "mch_sterilization", "mch_termination", "narcotic_rx", "antibiotic_rx", "restricted_tech",
        "radiation_worker", "checkup_chief", "western_tcm",
    }
)  # fmt: skip
"""The types kept as special qualifications; the others of the table have registers of their own."""


def _until(row: dict[str, Any]) -> date | str | None:
    """Until when it holds, or by when training must be repeated."""
    if row["until"] or not row["retraining"]:
        found: date | None = row["until"]
        return found
    return f"{row['retraining']:%Y-%m-%d} 前复训"


def _filters(kinds: Callable[[], list[tuple[str, str]]], column: str) -> tuple[Choice, ...]:
    return (
        Choice("类别", "kind", kinds, by=column),
        Choice("状态", "status", lambda: table("permit_status").choices(), by=_of_status),
    )


def _special_kinds() -> list[tuple[str, str]]:
    rows = table("special_qualification_type").items()
    return [(row.code, row.name) for row in rows if row.code in BESIDE]


_STATE = State("状态", "state", 10)
_NUMBER = Column("证书编号", "number", 20, css="together dense")
SPECIAL = Table(
    "special_qualifications",
    "专项医师",
    lambda asked: SpecialQualification.objects.visible_to(asked.account).as_of(asked.today),
    (
        Column("姓名", "name", 12, css="name together", link="url"),
        Column("专项资格", "kind", 32, css="dense"),
        Column("专业、器官或项目", "about", 24, css="cut dense"),
        _STATE,
        _NUMBER,
        Column("执业机构", "house", 36, css="cut dense", shown=Shown.ON_PAPER),
        Column("认定机构", "by", 32, shown=Shown.ON_PAPER),
        Column("机构", lambda row: row["house"] or row["by"], css="cut dense", shown=Shown.ON_PAGE),
        Column("认定日期", "since", 12, shown=Shown.ON_PAPER),
        Column("有效期至", "until", 12, css="dense", shown=Shown.ON_PAPER),
        Column("应复训", "retraining", 12, shown=Shown.ON_PAPER),
        Column("有效期至", _until, css="together dense", shown=Shown.ON_PAGE),
    ),
    guard=office_only,
    filters=_filters(_special_kinds, "type"),
    described=lambda rows, asked: described(rows, asked.today),
    says="专项资格随执业注册终止；与机构相连的，离开该机构即终止",
    tally="条，新登记的在前",
    empty="辖区和机构之内没有专项医师登记。",
    unfound="辖区和机构之内没有符合条件的专项医师登记。",
    empty_link=lambda asked: Link("看医师登记", reverse("doctors:search")),
    search="doctors:search",
)
"""Special qualifications, newest first."""
SHORT_TERM = Table(
    "short_term_doctors",
    "短期行医",
    lambda asked: ShortTermPractice.objects.visible_to(asked.account).as_of(asked.today),
    (
        Column("姓名", "name", 20, css="name together", link="url", beside=("nationality",)),
        Column("国籍", "nationality", 12, shown=Shown.ON_PAPER),
        Column("类别", "kind", 20, css="dense"),
        Column("执业范围或者诊疗项目", "about", 36, css="cut dense"),
        _STATE,
        _NUMBER,
        Column("聘用、邀请单位", "house", 36, css="cut dense"),
        Column("发证日期", "since", 12, shown=Shown.ON_PAPER),
        Column("有效期至", "until", 12, css="dense"),
    ),
    guard=office_only,
    filters=_filters(lambda: table("short_term_origin").choices(), "origin"),
    described=lambda rows, asked: described(rows, asked.today),
    says="港澳台医师最长三年，外国医师最长一年；期满不延期，重新申请",
    tally="条，新登记的在前",
    empty="辖区和机构之内没有短期行医登记。",
    unfound="辖区和机构之内没有符合条件的短期行医登记。",
    empty_link=lambda asked: Link("看医师登记", reverse("doctors:search")),
    search="doctors:search",
)
"""Short-term practice, newest first."""
