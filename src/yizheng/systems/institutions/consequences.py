"""What follows within the register: who failed is to be deregistered (细则 第三十八条), who moved is expected there (第三十二条)."""

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.statutes import institution_rules
from yizheng.licensing.ports.consequences import Proposed, ProposedAct, consequence, leads_to_act
from yizheng.people.scopes import jurisdiction
from yizheng.registry.models import Fact
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import Closing, Verification
from yizheng.systems.institutions.register import INSTITUTIONS

FAILED = "institutions.verification_failed"


@consequence(FAILED, register=INSTITUTIONS, of=Verification, article=institution_rules(38))
def verification_failed(ended: Fact, on: date) -> Iterable[Proposed]:
    """Who fails after a deferral is deregistered, after being told and heard."""
    assert isinstance(ended, Verification)
    name = licences.name_of(ended.subject_id, on)
    return [Proposed(ended.subject_id, ended.authority_scope, f"{name}再次校验不合格，须注销执业许可")]


@consequence("institutions.moved_in", register=INSTITUTIONS, of=Closing, article=institution_rules(32))
def moved_in(ended: Fact, on: date) -> Iterable[Proposed]:
    """Who left the area of one authority is expected at the other, as a new registration."""
    assert isinstance(ended, Closing)
    if not ended.district_to:
        return []
    name = licences.name_of(ended.subject_id, on)
    return [
        Proposed(
            ended.subject_id, jurisdiction(ended.district_to).pk, f"{name}迁入本区，已在原登记机关注销，须申请执业登记"
        )
    ]


leads_to_act(FAILED, ProposedAct("inst_deregister_ex_officio", {"closing": {"cause": "check_failed"}}))
