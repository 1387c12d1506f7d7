"""The lists of the rooms below the shell: accounts, grants, the audit trail, jobs and the inbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest

from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, AuditEntry, GrantProposal
from yizheng.people.pages.administration import FACTORS, chosen_accounts
from yizheng.people.pages.auditing import chosen_entries
from yizheng.people.pages.frame import requires
from yizheng.people.roles import Power
from yizheng.people.wording import detail_words, object_words, verb_words
from yizheng.shell.desk.access import signed_in
from yizheng.shell.exporting.lists import Column, Filter, ListKind, declare
from yizheng.work.models import Job, Notice

_CHUNK = 2000


def _accounts(request: HttpRequest) -> Iterable[Account]:
    return chosen_accounts(request.GET).order_by("-pk").iterator(_CHUNK)


def _entries(request: HttpRequest) -> Iterable[AuditEntry]:
    return chosen_entries(request.GET).order_by("-pk").iterator(_CHUNK)


def _grants(request: HttpRequest) -> Iterable[GrantProposal]:
    asked = GrantProposal.objects.select_related("account", "scope", "proposer", "decider")
    return asked.order_by("-pk").iterator(_CHUNK)


def _jobs(request: HttpRequest) -> Iterable[Job]:
    return Job.objects.visible_to(signed_in(request)).iterator(_CHUNK)


def _notices(request: HttpRequest) -> Iterable[Notice]:
    return Notice.objects.visible_to(signed_in(request)).iterator(_CHUNK)


def _factors(account: Any) -> str:
    """The second factors of an account, as the page counts them."""
    if account.has_passkey:
        return "动态口令、通行密钥"
    return "动态口令" if account.has_device else ""


def _kind_words(kind: str) -> str:
    return str(dict(AccountKind.choices).get(kind, kind))


def _who(entry: AuditEntry) -> str:
    return f"{entry.actor.display_name}（{entry.actor.username}）" if entry.actor else ""


def _detail(entry: AuditEntry) -> str:
    return "　".join(f"{name} {value}" for name, value in detail_words(entry.detail))


def _asked(proposal: GrantProposal) -> str:
    verb = "撤销" if proposal.revokes else "授予"
    return f"{verb}{proposal.get_role_display()}（{proposal.scope.name}）"


declare(
    ListKind(
        "accounts",
        "账号",
        requires(Power.LIST_ACCOUNTS),
        (
            Column("姓名", "display_name"),
            Column("用户名", "username", 20),
            Column("类别", lambda account: account.get_kind_display()),
            Column("状态", lambda account: "启用" if account.is_active else "停用", 8),
            Column("第二因素", _factors, 22),
            Column("上次登录", "last_login", 18),
        ),
        _accounts,
        {
            "kind": Filter("类别", _kind_words),
            "factor": Filter("第二因素", lambda value: FACTORS.get(value, value)),
            "q": Filter("姓名或用户名"),
        },
    ),
    ListKind(
        "grants",
        "授权申请",
        requires(Power.PROPOSE_GRANT, Power.APPROVE_GRANT),
        (
            Column("账号", lambda proposal: proposal.account.display_name),
            Column("申请", _asked, 30),
            Column("理由", "reason", 30),
            Column("提出人", lambda proposal: proposal.proposer.display_name),
            Column("提出时间", "proposed_at", 18),
            Column("状态", lambda proposal: proposal.get_state_display(), 10),
            Column("处理人", lambda proposal: proposal.decider.display_name if proposal.decider else None),
            Column("处理时间", "decided_at", 18),
        ),
        _grants,
    ),
    ListKind(
        "audit",
        "审计记录",
        requires(Power.READ_AUDIT),
        (
            Column("时间", "at", 18),
            Column("操作人", _who, 24),
            Column("行为", lambda entry: verb_words(entry.verb), 20),
            Column("对象", lambda entry: object_words(entry.object_ref), 18),
            Column("详情", _detail, 50),
        ),
        _entries,
        {
            "verb": Filter("行为", verb_words),
            "actor": Filter("用户名"),
            "object": Filter("对象", object_words),
        },
    ),
    ListKind(
        "jobs",
        "后台任务",
        login_required,
        (
            Column("任务", "title", 30),
            Column("状态", lambda job: job.get_state_display(), 10),
            Column("已完成", "done", 10),
            Column("总数", "total", 10),
            Column("说明", "message", 40),
            Column("提交", "created", 18),
            Column("结束", "finished", 18),
        ),
        _jobs,
    ),
    ListKind(
        "inbox",
        "收件箱",
        login_required,
        (Column("时间", "sent", 18), Column("消息", "title", 50), Column("内容", "body", 60)),
        _notices,
    ),
)
