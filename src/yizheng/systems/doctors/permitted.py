"""Which business may be done at which status of the registration: one table of every pair, with the reason where not.

医师法 第十三条、第十六条至第二十条: a status says what may still happen to a registration. Suspension, leaving,
deregistration, revocation and annulment stay apart, because each has its own way back. A row is one item, a column one
status; a cell is ``YES`` or the refusal a person reads. Items whose doctors are not in this register (short-term,
foreign, village doctors) keep their own order and have no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from yizheng.kernel.statutes import Article, licensing_law, military_order, physicians_law, registration_rules
from yizheng.licensing.findings import Check, Finding, check, refuse

UNREGISTERED = "UNREG"

COLUMNS = ("REG", "SUSP_PENAL", "SUSP_ASSESS", "LEFT", "DEREG", "REVOKED", "ANNULLED", "UNREG", "MIL", "MOVED")
"""The statuses of a registration, in the order of the table's columns; none at all is ``UNREG``."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an item cannot be done at a status: the sentence and the article behind it."""

    sentence: str
    article: Article


Cell = Hindrance | None
YES: Cell = None

HELD = Hindrance(
    "已在册；改变执业机构、地点、类别或者范围请办理变更注册，取得执业医师资格的助理办理助理升执业医师",
    physicians_law(18),
)
HERE = Hindrance("主执业地点已在北京；在外省增加执业地点请到外省的主管部门办理", physicians_law(15))
PENAL = Hindrance("正受暂停执业的行政处罚，期满恢复执业后再办理", physicians_law(57))
ASSESS = Hindrance("定期考核不合格，正在暂停执业，再次考核合格后再办理", physicians_law(42))
GONE = Hindrance("已离岗备案，没有主要执业机构；请先办理变更主要执业机构", registration_rules(19))
STAYS = Hindrance("没有离岗备案", registration_rules(19))
AGAIN = Hindrance("注册已注销；再次执业须考核合格，请办理重新注册", physicians_law(19))
TAKEN = Hindrance("医师执业证书已被吊销；不予注册的期限届满并考核合格后，请办理重新注册", physicians_law(16, item=3))
VOID = Hindrance("注册已被撤销；三年内不受理相应申请，期满后请办理重新注册", licensing_law(79))
NONE = Hindrance("没有执业注册；请先办理首次注册", physicians_law(13))
FORCE = Hindrance("已转军队注册；转回地方请办理军队医师转地方注册", military_order(9))
AWAY = Hindrance("注册已转出外省；转回北京请办理变更执业地点", physicians_law(18))
NOTHING = Hindrance("没有在册的注册", physicians_law(17))
ACTIVE = Hindrance("在册，没有暂停执业，不需要恢复执业", physicians_law(57))
VALID = Hindrance("注册有效，不需要重新注册", physicians_law(19))
SCRAP = Hindrance("医师执业证书已废止，不能补发、换发", physicians_law(17))

Row = tuple[Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell, Cell]

# fmt: off
_PRACTISING: Row = (YES, PENAL, ASSESS, GONE, AGAIN, TAKEN, VOID, NONE, FORCE, AWAY)
"""What is open to a registration in practice alone."""
_STANDING: Row = (YES, YES, YES, YES, AGAIN, TAKEN, VOID, NONE, FORCE, AWAY)
"""What is open while a registration stands, in practice or not."""
_WHOEVER: Row = (YES, YES, YES, YES, YES, YES, YES, YES, YES, YES)
"""What has nothing to do with the registration."""

