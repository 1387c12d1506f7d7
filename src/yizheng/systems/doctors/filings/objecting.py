"""An objection of a doctor to her leave filing: a question to the authority that keeps it (医师执业注册管理办法 第十九条).

The institution files without her, so she is told and may say that it is wrong; the authority then looks at the filing and, if she
is right, finds that it was never well made.
"""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.models import Proposal
from yizheng.licensing.ports.proposals import leads_to_case
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.shell.mine.port import Objection, declare_objection
from yizheng.systems.doctors.filings.leave import filing_on
from yizheng.systems.doctors.models import LeaveFiling
from yizheng.systems.doctors.register import DOCTORS
from yizheng.work import inbox

OBJECTION = "doctors.leave_objection"
leads_to_case(OBJECTION)
MOST_WORDS = 120


def objectionable(subject_id: int, on: date) -> LeaveFiling | None:
    """The leave filing that stands and that she has not objected to yet."""
    with acting_as_system("离岗备案异议"):
        filing = filing_on(subject_id, on)
        return None if filing is None or _objected(filing) else filing


def object_to(filing: LeaveFiling, account: Account, words: str) -> Proposal:
    """Put the question to the authority once, and tell its reviewers and the institution."""
    with acting_as_system("离岗备案异议"):
        proposal, _ = Proposal.objects.get_or_create(
            consequence=OBJECTION,
            subject_id=filing.subject_id,
            cause=filing.opened,
            defaults={
                "register": DOCTORS.code,
                "authority_scope": filing.authority_scope,
                "title": f"{account.display_name}对离岗备案有异议：{words[:MOST_WORDS]}",
                "article": str(registration_rules(19)),
            },
        )
        _tell(filing, account)
    audit.record(account, "leave.object", f"proposal:{proposal.pk}", {"subject": filing.subject_id})
    return proposal


declare_objection(
    Objection(
        code="leave",
        title="对离岗备案有异议",
        explains="机构备案您已离岗。没有离岗的，写明情况，登记机关核实；误报的备案会撤下，注册恢复原状。",
        sent="异议已送登记机关",
        open_to=objectionable,
        put=object_to,
    )
)


def _objected(filing: LeaveFiling) -> bool:
    known = Proposal.objects.all().filter(consequence=OBJECTION, cause=filing.opened)
    return known.filter(subject_id=filing.subject_id).exists()


def _tell(filing: LeaveFiling, account: Account) -> None:
    title = f"{account.display_name}对离岗备案提出异议"
    inbox.send(title=title, kind="objection", role=Role.REVIEWER, scope=filing.authority_scope, link="/proposals/")
    house = organisation_of(filing.institution_id)
    if house is not None:
        body = "登记机关正在核实；确系误报的，请办理撤销离岗备案。"
        inbox.send(title=title, body=body, kind="objection", role=Role.INSTITUTION_OPERATOR, scope=house.pk)
