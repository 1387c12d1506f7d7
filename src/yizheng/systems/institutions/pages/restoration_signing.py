"""What the approver of a restoration reads where she signs: the first lines as they stand and as they would be."""

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry import Knowledge
from yizheng.registry.failures import RegistryError
from yizheng.registry.rolling_back.restoring import Wanted
from yizheng.systems.institutions import restoring_proposals as proposals
from yizheng.systems.institutions.pages.restoration_lines import side_by_side
from yizheng.systems.institutions.restoring import preview
from yizheng.work.approval import Shown, declare_preview
from yizheng.work.models import Approval

TEMPLATE = "institutions/parts/restoration_signed.html"
MOST_SIGNED = 5


def signed(made: Approval, account: Account) -> Shown:
    """The lines of the proposal, and the page that shows them all."""
    asked = made.payload
    wanted = Wanted(Knowledge(asked["position"]), subject=asked["subject"], change=asked["change"])
    try:
        with acting_as_system(f"恢复预览 approval:{made.pk}"):
            lines = preview(wanted).lines
    except RegistryError as refused:
        return Shown(TEMPLATE, {"impossible": str(refused)}, asked["link"])
    shown = side_by_side(account, lines[:MOST_SIGNED])
    return Shown(TEMPLATE, {"lines": shown, "others": len(lines) - len(shown)}, asked["link"])


declare_preview(proposals.KIND, signed)
