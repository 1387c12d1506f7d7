"""Batches on the engine's own sample item: small at once, large as a job; two clerks; a batch that dies."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.cast import Place, new_account, new_subject, sign_in
from tests.walking import perform_many
from yizheng.licensing.collective import batching
from yizheng.licensing.models import Batch, Case, CaseEvent, SavedView
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.running import run

Bring = Callable[[Case, str], Case]


@pytest.fixture
def several(institution: Place, on_its_way: Bring, city: Scope) -> Callable[[int, str], list[Case]]:
    """So many cases of different people in a state."""

    def make(number: int, state: str, **values: str) -> list[Case]:
        return [_one(on_its_way, institution, state, **values) for _ in range(number)]

    return make


def _one(on_its_way: Bring, institution: Place, state: str, **values: str) -> Case:
    person = new_account(AccountKind.INDIVIDUAL, "批量申请人", subject=new_subject("person"))
    about = {
        "id_number": "11010519900307123X", "years": "5", "district": "110108", "institution": institution.scope.code,
    }  # fmt: skip
    with acting_as(person):
        case = keep(open_draft(person, "sample_licence"), person, {"about": {**about, **values}})
        perform(case, "submit", person)
    steps = {"received": ["confirm"]}
    with acting_as(institution.operator):
        for verb in steps[state]:
            case = Case.objects.visible_to(institution.operator).get(pk=case.pk)
            perform(case, verb, institution.operator)
    return case


def states(cases: list[Case]) -> list[str]:
    with acting_as_system("test"):
        return list(
            Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk").values_list("state", flat=True)
        )


@pytest.mark.django_db
def test_a_batch_answers_every_case_and_can_be_read_again(
    client: Client, several: Callable[..., list[Case]], acceptor: Account
) -> None:
    cases = several(3, "received")
    sign_in(client, acceptor)
    answer = client.post("/desk/batch/", {"verb": "accept", "rows": [case.pk for case in cases], "confirmed": "yes"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "3 件已办" in page
    assert states(cases) == [CaseState.REVIEWING] * 3
    with acting_as_system("test"):
        assert AuditEntry.objects.filter(verb="case.accept").count() == 3


@pytest.mark.django_db
def test_nobody_else_reads_a_batch(
    client: Client, several: Callable[..., list[Case]], acceptor: Account, city_clerk: Account
) -> None:
    with acting_as(acceptor):
        made = batching.choose(acceptor, "accept", several(1, "received"))
    assert sign_in(client, city_clerk).get(f"/desk/batch/{made.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_case_moved_since_it_was_chosen_is_refused_with_who_moved_it(
    several: Callable[..., list[Case]], acceptor: Account
) -> None:
    cases = several(2, "received")
    with acting_as(acceptor):
        mine = list(Case.objects.visible_to(acceptor).order_by("pk"))
        made = batching.choose(acceptor, "accept", mine)
        perform(mine[0], "accept", acceptor)
        batching.carry_out(made)
        first, second = made.rows.all()
    assert (first.done, second.done) == (False, True)
    assert first.problem.startswith("何受理 已于 ")
    assert states(cases) == [CaseState.REVIEWING] * 2


@pytest.mark.django_db(transaction=True)
def test_a_large_batch_is_a_job_in_chunks_and_a_crash_leaves_nothing_half(
    several: Callable[..., list[Case]], acceptor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = several(5, "received")
    monkeypatch.setattr(batching, "AT_ONCE", 2)
    monkeypatch.setattr(batching, "CHUNK", 2)
    with acting_as(acceptor):
        made = batching.choose(acceptor, "accept", list(Case.objects.visible_to(acceptor)))
        job = batching.start(made, "受理")
    assert job is not None
    answered, calls = batching._answer, [0]

    def dying(rows: Any) -> None:
        calls[0] += bool(rows)
        if calls[0] == 2:
            raise KeyboardInterrupt
        answered(rows)

    monkeypatch.setattr(batching, "_answer", dying)
    with pytest.raises(KeyboardInterrupt):
        run(job.pk)
    assert sorted(states(cases)) == sorted([CaseState.REVIEWING] * 2 + [CaseState.RECEIVED] * 3)
    with acting_as_system("test"):
        assert CaseEvent.objects.filter(verb="accept").count() == 2
    monkeypatch.setattr(batching, "_answer", answered)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.result_url) == ("done", 5, f"/desk/batch/{made.pk}/")
    assert states(cases) == [CaseState.REVIEWING] * 5
    with acting_as_system("test"):
        assert CaseEvent.objects.filter(verb="accept").count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_clerks_on_overlapping_batches_decide_each_case_once(
    several: Callable[..., list[Case]], acceptor: Account, haidian: Scope
) -> None:
    cases = several(6, "received")
    other = new_account(AccountKind.CLERK, "贺受理", Role.ACCEPTOR, haidian)

    def accept(clerk: Account, part: slice) -> list[str]:
        try:
            with acting_as(clerk):
                mine = list(Case.objects.visible_to(clerk).order_by("pk"))[part]
                return [each.problem for each in perform_many(mine, "accept", clerk)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(accept, acceptor, slice(0, 4))
        second = pool.submit(accept, other, slice(2, 6))
        problems = [first.result(), second.result()]
    assert states(cases) == [CaseState.REVIEWING] * 6
    with acting_as_system("test"):
        events = CaseEvent.objects.filter(verb="accept")
        assert events.count() == events.values("case").distinct().count() == 6
    assert sum(not problem for each in problems for problem in each) == 6


@pytest.mark.django_db
def test_a_view_is_saved_opens_the_worklist_and_is_deleted(
    client: Client, acceptor: Account, reviewer: Account
) -> None:
    sign_in(client, acceptor)
    client.post("/desk/views/save/", {"name": "新收", "query": "view=received&item=sample_licence&evil=1"})
    view = SavedView.objects.get()
    assert view.query == "view=received&item=sample_licence"
    client.post(f"/desk/views/{view.pk}/", {"act": "open"})
    assert client.get("/desk/")["Location"] == f"/desk/?{view.query}"
    assert "新收" in client.get(f"/desk/?{view.query}").content.decode()
    client.post(f"/desk/views/{view.pk}/", {"act": "rename", "name": "今天收的"})
    assert "今天收的" in client.get("/desk/views/").content.decode()
    assert sign_in(Client(), reviewer).post(f"/desk/views/{view.pk}/", {"act": "delete"}).status_code == 404
    client.post(f"/desk/views/{view.pk}/", {"act": "delete"})
    assert not SavedView.objects.exists()
    assert client.get("/desk/").status_code == 200


@pytest.mark.django_db
def test_all_that_fit_the_filter_go_along(
    client: Client, several: Callable[..., list[Case]], acceptor: Account
) -> None:
    cases = several(2, "received")
    sign_in(client, acceptor)
    client.post(
        "/desk/batch/", {"verb": "accept", "whole": "yes", "query": "view=all&item=sample_licence", "confirmed": "yes"}
    )
    with acting_as(acceptor):
        assert Batch.objects.get().rows.count() == 2
    assert states(cases) == [CaseState.REVIEWING] * 2
