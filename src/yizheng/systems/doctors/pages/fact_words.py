"""The words for doctors' facts on a page that shows those of several systems and of many people: each with the name."""

from __future__ import annotations

from collections.abc import Sequence

from yizheng.people.models import Account
from yizheng.registry.models import Fact
from yizheng.systems import fact_words
from yizheng.systems.doctors.pages.names import names_for
from yizheng.systems.doctors.pages.wording import Wording
from yizheng.systems.practitioners.models import PersonIdentity


class DoctorWords(Wording):
    """The words for the versions of many people, as far as the account may see their names."""

    def __init__(self, account: Account, versions: Sequence[Fact]) -> None:
        super().__init__(names_for(versions))
        found = PersonIdentity.objects.visible_to(account).filter(
            subject_id__in={each.subject_id for each in versions}
        )
        self._people = dict(found.order_by("valid_from", "id").values_list("subject_id", "name"))

    def title(self, fact: Fact) -> str:
        """The name last known, and the line."""
        return f"{self._people.get(fact.subject_id, '')}　{self.line(fact)}".strip()


fact_words.declare("doctors", DoctorWords)
