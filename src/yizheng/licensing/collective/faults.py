"""What stands against handing in each draft of a dossier, known before anybody presses 提交 and kept beside its row."""

from collections.abc import Sequence

from django.utils import timezone

from yizheng.licensing.cases import examining
from yizheng.licensing.cases.examining import Examination
from yizheng.licensing.collective.dossiers import PORTION, drafts_of
from yizheng.licensing.models import Case, Dossier, DossierRow
from yizheng.licensing.verbs.performing import chunks
from yizheng.people.models import Account


def remember_faults(drafts: Sequence[Case]) -> None:
    """Look at drafts of one item and write beside their rows what is left to do; nothing where they can go."""
    with_faults = zip(drafts, examining.examine_many(drafts, timezone.localdate()), strict=True)
    _write({case.pk: examination for case, examination in with_faults})


def remember_faults_of(case: Case, examination: Examination) -> None:
    """The same of one draft that was just looked at, where it belongs to a dossier."""
    if case.dossier_id is not None:
        _write({case.pk: examination})


def weigh_again(dossier: Dossier, account: Account) -> None:
    """The same of every draft, after something of all of them changed."""
    for portion in chunks(list(drafts_of(dossier, account)), PORTION):
        with dossier.item.together():
            remember_faults(portion)


def _write(examinations: dict[int, Examination]) -> None:
    if not examinations:
        return
    rows = list(DossierRow.objects.live().filter(case__in=examinations))
    for row in rows:
        row.problem = "；".join(examinations[row.case_id or 0].left_to_do)
    DossierRow.objects.bulk_update(rows, ["problem"])
