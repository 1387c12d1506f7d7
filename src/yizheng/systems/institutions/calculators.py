"""Calculators of institutions: each asks the rules of its business, which the items and pages ask too."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, calculator
from yizheng.kernel.calendar.calculators import calendar
from yizheng.systems.institutions.linkage.rules import LinkedRecord, compare
from yizheng.systems.institutions.naming.rules import WantedName, codes_of
from yizheng.systems.institutions.numbering.numbers import NumberKind, read_number
from yizheng.systems.institutions.routes.routes import REGIMES, Planned
from yizheng.systems.institutions.verification.clock import Outlook, Regime, Round, period_months


@calculator(
    "institutions.number",
    "医疗机构登记号",
    source="WS 218 卫生机构（组织）分类与代码；GB 32100；GB 11714；GB/T 2260",
    input="text:text* declared:text issued:date* uscc:text* nature:text*",
    output="kind valid normal org_code region economic category classification problems",
    choices={"declared": ("reg_no", "uscc", "org_code"), "nature": ("1", "2", "3", "9")},
    as_typed=True,
)
def number(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The parts of each number and what is wrong with it."""
    for row in rows:
        found = read_number(
            row["text"], NumberKind(row["declared"]), issued=row["issued"], uscc=row["uscc"], nature=row["nature"]
        )
        yield {
            "kind": found.kind, "valid": _word(found.valid), "normal": found.normal, "org_code": found.org_code,
            "region": found.region, "economic": found.economic, "category": found.category,
            "classification": found.classification, "problems": found.problems,
        }  # fmt: skip


@calculator(
    "institutions.name",
    "医疗机构名称",
    source="医疗机构管理条例实施细则第四十条至第四十四条；互联网医院管理办法第十条",
    input=(
        "name:text* category:text* founder_kind:text founder_name:text* subjects:text* existing:text* internet:text*"
        " host_name:text* partner_name:text*"
    ),
    output="generic codes approval",
    choices={"founder_kind": ("government", "unit", "person"), "internet": ("second", "partner", "independent")},
    as_typed=True,
)
def name(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The generic name of each name wanted, its faults, and who must approve it."""
    for row in rows:
        wanted = WantedName(
            row["name"], row["category"], row["founder_kind"], row["founder_name"],
            subjects=_listed(row["subjects"]), existing=_listed(row["existing"]), internet=row["internet"],
            host_name=row["host_name"], partner_name=row["partner_name"],
        )  # fmt: skip
        yield {"generic": wanted.generic, "codes": codes_of(wanted.faults), "approval": wanted.approval}


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


@calculator(
    "institutions.verification",
    "医疗机构校验",
    source="医疗机构管理条例第二十一条；医疗机构校验管理办法第六条、第二十四条、第二十五条；行政许可法第五十条",
    input=(
        "regime:text category:text* beds:int* chairs:int* observation_beds:int* economic_type:text* after_deferral:flag*"
        " previous_due:date* on:date applied:date* ordered:date* accepted:date* deferred_on:date* deferral_months:int*"
        " recheck_applied:date* licence_to:date* renewal_applied:date*"
    ),
    output=(
        "period_months due apply_by state order_deadline conclude_by deferral_end recheck_by practise adverts"
        " licence_state renew_by"
    ),
    choices={"regime": tuple(Regime)},
    as_typed=True,
)
def verification(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The round of each institution as it stands on the day asked about."""
    for row in rows:
        found = Outlook(_round(row), row["on"], calendar())
        if found.round.regime.filed:
            yield {"state": found.state}
            continue
        yield {
            "period_months": found.round.period_months,
            "due": found.due,
            "apply_by": found.apply_by,
            "state": found.state,
            "order_deadline": found.order_deadline,
            "conclude_by": found.conclude_by,
            "deferral_end": found.deferral_end,
            "recheck_by": found.recheck_by,
            "practise": found.practice,
            "adverts": found.adverts,
            "licence_state": found.licence_state,
            "renew_by": found.renew_by,
        }


def _round(row: Row) -> Round:
    if row["deferred_on"] and row["deferral_months"] is None:
        raise BadInput(f"第{row['line']}行“deferral_months”没有填写，请补上。")
    regime, beds = Regime(row["regime"]), row["beds"] or 0
    same = ("previous_due", "applied", "ordered", "accepted", "deferred_on", "recheck_applied", "licence_to")
    return Round(
        regime,
        period_months(regime, row["category"], row["economic_type"], beds, after_deferral=bool(row["after_deferral"])),
        beds=beds,
        deferral_months=row["deferral_months"] or 0,
        renewal_applied=row["renewal_applied"],
        **{name: row[name] for name in same},
    )


@calculator(
    "institutions.authority_and_route",
    "医疗机构变更路径",
    source="医疗机构管理条例第九条至第二十条；实施细则第二十九条至第三十四条；互联网医院管理办法第五条；医疗技术临床应用管理办法第十一条",
    input=(
        "regime:text change:text category:text* grade:text* investor:text* organ:text* beds_from:int* beds_to:int*"
        " district_from:text* district_to:text* months* reason:text* doctors:text* scope:text*"
    ),
    output="items limits setup_approval level branch period_change",
    choices={
        "regime": REGIMES,
        "grade": ("1", "2", "3"),
        "investor": ("domestic", "sino_foreign_jv", "hmt_sole"),
        "organ": ("district", "city"),
        "reason": ("other", "rebuild", "expand", "move"),
        "doctors": ("own", "others"),
        "scope": ("tcm_only", "beyond", "independent"),
    },
    as_typed=True,
)
def authority_and_route(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The items each change needs with their limits, and who decides."""
    for row in rows:
        planned = Planned(**{name: row[name] for name in Planned.__dataclass_fields__})
        yield {
            "items": planned.items,
            "limits": planned.limits,
            "setup_approval": _word(planned.needs_approval),
            "level": planned.level,
            "branch": planned.branch,
            "period_change": _word(planned.period_changes),
        }


def _word(flag: bool | None) -> str:
    return "" if flag is None else "yes" if flag else "no"


_SIDE = ("name", "address", "district", "uscc", "reg_no")


@calculator(
    "institutions.linkage",
    "医疗机构比对",
    source="WS 218；GB 32100；GB 11714；医疗机构管理条例实施细则第四十条",
    input=" ".join(f"{column}_{side}:text*" for side in "ab" for column in _SIDE),
    output="answer",
    as_typed=True,
)
def linkage(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Whether the two records of each row are of one institution."""
    for row in rows:
        one, other = (LinkedRecord(*(row[f"{column}_{side}"] for column in _SIDE)) for side in "ab")
        yield {"answer": compare(one, other)}
