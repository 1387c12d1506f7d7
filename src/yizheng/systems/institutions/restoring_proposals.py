"""恢复登记 proposed by one deciding person and approved by another: what is written is what both of them saw.

A proposal names the lines and versions that the preview showed; when the register has changed since, the approval is
refused and a new proposal is needed.
"""

import hashlib

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held
from yizheng.people.scope import acting_as_system
from yizheng.registry import Knowledge
from yizheng.registry.failures import RegistryError
from yizheng.registry.models import Change, Subject
from yizheng.registry.rolling_back.restoring import RestorationPreview, Wanted
from yizheng.systems.institutions.restoring import authorities, may_restore, preview, restore
from yizheng.work import approval, inbox
from yizheng.work.models import Approval

KIND = "registry.restore"
NOTHING = "现在的登记与那时所知一致，没有需要恢复的内容"


def hindrance(wanted: Wanted) -> str:
    """Why this moment cannot be restored at all; empty when it can."""
    if wanted.subject is None:
        return ""
    opened = Subject.objects.filter(pk=wanted.subject).values("opened")
    since = Change.objects.filter(pk__in=opened).values_list("position", flat=True).first()
    if since is not None and wanted.known.position < since:
        return "那时登记簿还没有登记它，没有可以恢复的内容"
    return ""


def propose(account: Account, found: RestorationPreview, title: str, reason: str, link: str) -> Approval:
    """Ask a second deciding person; `link` leads her to the preview. Raises ApprovalRefused."""
    wanted = found.wanted
    if why := hindrance(wanted) or ("" if found.changed else NOTHING):
        raise approval.ApprovalRefused(f"{why}。")
    if not may_restore(account, found):
        raise approval.ApprovalRefused("恢复须由全部相关登记机关的决定人员提请。")
    scopes = sorted(authorities(found))
    payload = {
        "subject": wanted.subject,
        "change": wanted.change,
        "position": wanted.known.position,
        "title": title,
        "link": link,
        "shown": _shown(found),
        "authorities": scopes,
    }
    made = approval.propose(KIND, object_of(wanted), account, payload, reason)
    for scope in scopes:
        inbox.send(title=f"待批准：恢复“{title}”", kind="approval", role=Role.DECIDER, scope=scope, link=link)
    return made


def waiting_for(wanted: Wanted) -> Approval | None:
    """The proposal about the same institution or change that waits for a second person."""
    waiting = Approval.objects.waiting().filter(kind=KIND, object_ref=object_of(wanted))
    return waiting.select_related("proposer").first()


def object_of(wanted: Wanted) -> str:
    """What a proposal is about."""
    return f"subject:{wanted.subject}" if wanted.change is None else f"change:{wanted.change}"


def wanted_by(made: Approval) -> Wanted:
    """What a proposal asks to restore."""
    told = made.payload
    return Wanted(Knowledge(told["position"]), subject=told["subject"], change=told["change"])


def _shown(found: RestorationPreview) -> str:
    """A digest of the lines and versions of a preview."""
    parts = sorted(
        f"{line.line.table} {line.line.subject_id} {line.line.line} {line.closing} {line.opening} {bool(line.kept)}"
        for line in found.lines
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _may_decide(held: Held, made: Approval) -> bool:
    return held.has_over(Role.DECIDER, made.payload["authorities"])


def _carry_out(made: Approval) -> None:
    """Write what was proposed; refusals leave the proposal waiting."""
    if made.decider is None:
        raise approval.ApprovalRefused("恢复须由另一人批准。")
    told, wanted = made.payload, wanted_by(made)
    try:
        with acting_as_system(f"恢复登记 approval:{made.pk}"):
            if _shown(preview(wanted)) != told["shown"]:
                raise approval.ApprovalRefused("提请之后登记又有变化，恢复的内容已不同，请驳回后重新提请。")
            restore(wanted, made.proposer, made.decider, made.reason)
    except RegistryError as refused:
        raise approval.ApprovalRefused(str(refused)) from refused
    inbox.send(to=made.proposer, title=f"已恢复“{told['title']}”", kind="approval")


approval.ApprovalKind(KIND, title="恢复登记", may_decide=_may_decide, carry_out=_carry_out)