_ROWS: dict[str, Row] = {
    #                                  REG   PENAL  ASSESS  LEFT  DEREG  REVOK. ANNUL. UNREG  MIL    MOVED
    "doctor_first_registration":      (HELD, HELD,  HELD,   HELD, AGAIN, TAKEN, VOID,  YES,   FORCE, AWAY),
    "doctor_residency_registration":  (YES,  PENAL, ASSESS, GONE, AGAIN, TAKEN, VOID,  YES,   FORCE, AWAY),
    "doctor_residency_completion":    _PRACTISING,
    "doctor_change_main_institution": _STANDING,
    "doctor_change_location":         (YES,  YES,   YES,    YES,  YES,   TAKEN, VOID,  YES,   FORCE, YES),
    "doctor_move_out":                (YES,  YES,   YES,    YES,  NOTHING, NOTHING, NOTHING, NOTHING, FORCE, AWAY),
    "doctor_change_category":         _PRACTISING,
    "doctor_change_scope":            _PRACTISING,
    "doctor_add_scope":               _PRACTISING,
    "doctor_add_location_registration": (HERE, HERE, HERE,  HERE, YES,   TAKEN, VOID,  YES,   FORCE, YES),
    "doctor_reregistration":          (VALID, PENAL, ASSESS, YES, YES,   YES,   YES,   NONE,  FORCE, AWAY),
    "doctor_assistant_upgrade":       _PRACTISING,
    "doctor_multi_institution_filing": _PRACTISING,
    "filing_extend":                  _PRACTISING,
    "doctor_multi_institution_filing_cancel": _STANDING,
    "filing_expire":                  _STANDING,
    "doctor_leave_filing":            (YES,  YES,   YES,    GONE, AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "doctor_leave_filing_cancel":     (STAYS, STAYS, STAYS, YES,  AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "doctor_deregistration":          (YES,  YES,   YES,    YES,  NOTHING, NOTHING, NOTHING, NOTHING, FORCE, AWAY),
    "doctor_ex_officio_deregistration": (YES, YES,  YES,    YES,  NOTHING, YES, YES,   NOTHING, FORCE, AWAY),
    "doctor_deregistration_on_record": (YES, YES,   YES,    YES,  NOTHING, YES, YES,   NOTHING, FORCE, AWAY),
    "doctor_periodic_assessment":     (YES,  YES,   YES,    GONE, AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "doctor_certificate_reissue":     (YES,  YES,   YES,    YES,  SCRAP, SCRAP, SCRAP, NONE,  FORCE, AWAY),
    "doctor_info_change":             (YES,  YES,   YES,    YES,  YES,   YES,   YES,   YES,   FORCE, AWAY),
    "doctor_retired_rehire":          (YES,  PENAL, ASSESS, YES,  AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "doctor_penalty_record":          (YES,  YES,   YES,    YES,  YES,   YES,   YES,   YES,   FORCE, YES),
    "doctor_refusal_ground_record":   _WHOEVER,
    "doctor_refusal_ground_end":      _WHOEVER,
    "doctor_suspension_end":          (ACTIVE, YES, YES,    ACTIVE, NOTHING, NOTHING, NOTHING, NOTHING, FORCE, AWAY),
    "doctor_assessment_suspension":   (YES,  YES,   ASSESS, GONE, NOTHING, NOTHING, NOTHING, NOTHING, FORCE, AWAY),
    "doctor_assessment_review":       (YES,  YES,   YES,    YES,  AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "doctor_conduct_record":          (YES,  YES,   YES,    GONE, AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "doctor_conduct_decision":        (YES,  YES,   YES,    YES,  YES,   YES,   YES,   NOTHING, FORCE, AWAY),
    "doctor_false_application_record": _WHOEVER,
    "doctor_rollback":                (YES,  YES,   YES,    YES,  YES,   YES,   YES,   NOTHING, FORCE, AWAY),
    "local_to_military":              (YES,  PENAL, ASSESS, YES,  AGAIN, TAKEN, VOID,  NONE,  FORCE, AWAY),
    "military_to_local_registration": (HELD, HELD,  HELD,   HELD, YES,   TAKEN, VOID,  YES,   YES,   AWAY),
    "military_to_local_qualification": _WHOEVER,
    "qualification_issue":            _WHOEVER,
    "qualification_correction":       _WHOEVER,
    "qualification_reissue":          _WHOEVER,
    "qualification_lookup":           _WHOEVER,
    "qualification_annul":            _WHOEVER,
    "hmt_recognition":                _WHOEVER,
    "tcm_specialist_assessment":      _WHOEVER,
    "tcm_specialist_registration":    (HELD, HELD,  HELD,   HELD, AGAIN, TAKEN, VOID,  YES,   FORCE, AWAY),
    "sq_organ_transplant":            _PRACTISING,
    "sq_cosmetic_lead":               _PRACTISING,
    "sq_mch_genetic_prenatal":        _PRACTISING,
    "sq_mch_premarital":              _PRACTISING,
    "sq_mch_delivery_sterilization_termination": _PRACTISING,
    "sq_prenatal":                    _PRACTISING,
    "sq_narcotic_rx":                 _PRACTISING,
    "sq_antibiotic_rx":               _PRACTISING,
    "sq_restricted_tech":             _PRACTISING,
    "sq_radiation":                   _PRACTISING,
    "sq_checkup_chief":               _PRACTISING,
    "sq_western_tcm":                 _PRACTISING,
    "sq_ex_officio_ending":           _STANDING,
}
# fmt: on

TABLE: Mapping[str, Mapping[str, Cell]] = MappingProxyType(
    {code: MappingProxyType(dict(zip(COLUMNS, row, strict=True))) for code, row in _ROWS.items()}
)
"""Item code, then status: ``YES`` or why not."""


def hindrance(item_code: str, status: str) -> Cell:
    """Why the item cannot be done at the status, or nothing. Raises KeyError for a pair nobody decided."""
    return TABLE[item_code][status]


def may_apply(item_code: str, status: str) -> str | None:
    """The sentence for the page of offers, or nothing where the status allows the item."""
    found = hindrance(item_code, status)
    return None if found is None else found.sentence


class HasStatus(Protocol):
    """What a rule about the status needs to know of the party."""

    @property
    def register_status(self) -> str:
        """The status of the registration that counts; ``UNREG`` where there never was one."""
        ...


def status_permits(item_code: str) -> Check:
    """The check that asks the table for one item; first among the checks of every item with a row."""

    @check("D-Z01", physicians_law(13), title="注册状态可以办理这一事项")
    def permits(party: HasStatus, on: date) -> Iterator[Finding]:
        """The registration's status, as it stands on the day, allows the item."""
        found = hindrance(item_code, party.register_status)
        if found is not None:
            yield refuse("", found.sentence, articles=(found.article,))

    return permits
