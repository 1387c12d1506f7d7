"""A city that can be made larger: of everything that a page lists there are as many as it was grown by."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from tests.cast import Place, new_account, new_institution
from tests.disclosure.conftest import doctor as public_doctor
from tests.systems.doctors.crowd import NAMES, Desk, apply_all, qualified
from tests.systems.doctors.people_of_pages import LINE, Made, license_house, make_doctor, registered
from yizheng.disclosure.publishing import publish
from yizheng.licensing.cases import rollbacks
from yizheng.licensing.models import Case, CaseEvent, Problem, ProblemSource, Proposal
from yizheng.licensing.problem_data import orders
from yizheng.licensing.states import CaseState
from yizheng.people import audit
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, GrantProposal, Scope, UnmaskingRecord
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.practitioners.models import ExamResult
from yizheng.systems.practitioners.models.exam_result import line as exam_line
from yizheng.work.models import Approval, Job, Notice

STATES = (CaseState.CONFIRMING, CaseState.RECEIVED, CaseState.REVIEWING, CaseState.DECIDING)
PUBLIC = 900_000
"""Subjects of entries that were published without a register behind them."""


@dataclass
class Cast:
    """Who stands in the middle of what grows."""

    haidian: Scope
    house: Place
    second: Place
    acceptor: Account
    reviewer: Account
    decider: Account
    everybody: list[Account]
    """Accounts that get notices and jobs."""


class Population:
    """The city, with a doctor and a case whose own histories grow with it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.size = 0
        self.problem: Problem
        self.names = iter(NAMES)
        self.practice_numbers = itertools.count(1)
        license_house(cast.house, cast.haidian)
        self.doctor = self._doctor("林知夏")
        self.person = new_account(AccountKind.INDIVIDUAL, "林知夏", subject=self.doctor.subject)
        self.case = self._cases(1, CaseState.DECIDING)[0]
        self.draft = self._draft()
        (published,) = qualified([next(self.names)], cast.haidian.pk)
        self.published_number = published.certificate
        publish("doctor", [public_doctor(published.account.subject_id or 0, "乔木森", "110110109099999")])

    def grow(self, size: int) -> None:
        """Until there are ``size`` of everything."""
        numbers = range(self.size, size)
        self._registers(numbers)
        for state in STATES:
            self._cases(len(numbers), state)
        self._history_of_the_doctor(numbers)
        self._history_of_the_case(numbers)
        self._work(numbers)
        self._administration(numbers)
        self._public(numbers)
        self.size = size

    def _doctor(self, name: str) -> Made:
        number = f"1101101080{next(self.practice_numbers):05d}"
        cast = self.cast
        return make_doctor(name, cast.house, cast.haidian, by=cast.decider, second=cast.second, number=number)

    def _cases(self, number: int, state: CaseState) -> list[Case]:
        cast = self.cast
        desk = Desk(cast.house.scope.name, cast.house.scope.pk, cast.haidian.pk, cast.acceptor, cast.reviewer)
        people = qualified(list(itertools.islice(self.names, number)), cast.haidian.pk)
        return apply_all(people, desk, state)

    def _draft(self) -> Case:
        """The same, once more at her own table."""
        (case,) = self._cases(1, CaseState.DECIDING)
        with acting_as_system("test"):
            Case.objects.filter(pk=case.pk).update(state=CaseState.CORRECTING)
            case.refresh_from_db()
        return case

    def _registers(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._examined(self._doctor(f"林{next(self.names)}"))
            license_house(new_institution(f"海淀第{number}门诊部", self.cast.haidian), self.cast.haidian)
            self.problem = orders.report(
                INSTITUTIONS, self.cast.house.subject.pk, self.cast.house.scope.name, self.cast.haidian.pk, "地址有误",
                source=ProblemSource.SELF, found_by="韩审核", account=self.cast.reviewer,
            )  # fmt: skip

    def _examined(self, doctor: Made) -> None:
        """She passed the examination of 2025, with as many points as the others."""
        reached = {
            "exam_year": 2025, "exam_region": "11", "exam_category": "110", "name_as_examined": "林知夏",
            "total_score": 370.5, "pass_line": 360, "skill_passed": True, "passed": True,
        }  # fmt: skip
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.DECISION, actor=self.cast.decider.pk, cause="test", reason="成绩") as change,
        ):
            change.event(
                ExamResult, doctor.subject, exam_line(2025, "110"), reached,
                happened_on=date(2025, 8, 31), authority_scope=self.cast.haidian.pk,
            )  # fmt: skip

    def _history_of_the_doctor(self, numbers: Iterable[int]) -> None:
        """Every change by another person, to another institution; cases of hers that ended; looks at her number."""
        for number in numbers:
            clerk = new_account(AccountKind.CLERK, f"第{number}人", Role.DECIDER, self.cast.haidian)
            house = new_institution(f"海淀第{number}医院", self.cast.haidian)
            license_house(house, self.cast.haidian)
            values = registered(house, practice_number="110110108000001")
            with (
                acting_as_system("test"),
                changing(kind=ChangeKind.DECISION, actor=clerk.pk, cause="test", reason="变更") as change,
            ):
                change.state(
                    Registration, self.doctor.subject, LINE, values,
                    valid_from=date(2025, 6, 1) + timedelta(days=number),
                    authority_scope=self.cast.haidian.pk,
                )  # fmt: skip
            UnmaskingRecord.objects.create(
                subject=self.doctor.subject, kind="resident_id", account=clerk, reason="核对"
            )
            self._ended_case(number)

    def _ended_case(self, number: int) -> None:
        with acting_as_system("test"):
            template = Case.objects.get(pk=self.case.pk)
            Case.objects.create(
                number=f"20-{number:06d}", item_code=template.item_code, rules_on=template.rules_on,
                shape=template.shape, subject=self.doctor.subject, applicant_name="林知夏", applicant=self.person,
                authority_scope=self.cast.haidian.pk, institution_scope=self.cast.house.scope.pk,
                institution_name=self.cast.house.scope.name, state=CaseState.WITHDRAWN,
            )  # fmt: skip

    def _history_of_the_case(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            clerk = new_account(AccountKind.CLERK, f"受理{number}", Role.ACCEPTOR, self.cast.haidian)
            with acting_as_system("test"):
                CaseEvent.objects.bulk_create(
                    CaseEvent(
                        case=case, verb="note", title="记录", at=timezone.now(), on=timezone.localdate(),
                        actor=clerk, actor_name=clerk.display_name, from_state=case.state, to_state=case.state,
                        subject_id=case.subject_id, authority_scope=case.authority_scope,
                        institution_scope=case.institution_scope,
                    )
                    for case in (self.case, self.draft)
                )  # fmt: skip

    def _work(self, numbers: Iterable[int]) -> None:
        cast = self.cast
        with acting_as_system("test"):
            Proposal.objects.bulk_create(
                Proposal(
                    consequence="test", subject=self.doctor.subject, authority_scope=cast.haidian.pk,
                    title=f"第{number}项须办理", article="《医师执业注册管理办法》第十八条", cause=number + 1,
                )
                for number in numbers
            )  # fmt: skip
        people = [*cast.everybody, self.person]
        Notice.objects.bulk_create(
            Notice(account=account, title=f"第{number}条", kind="case") for account in people for number in numbers
        )
        Job.objects.bulk_create(
            Job(name="disclosure.republish", title=f"第{number}项", account=account)
            for account in people
            for number in numbers
        )
        for number in numbers:
            self._waiting_rollback(number)

    def _waiting_rollback(self, number: int) -> None:
        proposer = new_account(AccountKind.CLERK, f"提请{number}", Role.DECIDER, self.cast.haidian)
        payload = {
            "change": number + 1, "title": f"第{number}次变更", "kept": [], "authorities": [self.cast.haidian.pk],
        }  # fmt: skip
        Approval.objects.create(
            kind=rollbacks.KIND, object_ref=f"change:{number + 1}", payload=payload, reason="登记有误",
            proposer=proposer, expires=timezone.now() + timedelta(days=7),
        )  # fmt: skip

    def _administration(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            account = new_account(AccountKind.CLERK, f"新人{number}", Role.ACCEPTOR, self.cast.haidian)
            proposer = new_account(AccountKind.SYSTEM_ADMIN, f"系统{number}")
            GrantProposal.objects.create(
                account=account, role=Role.REVIEWER, scope=self.cast.haidian, reason="轮岗", proposer=proposer
            )
            audit.record(account, "account.open", f"account:{account.pk}")

    def _public(self, numbers: Iterable[int]) -> None:
        """Namesakes of one hospital, newly registered on one day."""
        entries = [
            replace(
                public_doctor(PUBLIC + number, "乔木生", f"1101101090{number:05d}"),
                first_registered=timezone.localdate(),
            )
            for number in numbers
        ]
        publish("doctor", entries)
