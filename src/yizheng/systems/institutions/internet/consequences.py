"""What follows for service over the internet when the institution behind it ends or gives up a subject (互联网医院管理办法 第五条)."""

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import internet_diagnosis_rules, internet_hospital_rules
from yizheng.licensing.ports.consequences import Proposed, ProposedAct, consequence, consequence_of_change, leads_to_act
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence, InternetService
from yizheng.systems.institutions.register import INSTITUTIONS

HOST_ENDED = "institutions.host_ended"


@consequence(HOST_ENDED, register=INSTITUTIONS, of=InstitutionLicence, article=internet_hospital_rules(5))
def lose_their_host(ended: Fact, on: date) -> Iterable[Proposed]:
    """An internet hospital of its own does not outlive the institution it relies on; a second name ends with its record."""
    assert isinstance(ended, InstitutionLicence)
    for each in _services(on, host=ended.subject_id):
        name = licences.name_of(each.subject_id, on)
        yield Proposed(each.subject_id, each.authority_scope, f"所依托的{ended.name}已终止执业：{name}须注销")


leads_to_act(HOST_ENDED, ProposedAct("inst_deregister_ex_officio", {"closing": {"cause": "host_ended"}}))


@consequence_of_change(
    "institutions.internet_subjects", register=INSTITUTIONS, of=InstitutionLicence, article=internet_diagnosis_rules(8)
)
def lose_a_subject(former: InstitutionLicence, new: InstitutionLicence, on: date) -> Iterable[Proposed]:
    """What the institution is not registered for any more is not offered over the internet either."""
    removed = set(former.subjects) - set(new.subjects)
    if not removed:
        return
    for each in [*_services(on, subject=new.subject_id), *_services(on, host=new.subject_id)]:
        lost = "、".join(name_of("clinical_subject", code) for code in each.subjects if code in removed)
        if lost:
            name = licences.name_of(each.subject_id, on)
            yield Proposed(each.subject_id, each.authority_scope, f"{new.name}已取消{lost}：{name}的互联网诊疗须变更")


def _services(on: date, **of: int) -> list[InternetService]:
    with acting_as_system("核对互联网诊疗"):
        return list(InternetService.objects.as_of(on).filter(**of).order_by("subject_id"))
