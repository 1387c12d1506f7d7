"""What the public may know of institutions: the licence as it hangs on the wall (医疗机构管理条例 第二十五条)."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.sources import Source, register_source
from yizheng.documents.authorities import authority
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.register import INSTITUTIONS


def subjects() -> Iterator[int]:
    """Every institution that has a licence."""
    found = InstitutionLicence.objects.current().order_by("subject_id")
    yield from found.values_list("subject_id", flat=True).distinct()


def records(ids: Sequence[int]) -> Iterable[PublicInstitution]:
    """The public records of these institutions, in two queries."""
    offices = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    for row in InstitutionLicence.objects.as_of(timezone.localdate()).filter(subject_id__in=ids):
        yield PublicInstitution(
            subject=row.subject_id,
            name=row.name,
            category=name_of("institution_category", row.category),
            district=name_of("district", row.district),
            authority=authority(offices[row.authority_scope]).name,
            in_force=row.may_practise,
            valid_from=row.valid_from,
        )


register_source(Source(INSTITUTIONS, PublicInstitution, subjects, records, in_force="有效"))
