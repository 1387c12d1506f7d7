"""问题数据: what is wrong is found, proposed with before and after, approved by another person, undone; duplicates go and come."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import Place, new_account, new_institution, sign_in
from tests.systems.doctors.people_of_pages import license_house, make_doctor
from tests.systems.institutions.conftest import registration
from tests.walking import Desk
from yizheng.demo.walker import Walker
from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.publishing import refresh
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.licensing.models import Problem, ProblemSource, ProblemState
from yizheng.licensing.problem_data import orders
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import Knowledge, latest_position
from yizheng.registry.models import Change, SameAs
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.institutions.models import InstitutionLicence, InstitutionNumber
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.work import approval
from yizheng.work.approval import ApprovalRefused
from yizheng.work.models import Approval

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_decider(haidian: Scope) -> Account:
    return new_account(AccountKind.CLERK, "许复核", Role.DECIDER, haidian)


@pytest.fixture
def licensed(institution: Place, haidian: Scope) -> Place:
    license_house(institution, haidian)
    with acting_as_system("test"):
        refresh(INSTITUTIONS.code, [institution.subject.pk])
    return institution


@pytest.fixture
def twice(licensed: Place, haidian: Scope) -> Place:
    """The same institution registered a second time, with a number of its own; nobody signs in for it any more."""
    again = new_institution("海淀清河医院（重复）", haidian)
    license_house(again, haidian)
    Account.objects.filter(pk=again.operator.pk).update(is_active=False)
    with acting_as_system("test"):
        refresh(INSTITUTIONS.code, [again.subject.pk])
    return again


def told(place: Place, account: Account, words: str = "地址应为青禾路 2 号") -> Problem:
    return orders.report(
        INSTITUTIONS, place.subject.pk, place.scope.name, place.scope.parent_id or 0, words,
        source=ProblemSource.SELF, found_by="韩审核", account=account,
    )  # fmt: skip


def licence_of(place: Place) -> InstitutionLicence:
    with acting_as_system("test"):
        found: InstitutionLicence = InstitutionLicence.objects.current().get(subject_id=place.subject.pk)
        return found


def approve(made: Approval, account: Account) -> None:
    with acting_as(account):
        approval.approve(made.pk, account)


def everything() -> list[Any]:
    """What the register says now, whoever it is about."""
    with acting_as_system("test"):
        kinds: tuple[type[Any], ...] = (InstitutionLicence, InstitutionNumber, Registration, InstitutionFiling, SameAs)
        rows = [each for kind in kinds for each in kind.objects.current()]
    return sorted(
        (type(e).__name__, e.subject_id, e.line, e.valid_from, e.valid_to, str(e.what_is_said())) for e in rows
    )


def propose(place: Place, account: Account, **values: Any) -> Approval:
    problem = told(place, account)
    with acting_as(account):
        return orders.propose_correction(account, problem, licence_of(place), values, "typing", "核对批准文件")


def test_a_correction_is_known_from_today_and_holds_for_the_same_days(
    licensed: Place, reviewer: Account, decider: Account
) -> None:
    before, position = licence_of(licensed), latest_position()
    made = propose(licensed, reviewer, address="青禾路 2 号")
    assert made.payload["rows"] == [["地址", "青禾路 1 号", "青禾路 2 号"]]
    assert licence_of(licensed).address == "青禾路 1 号"
    approve(made, decider)
    after = licence_of(licensed)
    assert (after.address, after.valid_from, after.valid_to) == ("青禾路 2 号", before.valid_from, before.valid_to)
    with acting_as_system("test"):
        then = InstitutionLicence.objects.as_of(date(2020, 1, 1), Knowledge(position)).get(subject_id=after.subject_id)
        problem = Problem.objects.get()
        change = Change.objects.get(pk=problem.change_id or 0)
    assert then.address == "青禾路 1 号"
    assert (problem.state, problem.reason, problem.effect["rows"]) == (
        ProblemState.DONE,
        "typing",
        made.payload["rows"],
    )
    assert (change.kind, change.actor_id, change.approved_by_id) == ("correction", reviewer.pk, decider.pk)
    entry = PublicInstitution.objects.get(subject=after.subject_id)
    assert "青禾路 2 号" in [note.words for note in entry.notes]


def test_nobody_approves_what_she_proposed_and_a_changed_register_is_asked_anew(
    licensed: Place, reviewer: Account, decider: Account, second_decider: Account
) -> None:
    mine = propose(licensed, decider, address="青禾路 2 号")
    with pytest.raises(ApprovalRefused, match="提请人不能批准自己的提请"):
        approve(mine, decider)
    other = propose(licensed, reviewer, address="青禾路 3 号")
    approve(other, second_decider)
    with pytest.raises(ApprovalRefused, match="提请之后登记又有变更"):
        approve(mine, second_decider)
    assert licence_of(licensed).address == "青禾路 3 号"


def test_what_is_right_already_is_no_correction_and_a_problem_can_be_dismissed(
    licensed: Place, reviewer: Account, other_district_clerk: Account
) -> None:
    with pytest.raises(orders.NotPossible, match="没有需要更正的"):
        propose(licensed, reviewer, address="青禾路 1 号")
    with acting_as_system("test"):
        problem = Problem.objects.get()
    with pytest.raises(orders.NotPossible, match="由该机关"):
        orders.dismiss(other_district_clerk, problem, "无误")
    with acting_as(reviewer):
        orders.dismiss(reviewer, problem, "与批准文件一致")
        with pytest.raises(orders.NotPossible, match="不予处理，不能再处理"):
            orders.take(reviewer, problem)


def test_a_printed_field_makes_the_licence_anew(
    founding: Walker, district_desk: Desk, founder: Account, haidian: Scope
) -> None:
    typed = registration(institution={"category": "D110", "level": "9", "service_modes": ["1"]}, site={"beds": "0"})
    founding.walk(founding.draft(founder, "inst_register", typed))
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.current().get()
        problem = orders.report(
            INSTITUTIONS,
            licence.subject_id,
            licence.name,
            haidian.pk,
            "地址有误",
            source=ProblemSource.SELF,
            found_by="韩",
        )
    asked = {"address": "北京市海淀区清河路 10 号"}
    with acting_as(district_desk.reviewer):
        made = orders.propose_correction(district_desk.reviewer, problem, licence, asked, "typing", "核对门牌")
    approve(made, district_desk.decider)
    with acting_as_system("test"):
        held = Certificate.objects.all().filter(subject_id=licence.subject_id, status=Status.VALID)
        assert {sealing.unseal(each)[0]["address"] for each in held} == set(asked.values())
        assert {each.version for each in held} == {2}


class TestDuplicates:
    def merged(self, twice: Place, licensed: Place, account: Account, by: Account) -> Problem:
        problem = told(twice, account, "与海淀清河医院是同一家")
        with acting_as(account):
            made = orders.propose_merge(account, problem, licensed.subject.pk, licensed.scope.name, "同址同法人")
        approve(made, by)
        return problem

    def test_a_duplicate_is_merged_found_by_its_number_and_split_again_exactly(
        self, client: Client, licensed: Place, twice: Place, haidian: Scope, reviewer: Account, decider: Account
    ) -> None:
        doctor = make_doctor("林知夏", twice, haidian, by=decider)
        number, before = licence_of(twice).registration_number, everything()
        problem = self.merged(twice, licensed, reviewer, decider)
        with acting_as_system("test"):
            works_at = set(
                Registration.objects.current()
                .filter(subject_id=doctor.subject.pk)
                .values_list("institution", flat=True)
            )
            alias = InstitutionNumber.objects.current().get(number=number)
            assert not InstitutionLicence.objects.current().filter(subject_id=twice.subject.pk).exists()
        assert works_at <= {licensed.subject.pk, None}
        assert (alias.subject_id, alias.kind) == (licensed.subject.pk, "merged")
        assert not PublicInstitution.objects.filter(subject=twice.subject.pk).exists()
        sign_in(client, reviewer)
        page = client.get("/institutions/", {"q": number}).content.decode()
        assert "海淀清河医院" in page
        assert "已并入" in client.get(f"/institutions/{twice.subject.pk}/").content.decode()
        again = told(licensed, reviewer, "其实是两家")
        with acting_as_system("test"):
            (merge,) = orders.merges_of(licensed.subject.pk)
        with acting_as(reviewer):
            made = orders.propose_split(reviewer, again, merge, "两家不同的机构")
        approve(made, decider)
        assert everything() == before
        with acting_as_system("test"):
            problem.refresh_from_db()
        assert problem.state == ProblemState.UNDONE
        assert PublicInstitution.objects.filter(subject=twice.subject.pk).exists()

    def test_what_stands_against_a_merge_is_said(
        self, licensed: Place, twice: Place, reviewer: Account, decider: Account
    ) -> None:
        Account.objects.filter(pk=twice.operator.pk).update(is_active=True)
        with pytest.raises(orders.NotPossible, match="还有使用中的账号"):
            self.merged(twice, licensed, reviewer, decider)
        Account.objects.filter(pk=twice.operator.pk).update(is_active=False)
        with pytest.raises(orders.NotPossible, match="两个主体相同"):
            self.merged(licensed, licensed, reviewer, decider)


class TestPages:
    def test_a_clerk_walks_from_the_record_to_the_proposal(
        self, client: Client, licensed: Place, reviewer: Account, decider: Account
    ) -> None:
        sign_in(client, reviewer)
        subject = licensed.subject.pk
        assert "登记有误" in client.get(f"/institutions/{subject}/").content.decode()
        answer = client.post(
            f"/problems/new/institutions/{subject}/", {"source": "self", "found_by": "韩审核", "words": "地址应为 2 号"}
        )
        problem = answer["Location"]
        assert "海淀清河医院" in client.get("/problems/").content.decode()
        assert "更正哪一项" in client.get(problem).content.decode()
        form = f"{problem}correct/institutions_licence/{licence_of(licensed).pk}/"
        shown = client.get(form).context["form"]
        typed = {each.html_name: each.value() for each in shown if each.value() is not None}
        wrong = client.post(form, {**typed, "name": "", "reason": "typing", "explanation": "核对"})
        assert wrong.status_code == 422
        typed |= {"address": "青禾路 2 号", "reason": "typing", "explanation": "核对批准文件"}
        assert client.post(form, typed)["Location"] == problem
        assert "等登记机关的另一位决定人员批准" in client.get(problem).content.decode()
        sign_in(client, decider)
        signed = client.get(f"/work/approvals/{Approval.objects.get().pk}/").content.decode()
        assert "<ins>青禾路 2 号</ins>" in signed

    def test_an_institution_says_what_is_wrong_about_itself(
        self, client: Client, licensed: Place, twice: Place, reviewer: Account
    ) -> None:
        sign_in(client, licensed.operator)
        asked = {"source": "holder", "found_by": "机构经办", "words": "床位数有误"}
        assert client.post(f"/problems/new/institutions/{licensed.subject.pk}/", asked).status_code == 302
        assert client.post(f"/problems/new/institutions/{twice.subject.pk}/", asked).status_code == 403
        with acting_as_system("test"):
            problem = Problem.objects.get()
        assert problem.source == ProblemSource.HOLDER
        with acting_as(reviewer):
            orders.dismiss(reviewer, problem, "核定床位无误")
        assert "核定床位无误" in client.get("/inbox/").content.decode()
