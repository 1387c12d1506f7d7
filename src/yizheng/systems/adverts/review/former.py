"""What was approved before: the samples of the approval that an application is about."""

from yizheng.people.scope import acting_as_system
from yizheng.systems.adverts.item import approval_of
from yizheng.systems.adverts.models import AdvertSample
from yizheng.systems.adverts.review.filing import Filing


def former_samples(filing: Filing) -> dict[int, AdvertSample]:
    """The samples of the institution's own approval that the case is about, by number."""
    if filing.held is None or filing.held.institution != filing.institution:
        return {}
    with acting_as_system("核对原审查样件"):
        advert = approval_of(filing.held.number)
        found = AdvertSample.objects.current().filter(subject_id=advert.subject_id if advert else 0)
        return {int(each.line.partition(":")[2]): each for each in found}
