"""The pages of the desk as the server makes them: worklist, case, form and record, one request after the other.

In the demonstration city (`--scale demonstration`) or in the register of the bench, where waiting cases are made first. What is
judged is processor seconds, the program's and the database's together: on a quiet machine they are what a page takes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from typing import TYPE_CHECKING, Any

from benchmarks.decisions import Server
from yizheng.cli.bench.laboratory import Lab, percentile
from yizheng.cli.bench.questions import Pair, at_most, by_scale, question

if TYPE_CHECKING:
    from yizheng.people.models import Account

ASKED, WARMING = 100, 10
WAITING = 120
ITEM = "doctor_first_registration"
DEMONSTRATION = "demonstration"
SCALES = (DEMONSTRATION, "hamlet", "town", "city", "country")
Addresses = tuple["Account", Sequence[str]]
"""Who asks, and for what."""


def _page(name: str, asks: str, found: Callable[[Lab], Addresses]) -> None:
    @question(
        name,
        f"{asks}：服务端每页所用的处理器时间（程序和数据库），p95",
        beside="无",
        unit="ms",
        reach=by_scale(at_most(300), demonstration=at_most(150)),
        runs=1,
        scales=SCALES,
    )
    def asked(lab: Lab) -> Iterator[Pair]:
        from benchmarks.waiting import serving

        account, addresses = found(lab)
        with serving():
            get = _visitor(account)
            for address in islice(cycle(addresses), WARMING):
                get(address)
            while True:
                spent, taken = [], []
                for address in islice(cycle(addresses), ASKED):
                    server, used, began = Server(), time.process_time(), time.perf_counter()
                    get(address)
                    taken.append(1000 * (time.perf_counter() - began))
                    spent.append(1000 * (time.process_time() - used + server.seconds()))
                told = f"{len(addresses)} 个地址；等待 p95 {percentile(taken, 0.95):.0f} ms，中位数 {percentile(taken, 0.5):.0f} ms"
                yield Pair(percentile(spent, 0.95), None, told)


def _visitor(account: Account) -> Callable[[str], None]:
    """Asks for a page as the account, whose session is as a sign-in leaves it. Raises RuntimeError for another answer than the page."""
    from django.test import Client

    visitor = Client(headers={"host": "localhost"}, raise_request_exception=True)
    visitor.force_login(account, "yizheng.people.signing_in.backends.AccountBackend")

    def get(address: str) -> None:
        answer: Any = visitor.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    return get


def _clerk(lab: Lab) -> Account:
    """Who has cases on her desk."""
    from benchmarks.waiting import waiting_cases
    from yizheng.people.models import Account

    if lab.scale.name == DEMONSTRATION:
        return Account.objects.get(username="haidian-decide")
    return waiting_cases(WAITING, ())[1]


def _cases(account: Account, **only: Any) -> list[str]:
    from yizheng.licensing.models import Case
    from yizheng.people.scope import acting_as

    with acting_as(account):
        found = Case.objects.visible_to(account).filter(**only).order_by("-pk")
        return list(found.values_list("number", flat=True)[:ASKED])


def _worklist(lab: Lab) -> Addresses:
    from django.urls import reverse

    return _clerk(lab), [f"{reverse('desk:worklist')}?view={view}" for view in ("mine", "all")]


def _case(lab: Lab) -> Addresses:
    from django.urls import reverse

    clerk = _clerk(lab)
    return clerk, [reverse("desk:case", args=[number]) for number in _cases(clerk)]


def _form(lab: Lab) -> Addresses:
    """The form of one applicant; at the scales of the bench a whole application, put back to where it is filled in."""
    from django.urls import reverse

    from benchmarks.waiting import waiting_cases
    from yizheng.licensing.models import Case
    from yizheng.licensing.verbs.drafting import open_draft
    from yizheng.people.models import Account
    from yizheng.people.scope import acting_as, acting_as_system

    if lab.scale.name == DEMONSTRATION:
        applicant = Account.objects.get(username="doctor-ready")
        with acting_as(applicant):
            return applicant, [reverse("my:form", args=[open_draft(applicant, ITEM).number])]
    with acting_as_system("测量"):
        made = waiting_cases(1, ())[0][0]
        Case.objects.filter(pk=made.pk).update(state="draft", submitted_at=None)
        return Account.objects.get(pk=made.applicant_id or 0), [reverse("my:form", args=[made.number])]


def _record(lab: Lab) -> Addresses:
    from yizheng.people.scope import acting_as
    from yizheng.shell.record.pages import person_address
    from yizheng.systems.doctors.models import Registration

    clerk = _clerk(lab)
    with acting_as(clerk):
        known = Registration.objects.visible_to(clerk).current().order_by("pk")
        subjects = list(known.values_list("subject_id", flat=True)[:ASKED])
    return clerk, [person_address("doctor", subject) for subject in dict.fromkeys(subjects)]


_page("pages-worklist", "工作列表", _worklist)
_page("pages-case", "办件页", _case)
_page("pages-form", "申请表", _form)
_page("pages-record", "登记页", _record)
