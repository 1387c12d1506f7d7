"""Drafts: open one, keep what is typed, hand in papers. Nothing of a draft is seen by anybody but the applicant.

An institution may apply for its people where the item says so (医师法 第十三条: 集体办理); its operators then play the
applicant's part, and the person concerned is told when it is submitted.
"""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from yizheng.documents import attachments, numbers
from yizheng.licensing import answers as form_answers
from yizheng.licensing import catalogue
from yizheng.licensing.item import Initiator, Item, Material
from yizheng.licensing.lifecycle import Actor, NotPossibleError
from yizheng.licensing.models import Case, Paper
from yizheng.licensing.states import EDITABLE, CaseState
from yizheng.licensing.verbs.permits import NotPermittedError, parts
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.people.scopes import scope_name


def next_number(on: date) -> str:
    """The next case number of the year: two digits of the year and six of the serial (25-004127)."""
    serial = numbers.allocate("case", f"{on:%Y}", given_to="licensing.case")
    return f"{on:%y}-{serial:06d}"


def open_draft(account: Account, item_code: str, *, subject_id: int | None = None, on: date | None = None) -> Case:
    """Begin a case of ``item_code`` for the account's own subject; an existing draft is taken up again."""
    today = on or timezone.localdate()
    item = catalogue.item(item_code, today)
    subject = subject_id or account.subject_id
    if subject is None or Initiator.PERSON not in item.initiators:
        raise NotPossibleError(f"当前账号不能申请“{item.title}”，请用本人的个人账号登录")
    begun = Case(subject_id=subject, applicant_name=account.display_name)
    return _opened(begun, account, item, today)


def open_for(
    account: Account, item_code: str, subject_id: int, name: str, institution_scope: int, *, on: date | None = None
) -> Case:
    """Begin a case for somebody of the institution the account operates; an existing draft is taken up again."""
    today = on or timezone.localdate()
    item = catalogue.item(item_code, today)
    if Initiator.INSTITUTION not in item.initiators:
        raise NotPossibleError(f"“{item.title}”须由本人申请")
    if not allowed(account, Role.INSTITUTION_OPERATOR, institution_scope):
        raise NotPermittedError("只有该机构的经办人能为其人员申办")
    begun = Case(
        subject_id=subject_id,
        applicant_name=name,
        applicant_scope=institution_scope,
        institution_scope=institution_scope,
        institution_name=scope_name(institution_scope),
    )
    return _opened(begun, account, item, today)


def _opened(begun: Case, account: Account, item: Item, today: date) -> Case:
    subject, institution = begun.subject_id, begun.applicant_scope
    with transaction.atomic():
        one_at_a_time([subject], item)
        drafts = Case.objects.visible_to(account).filter(subject_id=subject, item_code=item.code, state__in=EDITABLE)
        kept = drafts.filter(applicant_scope=institution).first()
        if kept is not None:
            return kept
        own = institution is None
        if reason := item.may_apply(subject, today) if own else item.may_initiate(subject, institution or 0, today):
            raise NotPossibleError(reason)
        begun.number, begun.item_code, begun.rules_on = next_number(today), item.code, today
        begun.shape, begun.applicant = item.shape, account
        form_answers.put(begun, item, item.prefill(subject) if own else item.prefill_for(subject, institution or 0))
        begun.save()
        audit.record(account, "case.open", f"case:{begun.pk}", {"number": begun.number, "item": item.code})
    return begun


def one_at_a_time(subjects: Iterable[int], item: Item) -> None:
    """Of two who begin the same for one person at once the second waits, and finds the draft of the first.

    Who begins for several holds all of them before the first, in order, so that two lists never wait for each other.
    """
    with connection.cursor() as cursor:
        for subject in sorted(subjects):
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, %s))", [item.code, subject])


def keep(case: Case, account: Account, typed: form_answers.Typed) -> Case:
    """Save what was typed into a draft, valid or not; refused when the case is not the applicant's to edit any more."""
    with transaction.atomic():
        held = _held(case, account)
        item = held.item
        merged = form_answers.typed_in(held)
        for step, fields in typed.items():
            merged[step] = {**merged.get(step, {}), **fields}
        form_answers.put(held, item, merged)
        held.save(update_fields=["answers", "sealed_answers", "saved_at"])
    return held


def hand_in(case: Case, account: Account, material: Material, content: BinaryIO, name: str) -> Paper:
    """Keep a file for one material; an earlier one is replaced, never lost. A fault is recorded and shown, not raised."""
    with transaction.atomic():
        held = _held(case, account)
        kept = attachments.keep(
            content,
            name,
            media_types=material.media_types,
            max_bytes=material.max_bytes,
            subject_id=held.subject_id,
            authority_scope=held.authority_scope,
            institution_scope=held.applicant_scope,
        )
        problem = material.inspect(attachments.read(kept)) or ""
        Paper.objects.filter(case=held, material=material.code, replaced=False).update(replaced=True)
        paper = Paper.objects.create(case=held, material=material.code, attachment=kept, problem=problem)
        audit.record(account, "case.hand_in", f"case:{held.pk}", {"material": material.code, "digest": kept.digest})
    return paper


def _held(case: Case, account: Account) -> Case:
    held = Case.objects.visible_to(account).select_for_update().filter(pk=case.pk).first()
    if held is None or Actor.APPLICANT not in parts(account, held):
        raise NotPossibleError("没有找到这件草稿，可能已被撤回；请从“我的办件”重新打开")
    if CaseState(held.state) not in EDITABLE:
        raise NotPossibleError(f"办件 {held.number} 已是“{CaseState(held.state).label}”，不能再改")
    return held
