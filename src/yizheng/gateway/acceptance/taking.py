"""收件: an application the platform hands over becomes a case of its applicant, exactly as if it had been filed here.

It goes through the same drafts, the same checks and the same verbs; where something stands against it, the platform is told
what. Corrections, the receipt of a delivery and the applicant's rating come under the number of the platform.
"""

import base64
import binascii
import hashlib
import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from yizheng.exchange.channels.declaring import Came, Taken
from yizheng.exchange.ecertificates.types import holders
from yizheng.gateway.acceptance.matters import Matter, NoMatter, item_of
from yizheng.gateway.models import PlatformCase
from yizheng.licensing.cases import examining
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft, open_for
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.people.scopes import organisation_of

PERSON = "1"
"""The type of an applicant who is a natural person."""
RATINGS = range(1, 6)


class _Refused(Exception):
    """Why a message cannot be taken: a code and words."""

    def __init__(self, code: str, note: str) -> None:
        super().__init__(note)
        self.code = code


def _taken(came: Came, work: Any) -> Taken:
    """Do the work wholly or not at all."""
    try:
        with transaction.atomic():
            work(came)
    except _Refused as refused:
        return Taken(refused.code, str(refused))
    except NoMatter as unknown:
        return Taken("task_code", str(unknown))
    except (NotPossibleError, NotPermittedError) as refused:
        return Taken("not_possible", str(refused))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Taken("format", "报文缺项或者格式不对")
    return Taken()


def receive(came: Came) -> Taken:
    """收件: open a case, fill it in, hand in the materials, submit it."""
    return _taken(came, _receive)


def _receive(came: Came) -> None:
    said = came.payload
    if PlatformCase.objects.filter(project_no=came.key).exists():
        raise _Refused("again", "这个办件编号已经收件")
    matter = item_of(str(said["task_code"]))
    account = _account(said["applicant"])
    with acting_as(account):
        case = _opened(account, matter)
        PlatformCase.objects.create(project_no=came.key, case=case, task_code=str(said["task_code"]))
        _fill(case, account, said)
        perform(Case.objects.get(pk=case.pk), "submit", account)


def _opened(account: Account, matter: Matter) -> Case:
    if account.kind == AccountKind.INDIVIDUAL:
        return open_draft(account, matter.item)
    scope = organisation_of(account.subject_id or 0)
    if scope is None:
        raise _Refused("applicant", "申请机构没有登记")
    return open_for(account, matter.item, account.subject_id or 0, scope.name, scope.pk)


def _account(said: Mapping[str, Any]) -> Account:
    """The account of the applicant, found by the code the platform checked."""
    code = str(said["code"])
    person = said["type"] == PERSON
    holder = holders().get("institution_licence")
    found = holder.found if holder else None
    subject = vault.find(IdentifierKind.RESIDENT_ID, code) if person else found(code) if found else None
    kind = AccountKind.INDIVIDUAL if person else AccountKind.INSTITUTION
    account = Account.objects.filter(subject_id=subject, kind=kind, is_active=True).first() if subject else None
    if account is None:
        raise _Refused("applicant", "申请人在本平台没有实名账号，请引导其先登录一次或者到窗口办理")
    return account


def _fill(case: Case, account: Account, said: Mapping[str, Any]) -> None:
    typed = {str(step): dict(fields) for step, fields in said.get("form", {}).items()}
    case = keep(case, account, typed)
    wanted = {view.material.code: view.material for view in examining.examine(case, case.rules_on).materials}
    for each in said.get("materials", ()):
        material = wanted.get(str(each["code"]))
        if material is None:
            continue
        hand_in(case, account, material, io.BytesIO(_content(each)), str(each["name"])[:200])


def _content(material: Mapping[str, Any]) -> bytes:
    try:
        content = base64.b64decode(str(material["content"]), validate=True)
    except binascii.Error:
        raise _Refused("material", f"材料“{material['name']}”的内容不能读取") from None
    if hashlib.sha256(content).hexdigest() != material["sha256"]:
        raise _Refused("material", f"材料“{material['name']}”与摘要不符，请重新传送")
    return content


def correct(came: Came) -> Taken:
    """补正材料: what was asked for is handed in, under the same number."""
    return _taken(came, _correct)


def _correct(came: Came) -> None:
    case, account = _known(came.key)
    with acting_as(account):
        _fill(case, account, came.payload)
        perform(Case.objects.get(pk=case.pk), "resubmit", account)


def deliver(came: Came) -> Taken:
    """送达回执."""
    return _taken(came, _deliver)


def _deliver(came: Came) -> None:
    case, account = _known(came.key)
    with acting_as(account):
        perform(case, "deliver", account)


def rate(came: Came) -> Taken:
    """评价: from one to five, once; a later one takes its place."""
    return _taken(came, _rate)


def _rate(came: Came) -> None:
    rating = int(came.payload["rating"])
    if rating not in RATINGS:
        raise _Refused("rating", "评价为 1 至 5")
    if not PlatformCase.objects.filter(project_no=came.key).update(rating=rating):
        raise _Refused("unknown", "没有这个办件编号")


def _known(project_no: str) -> tuple[Case, Account]:
    found = PlatformCase.objects.filter(project_no=project_no).select_related("case__applicant").first()
    if found is None or found.case.applicant is None:
        raise _Refused("unknown", "没有这个办件编号")
    return found.case, found.case.applicant
