"""Problem data of the city: what a citizen and a desk found wrong in the registers; one correction waits for its second person."""

from yizheng.demo.institutions import HOSPITAL
from yizheng.demo.making import Making
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import ProblemSource
from yizheng.licensing.problem_data import orders
from yizheng.people.scope import acting_as
from yizheng.systems.adverts.models import AdvertApproval
from yizheng.systems.adverts.models.approval import VALID
from yizheng.systems.adverts.register import ADVERTS
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.register import INSTITUTIONS


def enter(making: Making) -> None:
    """An objection of a citizen, a wrong postcode that is being corrected, a wrong telephone on an advert."""
    licence = (
        InstitutionLicence.objects.current().filter(name=HOSPITAL, valid_from__lte=making.today).latest("valid_from")
    )
    about = (INSTITUTIONS, licence.subject_id, licence.name, licence.authority_scope)
    orders.report(*about, "门口的牌子与登记的名称不一样", source=ProblemSource.PUBLIC, found_by="公众")
    reviewer = making.desk(licence.authority_scope, Actor.REVIEWER)
    wrong = orders.report(
        *about, "邮政编码应为 100193", source=ProblemSource.SELF, found_by=reviewer.display_name, account=reviewer
    )
    with acting_as(reviewer):
        orders.propose_correction(reviewer, wrong, licence, {"postcode": "100193"}, "typing", "与批准文件核对")
    advert = AdvertApproval.objects.current().filter(status=VALID, term_to__gte=making.today).earliest("subject_id")
    orders.report(
        ADVERTS, advert.subject_id, advert.number, advert.authority_scope, "联系电话与批准的样件不一致",
        source=ProblemSource.HOLDER, found_by=advert.first_name,
    )  # fmt: skip
