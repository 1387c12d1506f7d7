"""The button that leads to a rollback, and what follows one: the register is published anew, the people concerned are told."""

from django.urls import reverse

from yizheng.disclosure.publishing import refresh_facts
from yizheng.licensing.cases.rollbacks import RolledBack, follows
from yizheng.people.models import Account
from yizheng.registry.models import StateFact
from yizheng.registry.reading import kinds
from yizheng.shell.record.pages import ChangeLink, declare_link
from yizheng.work import inbox

MOST_TOLD = 50


declare_link(ChangeLink("回退预览", "arrow-back-up", lambda page, *about: page.within("rollback", *about)))


@follows
def publish(rolled_back: RolledBack) -> None:
    """Make the public entries anew, each in its register."""
    refresh_facts(rolled_back.touched)


@follows
def tell(rolled_back: RolledBack) -> None:
    """Tell the people whose states went back; of a batch the first of them."""
    states = [kind for kind in kinds() if issubclass(kind, StateFact)]
    subjects = rolled_back.subjects(*states)[:MOST_TOLD]
    for account in Account.objects.filter(subject_id__in=subjects, is_active=True):
        inbox.send(
            to=account, title=f"登记已更正：回退“{rolled_back.title}”", kind="registry", link=reverse("my:records")
        )
