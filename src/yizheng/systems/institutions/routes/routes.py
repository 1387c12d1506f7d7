"""Which items a change needs, in order, with their limits, their authority and what else turns with it.

条例第九条 (approval of the setting), 第十四条 to 第二十条 (registration, filing of clinics, change, suspension, end), 细则第三十一条 and
第三十二条 (moving out of the area), 第三十四条 (suspension beyond a year counts as closing), 互联网医院办法第五条, 技术办法第十一条,
国卫医发〔2018〕19号 (who still needs an approval of the setting), 国卫办医发〔2017〕38号 (institutions inside old-age homes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yizheng.systems.institutions.categories import rule_of
from yizheng.systems.institutions.verification.clock import BEDS_OF_LONG_PERIOD, Regime, period_months

LICENSED = (Regime.LICENSED, Regime.INTERNET_INDEPENDENT, Regime.ELDERLY_INNER)
REGIMES = (*Regime, "new", "preparing")
MONTHS_OF_SUSPENSION = 12
BEIJING = "11"
SINO_FOREIGN = "sino_foreign_jv"
INVESTORS_WITH_APPROVAL = (SINO_FOREIGN, "hmt_sole")
INSIDE_OLD_AGE_HOMES = ("D2", "D3", "D4", "A720")
FOUNDING = ("establish", "establish_in_old_age_home", "split_new")

_Items = Mapping[str, tuple[str, ...]]
_CHANGED = (
    "name", "address", "legal_rep", "principal", "ownership", "service_object", "service_mode", "reg_capital",
    "subject_add", "subject_remove", "beds", "chairs", "category", "merge_survivor",
)  # fmt: skip
_LICENSED_ITEMS: _Items = {**dict.fromkeys(_CHANGED, ("inst_change",)),
    "suspend": ("inst_suspend",), "resume": ("inst_resume",), "close": ("inst_deregister",),
    "merge_ended": ("inst_deregister",), "licence_lost": ("inst_reissue",), "term_end": ("inst_renew",),
    "restricted_technology": ("tech_file",), "health_exam": ("health_exam_register",),
}  # fmt: skip
_CLINIC_ITEMS: _Items = dict.fromkeys(
    ("name", "address", "legal_rep", "principal", "ownership", "service_mode", "subject_add", "subject_remove"),
    ("clinic_file_change",),
) | {"close": ("clinic_file_cancel",)}
_TCM_CLINIC_ITEMS: _Items = dict.fromkeys(
    ("name", "address", "principal", "subject_add", "subject_remove", "technologies"), ("tcm_clinic_refile",)
) | {"close": ("tcm_clinic_cancel",)}
_ITEMS: dict[str, _Items] = {
    **dict.fromkeys(LICENSED, _LICENSED_ITEMS),
    "clinic_filed": _CLINIC_ITEMS,
    "tcm_clinic_filed": _TCM_CLINIC_ITEMS,
    "preparing": dict.fromkeys(
        ("address", "beds", "category", "subject_add", "subject_remove"), ("inst_setup_approve",)
    ),
}
_INTERNET = {"own": ("internet_mode_add",), "others": ("internet_hosp_second_name",)}

_LIMITS = {
    "inst_setup_approve": "30d", "inst_register": "45d", "internet_hosp_second_name": "45d",
    "internet_hosp_independent": "30d+45d", "tech_file": "15w", "elderly_inner_file": "10w",
    "clinic_file": "0", "clinic_file_change": "0", "clinic_file_cancel": "0",
    "tcm_clinic_file": "0", "tcm_clinic_refile": "0", "tcm_clinic_cancel": "0", "inst_renew": "before_expiry",
}  # fmt: skip
_OTHER_LIMIT = "20w"
"""行政许可法 第四十二条."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What somebody wants to change, and of what kind of institution."""

    regime: str
    change: str
    category: str = ""
    grade: str = ""
    investor: str = ""
    organ: str = ""
    beds_from: int | None = None
    beds_to: int | None = None
    district_from: str = ""
    district_to: str = ""
    months: float | None = None
    reason: str = ""
    doctors: str = ""
    scope: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """The items it needs, in order; none where the register does not hold what changes."""
        if self.change == "internet" and self.scope == "independent":
            return ("internet_hosp_independent",)
        if self.regime == "new":
            return self._founding_items
        if self.regime in LICENSED:
            if self.change == "internet":
                return _INTERNET.get(self.doctors, ())
            if self.change == "address" and self._leaves_the_area:
                return ("inst_deregister", "inst_register")
        change = "close" if self.counts_as_closing else self.change
        return _ITEMS.get(self.regime, {}).get(change, ())

    @property
    def limits(self) -> tuple[str, ...]:
        """The limit of each item: d days, w working days."""
        return tuple(_LIMITS.get(item, _OTHER_LIMIT) for item in self.items)

    @property
    def needs_approval(self) -> bool | None:
        """Whether the setting must be approved before registration; nothing where none is founded."""
        if self.change not in FOUNDING:
            return None
        return (
            self.grade == "3"
            or self.category.startswith("E")
            or self.category == "P100"
            or self.investor in INVESTORS_WITH_APPROVAL
        )

    @property
    def level(self) -> str:
        """Whether the district decides, or who the province lays down (条例第九条); nothing without a number of beds."""
        if self.beds_to is None:
            return ""
        by_rule = self.beds_to >= BEDS_OF_LONG_PERIOD or self.category.startswith("A5")
        return "by_rule" if by_rule else "district"

    @property
    def branch(self) -> str:
        """Which administration decides."""
        return "tcm" if rule_of(self.category).chinese_medicine else "health"

    @property
    def period_changes(self) -> bool | None:
        """Whether another number of beds is verified at another pace; nothing where no beds change."""
        if self.change != "beds":
            return None
        return self._period(self.beds_from or 0) != self._period(self.beds_to or 0)

    def _period(self, beds: int) -> int:
        economic_type = "31" if self.investor == SINO_FOREIGN else ""
        return period_months(self.regime, self.category, economic_type, beds)

    @property
    def _founding_items(self) -> tuple[str, ...]:
        if self.change not in FOUNDING:
            return ()
        if self.change == "establish" and self.category.startswith("D2") and not self.beds_to:
            return ("tcm_clinic_file",) if self.category == "D212" and self.scope == "tcm_only" else ("clinic_file",)
        if self.change == "establish_in_old_age_home" and self.category.startswith(INSIDE_OLD_AGE_HOMES):
            return ("elderly_inner_file",)
        return ("inst_setup_approve", "inst_register") if self.needs_approval else ("inst_register",)

    @property
    def _leaves_the_area(self) -> bool:
        if self.organ == "district":
            return bool(self.district_to and self.district_from) and self.district_to != self.district_from
        return self.organ == "city" and bool(self.district_to) and not self.district_to.startswith(BEIJING)

    @property
    def counts_as_closing(self) -> bool:
        """Whether so long a suspension for its reason is none any more (条例 第二十条第二款)."""
        longer = self.months is not None and self.months > MONTHS_OF_SUSPENSION
        return self.change == "suspend" and longer and self.reason == "other"
