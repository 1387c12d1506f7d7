"""Setting a rule's value from a day on: the system administrator proposes, the security administrator approves.

A value never reaches back: what was judged stays judged by the value of its day (《中华人民共和国立法法》第一百零四条,
法不溯及既往), so a new value begins today or later and after every value set before.
"""

import re
from datetime import date

from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing import rules
from yizheng.licensing.models import RuleValue
from yizheng.licensing.rule_settings import two_persons
from yizheng.licensing.rule_settings.two_persons import Refused, require_system_admin
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.work.models import Approval

KIND = "licensing.rule_value"
_CITATION = re.compile(r"《[^》]+》.*第.+条")


def propose(
    account: Account, code: str, value: int, valid_from: date, article: str, note: str, today: date | None = None
) -> Approval:
    """Ask for ``value`` from ``valid_from`` on; raises ``Refused``, or ``ApprovalRefused`` while one is waiting."""
    require_system_admin(account)
    rule = rules.declaration(code)
    article, note = article.strip(), note.strip()
    _check(rule, value, valid_from, article, today or timezone.localdate())
    if not note:
        raise Refused("请写明为什么改、改了以后影响什么", "note")
    payload = {"code": code, "value": value, "valid_from": valid_from.isoformat(), "article": article}
    return two_persons.propose(KIND, reference(code), account, payload, note)


def reference(code: str) -> str:
    """How proposals and the audit trail name a rule."""
    return f"rule:{code}"


def _check(rule: rules.RuleDeclaration, value: int, valid_from: date, article: str, today: date) -> None:
    least, greatest = rule.limits
    if not least <= value <= greatest:
        raise Refused(f"值应是 {least} 到 {greatest} 的整数", "value")
    if not _CITATION.search(article):
        raise Refused("请写全名和条款，如《医师执业注册管理办法》第九条", "article")
    if valid_from < today:
        raise Refused(
            f"生效日不能早于今天（{long_date(today)}）：已经按原值办理的不追溯，请改为今天或以后的日子", "valid_from"
        )
    last = RuleValue.objects.filter(code=rule.code).order_by("-valid_from").first()
    if last is not None and valid_from <= last.valid_from:
        raise Refused(
            f"已有自{long_date(last.valid_from)}起的值 {last.value}{rule.unit}，"
            f"新值的生效日须在{long_date(last.valid_from)}之后",
            "valid_from",
        )
    if value == rules.value(rule.code, valid_from):
        raise Refused(f"与那一天本来的值相同（{value}{rule.unit}），不用改", "value")


def _carry_out(made: Approval) -> str:
    asked = made.payload
    rule, valid_from = rules.declaration(asked["code"]), date.fromisoformat(asked["valid_from"])
    _check(rule, asked["value"], valid_from, asked["article"], timezone.localdate())
    RuleValue.objects.create(
        code=rule.code,
        value=asked["value"],
        valid_from=valid_from,
        article=asked["article"],
        note=made.reason[:200],
        added_by=made.proposer,
    )
    audit.record(made.decider, "rule.set", reference(rule.code), {**asked, "approval": made.pk})
    return reverse("rule_settings:rule", args=[rule.code])


def _title(made: Approval) -> str:
    asked = made.payload
    rule = rules.declaration(asked["code"])
    return f"{rule.title}自 {asked['valid_from']} 起为 {asked['value']} {rule.unit}".rstrip()


two_persons.declare(KIND, "规则参数", describe=_title, carry_out=_carry_out)
