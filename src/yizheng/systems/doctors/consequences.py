"""What follows for doctors when their institution ends or gives up a subject (医师执业注册管理办法 第十九条, 医师法 第十四条)."""

from collections.abc import Iterable
from datetime import date

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.ports.consequences import Proposed, consequence_of_change
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.answers import registered_here
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.questions import Staff, fitting
from yizheng.systems.practitioners.consequences import go_with_their_institution, when_institutions_end

when_institutions_end(
    PEOPLE,
    registration_rules(19),
    "须离岗备案或者变更主要执业机构",
    within=lambda on: natural_days(periods(on).leave_days),
)
go_with_their_institution(PEOPLE)


@consequence_of_change("doctors.subject_given_up", register=DOCTORS, of=InstitutionLicence, article=physicians_law(14))
def lose_their_subject(former: InstitutionLicence, new: InstitutionLicence, on: date) -> Iterable[Proposed]:
    """Who may practise at nothing but what the institution gave up changes scope or institution; three queries for all."""
    removed = set(former.subjects) - set(new.subjects)
    if not removed:
        return []
    people = registered_here(Staff(new.subject_id, on))
    kept = {each.subject for code in new.subjects for each in fitting(people, code)}
    lost = {each.subject: each.name for code in removed for each in fitting(people, code) if each.subject not in kept}
    with acting_as_system("机构取消诊疗科目后的人员处理"):
        standing = Registration.objects.as_of(on).filter(subject_id__in=lost, institution_id=new.subject_id)
        offices = dict(standing.values_list("subject_id", "authority_scope"))
    return [
        Proposed(
            subject,
            office,
            f"{new.name}取消诊疗科目：{lost[subject]}在该机构没有相符的科目，须变更执业范围或者执业机构",
        )
        for subject, office in sorted(offices.items())
    ]
