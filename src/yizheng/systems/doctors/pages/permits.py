"""专项医师 and 短期行医: who holds what, where, until when, of one's jurisdiction or institution; filtered, printed, exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of, table
from yizheng.people.models import Account
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors.models import ShortTermPractice, SpecialQualification
from yizheng.systems.doctors.models.permit import EXPIRED, VALID
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.registered import identities_on

SIZE = 50
_CHUNK = 1000
Listed = SpecialQualification | ShortTermPractice


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list is filtered: which kind, how it stands, the last row of the page before."""

    kind: str
    status: str
    after: int

    @classmethod
    def of(cls, request: HttpRequest, kinds: Iterable[str]) -> Asked:
        """What the address asks; unknown values ask nothing."""
        kind, status = request.GET.get("kind", ""), request.GET.get("status", "")
        after = request.GET.get("after", "")
        return cls(
            kind if kind in set(kinds) else "",
            status if status in table("permit_status") else "",
            int(after) if after.isdecimal() else 0,
        )


def _found(account: Account, model: Any, column: str, asked: Asked, on: date) -> Any:
    """The rows of the list in their order, newest first; what ran out counts as expired whether recorded or not."""
    rows = model.objects.visible_to(account).as_of(on)
    if asked.kind:
        rows = rows.filter(**{column: asked.kind})
    over = Q(status=VALID, valid_until__lt=on)
    if asked.status == EXPIRED:
        rows = rows.filter(over | Q(status=EXPIRED))
    elif asked.status:
        rows = rows.filter(status=asked.status)
        rows = rows.exclude(over) if asked.status == VALID else rows
    return (rows.filter(pk__lt=asked.after) if asked.after else rows).order_by("-pk")


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


@dataclass(frozen=True, slots=True)
class PermitList:
    """One of the two lists: its kinds of rows and the code table of the filter."""

    code: str
    title: str
    hint: str
    model: type[Listed]
    column: str
    codes: str
    """The code table of the filter."""
    only: frozenset[str] = frozenset()

    def kinds(self) -> list[tuple[str, str]]:
        """What may be asked for."""
        rows = table(self.codes).items()
        return [(row.code, row.name) for row in rows if not self.only or row.code in self.only]

    def rows(self, request: HttpRequest) -> Iterator[dict[str, Any]]:
        """Every row as the page would show it, in portions."""
        today = timezone.localdate()
        asked = Asked.of(request, dict(self.kinds()))
        whole = Asked(asked.kind, asked.status, 0)
        waiting = _found(signed_in(request), self.model, self.column, whole, today).iterator(_CHUNK)
        while portion := list(islice(waiting, _CHUNK)):
            yield from described(portion, today)

    def page(self, request: HttpRequest) -> HttpResponse:
        """Fifty rows."""
        today = timezone.localdate()
        asked = Asked.of(request, dict(self.kinds()))
        found = _found(signed_in(request), self.model, self.column, asked, today)[: SIZE + 1]
        facts = list(found)
        context = {
            "list": self,
            "kinds": self.kinds(),
            "statuses": table("permit_status").choices(),
            "asked": asked,
            "rows": described(facts[:SIZE], today),
            "after": facts[SIZE - 1].pk if len(facts) > SIZE else "",
            "special": self.model is SpecialQualification,
        }
        return render(request, "doctors/permits.html", context)


BESIDE = frozenset(
    {
        "organ_transplant", "cosmetic_lead", "mch_genetic", "mch_prenatal", "mch_premarital", "mch_midwifery",
        "mch_sterilization", "mch_termination", "narcotic_rx", "antibiotic_rx", "restricted_tech",
        "radiation_worker", "checkup_chief", "western_tcm",
    }
)  # fmt: skip
"""The types kept as special qualifications; the others of the table have registers of their own."""
SPECIAL = PermitList(
    "special_qualifications", "专项医师", "专项资格随执业注册终止；与机构相连的，离开该机构即终止",
    SpecialQualification, "type", "special_qualification_type", BESIDE,
)  # fmt: skip
SHORT_TERM = PermitList(
    "short_term_doctors", "短期行医", "港澳台医师最长三年，外国医师最长一年；期满不延期，重新申请",
    ShortTermPractice, "origin", "short_term_origin",
)  # fmt: skip


@require_safe
@office_only
def special(request: HttpRequest) -> HttpResponse:
    """Special qualifications."""
    return SPECIAL.page(request)


@require_safe
@office_only
def short_term(request: HttpRequest) -> HttpResponse:
    """Short-term practice."""
    return SHORT_TERM.page(request)


def _named(code: str) -> Filter:
    return Filter("类别", lambda value: name_of(code, value))


_STATUS = Filter("状态", lambda value: name_of("permit_status", value))
declare(
    ListKind(
        SPECIAL.code,
        SPECIAL.title,
        office_only,
        (
            Column("姓名", "name", 12),
            Column("专项资格", "kind", 32),
            Column("专业、器官或项目", "about", 24),
            Column("状态", "state", 10),
            Column("证书编号", "number", 20),
            Column("执业机构", "house", 36),
            Column("认定机构", "by", 32),
            Column("认定日期", "since", 12),
            Column("有效期至", "until", 12),
            Column("应复训", "retraining", 12),
        ),
        SPECIAL.rows,
        {"kind": _named(SPECIAL.codes), "status": _STATUS},
    ),
    ListKind(
        SHORT_TERM.code,
        SHORT_TERM.title,
        office_only,
        (
            Column("姓名", "name", 20),
            Column("国籍", "nationality", 12),
            Column("类别", "kind", 20),
            Column("执业范围或者诊疗项目", "about", 36),
            Column("状态", "state", 10),
            Column("证书编号", "number", 20),
            Column("聘用、邀请单位", "house", 36),
            Column("发证日期", "since", 12),
            Column("有效期至", "until", 12),
        ),
        SHORT_TERM.rows,
        {"kind": _named(SHORT_TERM.codes), "status": _STATUS},
    ),
)
