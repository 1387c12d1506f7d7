"""Who opens the desk's and the applicant's pages, who acts on them, and that everybody else changes nothing.

A case of 林知遥 for 海淀清河医院 lies at 海淀区; every page is asked for by the whole cast.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix, member
from tests.systems.doctors.crowd import Desk, Person, apply_all
from tests.systems.doctors.people_of_pages import license_house
from tests.walking import picture
from yizheng.kernel import paper_text
from yizheng.kernel.identifiers import make_qualification_number
from yizheng.kernel.paper_text import PaperText
from yizheng.licensing.models import Case, CaseEvent, Disposal, Paper
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account, Scope, UnmaskingRecord
from yizheng.people.scope import acting_as_system

NUMBER = "110108199604260428"
NAME = "林知遥"
OFFICE = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
DESKS = ("institution", "another_institution", *OFFICE, "inspector")
IN_REACH = ("institution", "acceptor", "reviewer", "decider", "city_clerk", "inspector")
"""Who may see the case."""
INDIVIDUALS = ("applicant", "another_applicant", "stranger")
LED_AWAY = frozenset({302, 403, 404, 405})
"""An individual who asks for the desk is led to her own pages."""
SHOWN_A_REFUSAL = frozenset({302, 403, 404, 405, 422})
"""Who sees the case and may not do the verb gets the page with the reason."""


class OfACase(AccessMatrix):
    """A page of the case, which stands at ``at`` when the test begins."""

    at: ClassVar[CaseState] = CaseState.RECEIVED
    path: ClassVar[str] = ""
    refused: ClassVar[frozenset[int]] = LED_AWAY
    case: Case

    @pytest.fixture
    def address(
        self, applicant: Account, institution: Place, haidian: Scope, acceptor: Account, reviewer: Account
    ) -> str:
        license_house(institution, haidian)
        desk = Desk(institution.scope.name, institution.scope.pk, haidian.pk, acceptor, reviewer)
        certificate = make_qualification_number(timezone.localdate().year, "11", "1", "clinical", NUMBER)
        person = Person(applicant, NUMBER, certificate, timezone.localdate())
        (self.case,) = apply_all([person], desk, self.at, employer_as_sealed="清河医院")
        return self.path.format(number=self.case.number)

    def state(self) -> Any:
        """The row, what happened to it, its papers and what was said of its findings."""
        with acting_as_system("test"):
            now = Case.objects.get(pk=self.case.pk)
            counts = (CaseEvent.objects.count(), Paper.objects.count(), Disposal.objects.count())
        return now.state, now.revision, now.handler_id, now.answers, counts

    def bring_to(self, state: CaseState) -> bool:
        """Somebody else was faster."""
        with acting_as_system("test"):
            return bool(Case.objects.filter(pk=self.case.pk).update(state=state))


class TestTheWorklist(AccessMatrix):
    url = "/desk/"
    readers = DESKS
    refused: ClassVar[frozenset[int]] = LED_AWAY


class TestThePrintedList(AccessMatrix):
    url = "/lists/worklist/print/"
    readers = DESKS
    refused: ClassVar[frozenset[int]] = LED_AWAY


class TestTheSearch(AccessMatrix):
    url = "/search/"
    readers = (*DESKS, "analyst", "engineer", "system_admin", "security_admin", "audit_admin")
    refused: ClassVar[frozenset[int]] = LED_AWAY


class TestTheCase(OfACase):
    """Not only is the page open to her: the case is in the lists of those in reach and in nobody else's."""

    path = "/desk/cases/{number}/"
    readers = IN_REACH

    @pytest.mark.parametrize("name", DESKS)
    @pytest.mark.parametrize("page", ["/desk/?view=all", "/lists/worklist/print/?view=all"])
    def test_the_case_is_listed_in_reach_alone(
        self, client: Client, address: str, request: pytest.FixtureRequest, name: str, page: str
    ) -> None:
        shown = sign_in(client, member(request, name)).get(page).content.decode()
        assert (NAME in shown) == (name in IN_REACH)

    @pytest.mark.parametrize(("name", "shown"), [("reviewer", True), ("inspector", False), ("institution", False)])
    def test_clerks_compare_a_paper_with_the_form_and_the_register(
        self, client: Client, address: str, request: pytest.FixtureRequest, name: str, shown: bool,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        text = PaperText("聘用证明 兹证明 林 知遥 于2026年1月5日受聘", recognised=True)
        monkeypatch.setattr(paper_text, "read", lambda content, media_type: text)
        looks = UnmaskingRecord.objects.count()
        client = sign_in(client, member(request, name))
        assert ("compare=1" in client.get(address).content.decode()) is shown
        answer = client.get(address, {"compare": "1"})
        page = answer.content.decode()
        assert ("材料文字由识别得出" in page) is shown
        if shown:
            rows = {row.label: row for each, _ in answer.context["comparison"]["parts"] for row in each}
            assert (rows["姓名"].in_paper, rows["毕业院校"].in_paper) == (True, False)
            assert NUMBER not in page
        assert UnmaskingRecord.objects.count() == looks

    @pytest.mark.parametrize("name", DESKS)
    def test_the_search_leads_the_desks_in_reach_to_it(
        self, client: Client, address: str, request: pytest.FixtureRequest, name: str
    ) -> None:
        answer = sign_in(client, member(request, name)).get("/search/", {"q": self.case.number})
        if name in IN_REACH and name != "inspector":
            assert answer["Location"] == address
        else:
            assert address not in answer.content.decode()


class TestActing(OfACase):
    path = "/desk/cases/{number}/act/"
    writers = ("acceptor",)
    posted: ClassVar[Mapping[str, str]] = {"verb": "accept", "revision": "0", "opinion": "材料齐全"}
    refused: ClassVar[frozenset[int]] = SHOWN_A_REFUSAL

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.WITHDRAWN)


