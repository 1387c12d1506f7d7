"""After a correction, a merge or a rollback: the licence is printed anew, the number of a duplicate is kept, the name found.

The registration number of a duplicate is an alias of the institution that stays (医疗机构电子化注册: 重复登记的登记号).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from yizheng.documents.models import Certificate
from yizheng.licensing.cases.touching import Touched, follows
from yizheng.licensing.problem_data.merging import keeps_aliases
from yizheng.licensing.problem_data.reprinting import prints_whole
from yizheng.people.models import Scope, SearchName
from yizheng.people.searching.search import index_name
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence, InstitutionNumber
from yizheng.systems.institutions.models.numbers import MERGED
from yizheng.systems.institutions.models.numbers import line as number_line
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import certify, in_force
from yizheng.systems.institutions.register import INSTITUTIONS


def print_anew(change: ChangeInProgress, subject_id: int, title: str) -> list[Certificate]:
    """Original and duplicate as new versions, where they are in force."""
    today = timezone.localdate()
    licence = Held(subject_id, today).licence
    if licence is None or not in_force(subject_id):
        return []
    office = Scope.objects.get(pk=licence.authority_scope)
    return [certify(change, subject_id, today, office, changed=title)]


def numbers_of(versions: Sequence[Fact]) -> Iterable[tuple[type[Any], str, dict[str, Any]]]:
    """The numbers by which a duplicate was known; those of its own history go over with their lines."""
    licences = [each for each in versions if isinstance(each, InstitutionLicence) and each.known_as]
    for number, name in {each.known_as: each.name for each in licences}.items():
        note = f"原登记名称：{name}"[:100]
        yield InstitutionNumber, number_line(MERGED, number), {"kind": MERGED, "number": number, "note": note}


@follows
def find_by_name(touched: Touched) -> None:
    """The institution is found by the name it bears now; a duplicate that has no licence any more is not found."""
    subjects, today = touched.subjects(InstitutionLicence), timezone.localdate()
    standing = {
        each.subject_id: each for each in InstitutionLicence.objects.as_of(today).filter(subject_id__in=subjects)
    }
    for subject_id in subjects:
        licence = standing.get(subject_id)
        if licence is None:
            SearchName.objects.filter(subject_id=subject_id).delete()
            continue
        index_name(subject_id, licence.name, [licence.authority_scope], person=False)
        Scope.objects.filter(subject_id=subject_id).exclude(name=licence.name).update(name=licence.name)


prints_whole(INSTITUTIONS, print_anew)
keeps_aliases(INSTITUTIONS, numbers_of)
