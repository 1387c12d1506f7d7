"""The page that hands a case to a colleague: who opens it, what it offers, who loses a race."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import new_account, sign_in
from tests.matrix import REFUSED, AccessMatrix
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.verbs import perform
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system


@pytest.fixture
def colleague(haidian) -> Account:
    return new_account(AccountKind.CLERK, "许同事", Role.REVIEWER, haidian)


@pytest.fixture
def case(draft, on_its_way, reviewer) -> Case:
    found = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        return Case.objects.get(pk=found.pk)


class TestTransfer(AccessMatrix):
    readers = ("reviewer",)
    writers = ("reviewer",)
    refused = REFUSED | {302}  # an individual is led to her own pages

    @pytest.fixture
    def address(self, case: Case, colleague: Account) -> str:
        type(self).posted = {"to": colleague.pk, "reason": "出差一周", "revision": case.revision}
        type(self).case = case
        return reverse("desk:transfer", args=[case.number])

    case: Case

    def state(self) -> Any:
        with acting_as_system("test"):
            return CaseEvent.objects.filter(verb="transfer").count()

    def make_wrong(self) -> bool:
        with acting_as_system("test"):
            Case.objects.filter(pk=self.case.pk).update(state="deciding")
        return True


@pytest.mark.django_db
def test_the_case_goes_over(client: Client, case: Case, reviewer: Account, colleague: Account) -> None:
    visitor = sign_in(client, reviewer)
    page = visitor.get(reverse("desk:case", args=[case.number])).content.decode()
    address = reverse("desk:transfer", args=[case.number])
    assert f'href="{address}" data-key="t"' in page
    assert page.count('data-key="t"') == 1
    answer = visitor.post(address, {"to": colleague.pk, "reason": "出差一周", "revision": case.revision})
    assert answer.status_code == 302
    after = visitor.get(answer.headers["Location"]).content.decode()
    assert "转办给 许同事" in after
    assert "出差一周" in after


@pytest.mark.django_db
def test_the_applicant_does_not_read_it(case, client, applicant, reviewer, colleague) -> None:
    address = reverse("desk:transfer", args=[case.number])
    posted = {"to": colleague.pk, "reason": "出差一周", "revision": case.revision}
    assert sign_in(Client(), reviewer).post(address, posted).status_code == 302
    page = sign_in(client, applicant).get(reverse("my:case", args=[case.number])).content.decode()
    assert "转办" not in page
    assert "出差一周" not in page


@pytest.mark.django_db
def test_who_comes_second_is_told_who_was_first(case, client, reviewer, colleague) -> None:
    seen = case.revision
    with acting_as(colleague):
        perform(Case.objects.get(pk=case.pk), "pass_review", colleague, reason="同意")
        back = Case.objects.get(pk=case.pk)
        Case.objects.filter(pk=case.pk).update(state="reviewing", revision=back.revision)
    answer = sign_in(client, reviewer).post(
        reverse("desk:transfer", args=[case.number]), {"to": colleague.pk, "reason": "出差", "revision": seen}
    )
    assert answer.status_code == 409
    assert "许同事 已于" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"to": ""}, "请选择转给谁"), ({"to": "0"}, "请从列表中选择同事"), ({"reason": " "}, "请填写理由")],
)
def test_what_is_wrong_is_said(case, client, reviewer, colleague, wrong, words) -> None:
    posted = {"to": colleague.pk, "reason": "出差", "revision": case.revision, **wrong}
    answer = sign_in(client, reviewer).post(reverse("desk:transfer", args=[case.number]), posted)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_nobody_to_hand_it_to(case, client, reviewer) -> None:
    page = sign_in(client, reviewer).get(reverse("desk:transfer", args=[case.number])).content.decode()
    assert "没有可以转给的人" in page