class TestDeciding(OfACase):
    """The decider alone, and here a rule stands against it: nothing is written by anybody."""

    at = CaseState.DECIDING
    path = "/desk/cases/{number}/act/"
    posted: ClassVar[Mapping[str, str]] = {"verb": "grant", "revision": "0", "opinion": "符合"}
    refused: ClassVar[frozenset[int]] = SHOWN_A_REFUSAL


class TestAnsweringAnAdvice(OfACase):
    at = CaseState.REVIEWING
    path = "/desk/cases/{number}/dispose/D-E01/"
    writers = ("acceptor", "reviewer", "decider")
    posted: ClassVar[Mapping[str, str]] = {"choice": "decline", "reason": "印章为规范简称"}
    refused: ClassVar[frozenset[int]] = SHOWN_A_REFUSAL

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.WITHDRAWN)


class TestLookingAtANumber(OfACase):
    path = "/desk/cases/{number}/reveal/person.id_number/"
    readers = ("acceptor", "reviewer", "decider", "city_clerk")
    writers = readers
    posted: ClassVar[Mapping[str, str]] = {"reason": "核对身份"}

    def state(self) -> int:
        return UnmaskingRecord.objects.count()


class TestABatch(OfACase):
    """A case out of reach or at another's desk is left alone; who may do nothing to many goes back to the list."""

    path = "/desk/batch/"
    writers = ("acceptor",)
    refused: ClassVar[frozenset[int]] = frozenset({200, 302, 403, 405})
    too_late: ClassVar[frozenset[int]] = frozenset({302})

    def body(self) -> Mapping[str, Any]:
        return {"verb": "accept", "rows": [str(self.case.pk)], "confirmed": "yes"}

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.WITHDRAWN)


class TestMyCases(AccessMatrix):
    url = "/my/"
    readers = (*INDIVIDUALS, "institution", "another_institution")


class TestMyCase(OfACase):
    path = "/my/cases/{number}/"
    readers = ("applicant",)


class TestMyForm(OfACase):
    at = CaseState.CORRECTING
    path = "/my/cases/{number}/form/"
    readers = ("applicant",)
    writers = ("applicant",)
    posted: ClassVar[Mapping[str, str]] = {"practice-department": "内科"}
    too_late: ClassVar[frozenset[int]] = frozenset({302})

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.REVIEWING)


class TestCheckingMyForm(OfACase):
    at = CaseState.CORRECTING
    path = "/my/cases/{number}/check/"
    writers = ("applicant",)
    posted: ClassVar[Mapping[str, str]] = {"practice-department": "内科"}

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.REVIEWING)


class TestHandingInAPaper(OfACase):
    at = CaseState.CORRECTING
    path = "/my/cases/{number}/materials/photo/"
    writers = ("applicant",)

    def body(self) -> Mapping[str, Any]:
        return {"photo": SimpleUploadedFile("照片.jpg", picture().getvalue(), "image/jpeg")}

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.REVIEWING)


class TestMyVerbs(OfACase):
    path = "/my/cases/{number}/act/"
    writers = ("applicant",)
    posted: ClassVar[Mapping[str, str]] = {"verb": "withdraw", "reason": "不再申请"}

    def make_wrong(self) -> bool:
        return self.bring_to(CaseState.WITHDRAWN)
