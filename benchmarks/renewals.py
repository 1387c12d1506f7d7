"""A hospital's renewals decided in one go, beside the same rows written by set-based SQL alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.decisions import Waiting, Written, decided
from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, at_most, question

if TYPE_CHECKING:
    from yizheng.licensing.models import Case
    from yizheng.people.models import Scope
    from yizheng.systems.institutions.models import InstitutionLicence

CASES = 10_000
WRITTEN: Written = (
    *((table, "id") for table in (
        "registry_change", "registry_basis", "nurses_registration", "licensing_caseevent", "documents_certificate",
        "documents_instrument", "documents_allocation", "people_auditentry", "work_notice",
    )),
    ("disclosure_publicpractitioner", "subject"), ("licensing_case", "change_id"), ("nurses_registration", "closed"),
    ("documents_certificate", "ended_by"), ("licensing_batchrow", "id"),
)  # fmt: skip
"""Tables a renewal writes to, as for first registrations."""
SINCE = date(2016, 3, 1)


@question(
    "renewals-ten-thousand",
    "一批 10,000 件护士延续注册一次决定，数据库所用的处理器时间",
    beside="新写和改写的同样多的行，只用成批 SQL 写入同样的表（带同样的索引），处理器时间",
    unit="s",
    reach=at_most(8),
    runs=2,
)
def renewals(lab: Lab) -> Iterator[Pair]:
    """Each run decides a dossier of fresh renewals, every one with a certificate in force, as the serving role in chunks."""
    yield from decided(lambda: _waiting(CASES, WRITTEN), WRITTEN)


def _waiting(number: int, tables: Written) -> Waiting:
    """So many renewals on one decider's desk, the decider, and how far each table had grown before the decisions."""
    from django.db import transaction

    from benchmarks.waiting import clerk, highest, subjects_made, unique
    from yizheng.people.kinds import Role
    from yizheng.people.models import Scope
    from yizheng.people.scope import acting_as_system
    from yizheng.systems.institutions.models import InstitutionLicence

    with acting_as_system("测量"), transaction.atomic():
        licence = InstitutionLicence.objects.current().filter(status="active").order_by("pk")[0]
        office = Scope.objects.get(pk=licence.authority_scope)
        nurses = _nurses(subjects_made(number), licence, office.pk, unique() % 10**9)
        cases = _cases(nurses, licence, office)
        return (
            cases,
            clerk("决定", Role.DECIDER, office),
            {(table, grows): highest(table, grows) for table, grows in tables},
        )


def _nurses(subjects: Sequence[int], licence: InstitutionLicence, office: int, serial: int) -> dict[int, date]:
    """Registrations with their certificates, due in sixty days: the last day by subject."""
    from django.utils import timezone

    from yizheng.documents.certificates import Draft, issue_many
    from yizheng.kernel.chinese_dates import long_date
    from yizheng.kernel.identifiers import make_resident_id
    from yizheng.people import vault
    from yizheng.registry import ChangeKind, changing
    from yizheng.systems.nurses.item import NURSE_CERTIFICATE
    from yizheng.systems.nurses.models import LINE, NurseRegistration
    from yizheng.systems.practitioners.models import PersonIdentity
    from yizheng.systems.practitioners.models.identity import LINE as WHO

    born, last = date(1994, 1, 1), timezone.localdate() + timedelta(days=60)
    numbers = {pk: f"{2016}11{(serial + n) % 1_000_000:06d}" for n, pk in enumerate(subjects)}
    identities = {
        pk: make_resident_id("110108", born + timedelta(days=pk // 499 % 3000), pk % 499 * 2 + 2) for pk in subjects
    }
    vault.store_many([(pk, "resident_id", text) for pk, text in identities.items()])
    drafts = []
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench", subjects=subjects) as change:
        for pk, number in numbers.items():
            who = {"name": f"测{chr(0x4E00 + pk % 4000)}", "sex": "2", "birth_date": born, "ethnic_group": "01"}
            change.state(PersonIdentity, pk, WHO, who, valid_from=born, authority_scope=office)
            said = {
                "number": number, "institution": licence.subject_id, "registered_on": SINCE, "term_from": SINCE,
                "term_to": last, "work_kind": "clinical",
            }  # fmt: skip
            change.state(NurseRegistration, pk, LINE, said, valid_from=SINCE, authority_scope=office)
            fields = {
                "number": number, "issuer": "测量", "name": who["name"], "sex": "女", "identity_number": identities[pk],
                "place": "北京市", "institution": licence.name, "registered_on": long_date(SINCE), "term_to": long_date(last),
            }  # fmt: skip
            drafts.append(Draft(NURSE_CERTIFICATE.code, pk, office, fields, SINCE, change.id))
    issue_many(drafts)
    return dict.fromkeys(subjects, last)


def _cases(nurses: Mapping[int, date], licence: InstitutionLicence, office: Scope) -> list[Case]:
    """Their renewals, handed in by the hospital and put forward for a decision."""
    from django.utils import timezone

    from benchmarks.waiting import clerk, events, unique
    from yizheng.licensing import answers as form_answers
    from yizheng.licensing.catalogue import item
    from yizheng.licensing.models import Case, Dossier
    from yizheng.people.kinds import AccountKind, Role
    from yizheng.people.scopes import add_organisation

    today, first = timezone.localdate(), unique() % 10**9
    declared = item("nurse_renewal", today)
    house = add_organisation(f"bench-{licence.subject_id}", licence.name, office, licence.subject_id)
    operator = clerk("经办", Role.INSTITUTION_OPERATOR, house, AccountKind.INSTITUTION)
    dossier = Dossier.objects.create(
        number=f"D{first}", item_code=declared.code, rules_on=today, institution_scope=house.pk,
        institution_name=licence.name, institution_subject_id=licence.subject_id, authority_scope=office.pk,
        opened_by=operator, handed_in_at=timezone.now(),
    )  # fmt: skip
    cases = []
    for n, (subject, last) in enumerate(nurses.items()):
        case = Case(
            number=f"R{first}-{n}"[:20], item_code=declared.code, rules_on=today, shape=declared.shape, subject_id=subject,
            applicant=operator, applicant_name="测", applicant_scope=house.pk, institution_scope=house.pk,
            institution_name=licence.name, authority_scope=office.pk, state="deciding", submitted_at=timezone.now(),
            proposal="grant", dossier=dossier,
        )  # fmt: skip
        form_answers.put(case, declared, {
            "office": {"scope": office.pk, "institution": house.pk},
            "renewal": {"institution": licence.name, "term_to": last.isoformat()},
            "declaration": {"health": "fit", "truth": True},
        })  # fmt: skip
        cases.append(case)
    Case.objects.bulk_create(cases)
    events(cases, [clerk(word, role, office) for word, role in (("受理", Role.ACCEPTOR), ("审核", Role.REVIEWER))])
    return cases
