"""What people do to a sheet: type, hand up, review, accept. Each act compares and sets the state, so that of two at once one wins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import allowed
from yizheng.people.scopes import city
from yizheng.registry import ChangeKind, changing
from yizheng.systems.infection.models import AcceptedSheet, Problem, ProblemState, Sheet, SheetEvent, SheetVersion
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.records.declaring import Row, month_after
from yizheng.systems.infection.reporting.content import RULE_SET, digest_of, findings_of, units_of
from yizheng.systems.infection.reporting.lifecycle import EDITABLE, NURSE, VERBS, Level, SheetState, Verb
from yizheng.systems.infection.rules.declaring import Finding
from yizheng.systems.infection.statistics.counting import counted
from yizheng.work import inbox


class NotNow(Exception):
    """The sheet does not stand where the act begins, or somebody else must do it; the words say so."""


def scope_of(sheet: Sheet, level: Level) -> int:
    """Over which scope a role of a level is asked."""
    scopes = {Level.HOSPITAL: sheet.institution_scope, Level.DISTRICT: sheet.authority_scope}
    return scopes[level] if level in scopes else city().pk


def may(sheet: Sheet, verb: Verb, account: Account) -> bool:
    """Whether the sheet stands where the verb begins and the account holds its role; who handed up does not review."""
    if sheet.state not in verb.begins or not allowed(account, verb.role, scope_of(sheet, verb.level)):
        return False
    own = verb.code in ("approve", "send_back") and sheet.version is not None
    return not (own and sheet.version is not None and sheet.version.account_id == account.pk)


def verbs_of(sheet: Sheet, account: Account) -> list[Verb]:
    """What the account may do now, in the order of its buttons."""
    return [verb for verb in VERBS.values() if may(sheet, verb, account)]


def may_type(sheet: Sheet, account: Account) -> bool:
    """Whether the account types in this sheet."""
    return sheet.state in EDITABLE and allowed(account, NURSE, sheet.institution_scope)


@transaction.atomic
def save_draft(
    sheet: Sheet, account: Account, rows: Sequence[Row], *, none: bool, revision: int, window: str = ""
) -> int:
    """Keep what was typed. Returns the new revision. Raises NotNow.

    Of two windows the later one is told; a window is not told of its own saving, whose answer may still be on its way.
    """
    if not may_type(sheet, account):
        raise NotNow("这张报表现在不能填写")
    locked = Sheet.objects.select_for_update(of=("self",)).filter(pk=sheet.pk, state__in=EDITABLE).first()
    if locked is None or (locked.revision != revision and not (window and locked.window == window)):
        raise NotNow("这张报表已在另一个窗口改过，请刷新后再填")
    sheet.rows, sheet.none = list(rows), none
    sheet.revision, sheet.window, sheet.saved = locked.revision + 1, window, timezone.now()
    sheet.save(update_fields=["rows", "none", "revision", "window", "saved"])
    return sheet.revision


@transaction.atomic
def perform(
    sheet: Sheet, code: str, account: Account, *, reason: str = "", answers: Mapping[str, str] | None = None
) -> None:
    """Do a verb. ``answers`` are the explanations of warnings by their words. Raises NotNow."""
    verb = VERBS.get(code)
    if sheet.state == SheetState.LOCKED and code == "correct":
        raise NotNow("市里已锁定这个期间，解除锁定以后才能申请订正")
    if verb is None or not may(sheet, verb, account):
        raise NotNow("这张报表现在不能办理这一步，请刷新后再看")
    if verb.reason and not reason.strip():
        raise NotNow("请写明理由")
    claimed = Sheet.objects.filter(pk=sheet.pk, state=sheet.state, revision=sheet.revision).update(
        state=verb.leads, revision=sheet.revision + 1
    )
    if claimed != 1:
        raise NotNow("这张报表已由他人办理，请刷新后再看")
    sheet.state, sheet.revision = verb.leads, sheet.revision + 1
    if code == "submit":
        _submit(sheet, account, answers or {}, reason)
    elif code == "withdraw" and sheet.accepted_id is not None:
        Sheet.objects.filter(pk=sheet.pk).update(state=SheetState.CORRECTING)
    elif code == "approve":
        sheet.submitted = sheet.submitted or timezone.now()
        sheet.save(update_fields=["submitted"])
    elif code == "pass":
        answered = Problem.objects.filter(sheet=sheet, state=ProblemState.ANSWERED)
        answered.update(state=ProblemState.CLOSED, closed_by=account)
    elif code == "accept":
        _accept(sheet, account)
    SheetEvent.objects.create(sheet=sheet, act=verb.words, text=reason.strip()[:500], account=account)
    audit.record(account, f"infection.{code}", f"infection_sheet:{sheet.pk}")
    _tell(sheet, verb, reason)


def _submit(sheet: Sheet, account: Account, answers: Mapping[str, str], reason: str) -> None:
    if sheet.kind.events and not sheet.rows and not sheet.none:
        raise NotNow(f"没有填写任何一行。{sheet.kind.none_words}的，请选“零报告”再提交")
    found = findings_of(sheet)
    errors = [each for each in found if each.is_error]
    if errors:
        raise NotNow(f"还有 {len(errors)} 处错误，改好以后才能提交")
    unanswered = [each for each in found if not answers.get(each.words, "").strip()]
    if unanswered:
        raise NotNow(f"还有 {len(unanswered)} 条提示没有说明情况")
    last = SheetVersion.objects.filter(sheet=sheet).order_by("-number").first()
    digest = digest_of(sheet.record, sheet.rows, none=sheet.none)
    if returned(sheet) and last is not None and last.digest == digest and not reason.strip():
        raise NotNow("内容与退回的一版相同；不须改的，请在“意见”里写明核对的情况")
    version = SheetVersion.objects.create(
        sheet=sheet,
        number=last.number + 1 if last else 1,
        rows=sheet.rows,
        none=sheet.none,
        digest=digest,
        counts=counted(sheet.kind, sheet.rows, units_of(sheet.subject_id)),
        rules=RULE_SET,
        account=account,
    )
    sheet.version = version
    sheet.save(update_fields=["version"])
    _keep_problems(sheet, account, found, answers)


def returned(sheet: Sheet) -> SheetEvent | None:
    """How the sheet came back, where it came back last and was not handed up since."""
    last = SheetEvent.objects.filter(sheet=sheet).first()
    sent = {verb.words for verb in VERBS.values() if verb.leads == SheetState.RETURNED}
    return last if last is not None and last.act in sent else None


def _keep_problems(sheet: Sheet, account: Account, found: Sequence[Finding], answers: Mapping[str, str]) -> None:
    """What the rules no longer find is mended; what they still warn of is answered."""
    unsettled = Problem.objects.filter(sheet=sheet, state__in=UNSETTLED)
    unsettled.update(state=ProblemState.MENDED)
    Problem.objects.bulk_create(
        Problem(
            subject_id=sheet.subject_id,
            authority_scope=sheet.authority_scope,
            sheet=sheet,
            rule=each.rule,
            words=each.words[:300],
            error=False,
            state=ProblemState.ANSWERED,
            answer=answers[each.words].strip()[:300],
            answered_by=account,
        )
        for each in found
    )


def _accept(sheet: Sheet, account: Account) -> None:
    """The version enters the register: a fact of the hospital for the month, under its digest."""
    version = SheetVersion.objects.filter(sheet=sheet).latest("number")
    Sheet.objects.filter(pk=sheet.pk).update(accepted=version)
    sheet.accepted = version
    cause = f"infection:{sheet.pk}"
    with changing(kind=ChangeKind.DECISION, actor=account.pk, cause=cause, subjects=[sheet.subject_id]) as change:
        change.state(
            AcceptedSheet,
            sheet.subject_id,
            sheet.line,
            {
                "record": sheet.record,
                "unit": sheet.unit.name if sheet.unit else "",
                "version": version.number,
                "rows": len(version.rows),
                "digest": version.digest,
                "rules": version.rules,
            },
            valid_from=sheet.period,
            valid_to=month_after(sheet.period),
            authority_scope=sheet.authority_scope,
        )


def _tell(sheet: Sheet, verb: Verb, reason: str) -> None:
    """Who must act next learns of it: the hospital of what came back."""
    if verb.leads == SheetState.RETURNED:
        title = f"{sheet.title} {sheet.period:%Y-%m} 被退回"
        inbox.send(
            title=title, kind="infection", role=NURSE, scope=sheet.institution_scope, body=reason.strip(), link=sheet.get_absolute_url()
        )  # fmt: skip
