"""After a correction, a merge or a rollback of an advert: the certificate is printed anew, the public list says what stands now."""

from django.utils import timezone

from yizheng.documents import certificates, sealing
from yizheng.documents.certificates import Draft
from yizheng.documents.models import Certificate, Status
from yizheng.licensing.cases.touching import Touched, follows
from yizheng.licensing.problem_data.reprinting import prints_whole
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.adverts import approving, publishing
from yizheng.systems.adverts.models import APPROVAL, AdvertApproval, AdvertSample
from yizheng.systems.adverts.register import ADVERTS


def print_anew(change: ChangeInProgress, subject_id: int, title: str) -> list[Certificate]:
    """The certificate as a new version under its number; it is the institution that holds it."""
    today = timezone.localdate()
    advert = AdvertApproval.objects.as_of(today).filter(subject_id=subject_id, line=APPROVAL).first()
    if advert is None:
        return []
    held = Certificate.objects.all().filter(
        kind=approving.CERTIFICATE.code, subject_id=advert.institution_id, number=advert.number, status=Status.VALID
    )
    samples = AdvertSample.objects.as_of(today).filter(subject_id=subject_id).order_by("line").values("title")
    made = []
    for each in held.select_for_update(no_key=True):
        former, _ = sealing.unseal(each)
        fields = approving.printed(advert.values(), samples, former["issuer"])
        changes = [*former.get("changes", []), [title, str(today), former["issuer"]]]
        draft = Draft(
            each.kind, each.subject_id, each.authority_scope, {**fields, "changes": changes}, today, change.id
        )
        made.append(certificates.issue(draft))
    return made


@follows
def show_anew(touched: Touched) -> None:
    """The public entries of the adverts whose facts were touched."""
    publishing.refresh(touched.subjects(AdvertApproval, AdvertSample))


prints_whole(ADVERTS, print_anew)
