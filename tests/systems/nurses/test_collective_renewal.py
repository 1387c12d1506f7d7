"""A hospital renews its nurses from one sheet: it names those who are due, each row is judged alone, all are decided in one sitting."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.systems.doctors.conftest import House
from yizheng.kernel.identifiers import make_resident_id
from yizheng.kernel.identifiers.certificates import make_nurse_number
from yizheng.licensing.catalogue import item as item_of
from yizheng.licensing.collective import dossiers as collective
from yizheng.licensing.collective import handing_in, sheets, working_up
from yizheng.licensing.models import Case, Dossier
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.performing import chunks, perform_chunk
from yizheng.people import vault
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import open_many
from yizheng.people.searching.search import index_names
from yizheng.registry import ChangeKind, Subject, changing
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.nurses.models import LINE, NurseRegistration
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.models import PersonIdentity

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ITEM = "nurse_renewal"
DUE = TODAY + timedelta(days=60)


def employ(hospital: House, scope: Scope, count: int, last: date = DUE, first: int = 1) -> list[tuple[int, str, str]]:
    """So many nurses of the hospital whose term ends on a day: subject, name and number of the certificate."""
    made = [
        (make_nurse_number(2016, "11", serial), f"林若{'溪深云遥'[serial % 4]}{'一二三四五'[serial % 5]}", serial)
        for serial in range(first, first + count)
    ]
    born, since = date(1994, 1, 1), date(2016, 3, 1)
    with acting_as_system("test"):
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
            people = [each.pk for each in insert_many([Subject(kind="person", opened=change.id) for _ in made])]
            for person, (number, name, _) in zip(people, made, strict=True):
                known = {"name": name, "sex": "2", "birth_date": born, "ethnic_group": "01"}
                change.state(PersonIdentity, person, "identity", known, valid_from=born, authority_scope=scope.pk)
                said = {
                    "number": number, "institution": hospital.subject, "registered_on": since, "term_from": since,
                    "term_to": last, "work_kind": "clinical",
                }  # fmt: skip
                change.state(NurseRegistration, person, LINE, said, valid_from=since, authority_scope=scope.pk)
        named = list(zip(people, made, strict=True))
        vault.store_many(
            [(person, "resident_id", make_resident_id("110108", born, serial * 2)) for person, (*_, serial) in named]
        )
        index_names([(person, name, scope.pk) for person, (_, name, _) in named])
        open_many([(person, where, "test") for person in people for where in (scope.pk, hospital.scope)])
    return [(person, name, number) for person, (number, name, _) in named]


def begun(operator: Account, hospital: House) -> Dossier:
    with acting_as(operator):
        return collective.begin(operator, ITEM, Scope.objects.get(pk=hospital.scope))


def rows(people: list[tuple[int, str, str]], **more: str) -> list[tuple[int, dict[str, str]]]:
    said = {"健康状况": "健康，适宜执业", _promise(): "是", **more}
    return [
        (line, {"姓名": name, "护士执业证书编号": number, **said}) for line, (_, name, number) in enumerate(people, 1)
    ]


def _promise() -> str:
    return next(each.title for each in collective.columns_of(item_of(ITEM, TODAY)) if each.name == "truth")


def taken_in(dossier: Dossier, operator: Account, given: list[tuple[int, dict[str, str]]]) -> list[str]:
    with acting_as(operator):
        collective.take_in(dossier, operator, given)
        working_up.work_up(dossier, operator)
        return [row.problem for row in dossier.rows.order_by("line", "id")]


def test_the_sheet_names_those_whose_term_can_be_renewed(hospital, haidian):
    due = employ(hospital, haidian, 2)
    employ(hospital, haidian, 1, TODAY + timedelta(days=200), first=10)
    employ(hospital, haidian, 1, TODAY - timedelta(days=1), first=20)
    with acting_as(hospital.operator):
        named = sheets.staff_rows(item_of(ITEM, TODAY), hospital.scope, TODAY)
    assert sorted(str(row[2]) for row in named) == sorted(number for _, _, number in due)


def test_faulty_rows_stay_with_their_reasons_and_the_others_go_on(hospital, haidian, chaoyang):
    good = employ(hospital, haidian, 3)
    early = employ(hospital, haidian, 1, TODAY + timedelta(days=200), first=10)
    over = employ(hospital, haidian, 1, TODAY - timedelta(days=1), first=20)
    given = rows([*good, good[0], *early, *over, (0, good[0][1], "201611999999"), (0, "别人", good[1][2])])
    given.append((9, {"姓名": good[0][1]}))
    given.append((10, {**given[2][1], "健康状况": "很好"}))
    problems = taken_in(begun(hospital.operator, hospital), hospital.operator, given)
    expected = [
        "",
        "",
        "",
        "已有此人",
        "起可以申请",
        "重新注册",
        "但“护士执业证书编号”不是此人的",
        "姓名有误",
        "须填姓名",
        "没有“很好”这一项",
    ]
    assert len(problems) == len(expected)
    assert all(words in problem if words else not problem for words, problem in zip(expected, problems, strict=True))


def decide(cases: list[Case], *actors: tuple[str, Account]) -> None:
    for verb, actor in actors:
        with acting_as(actor):
            mine = list(Case.objects.visible_to(actor).filter(pk__in=[each.pk for each in cases]))
            done = [
                each for chunk in chunks(mine) for each in perform_chunk(chunk, verb, actor, reason="符合。", on=TODAY)
            ]
            assert {each.problem for each in done} == {""}


def test_a_whole_dossier_is_decided_in_one_sitting(hospital, haidian, acceptor, reviewer, decider):
    people = employ(hospital, haidian, 25)
    dossier = begun(hospital.operator, hospital)
    assert set(taken_in(dossier, hospital.operator, rows(people))) == {""}
    with acting_as(hospital.operator):
        assert {each.problem for each in handing_in.hand_in(dossier, hospital.operator)} == {""}
        cases = list(Case.objects.visible_to(hospital.operator).filter(dossier=dossier))
    assert {each.state for each in cases} == {CaseState.RECEIVED}
    decide(cases, ("accept", acceptor), ("pass_review", reviewer), ("grant", decider))
    with acting_as_system("test"):
        ends = NurseRegistration.objects.as_of(TODAY).filter(subject_id__in=[each for each, _, _ in people])
        assert {each.term_to for each in ends} == {Term.beginning(DUE + timedelta(days=1)).last}


def test_a_row_costs_the_same_in_a_long_list(hospital, haidian):
    """The institution's whole staff is not read again for every row of a sheet."""

    def queries(count: int, first: int) -> int:
        people = employ(hospital, haidian, count, first=first)
        with CaptureQueriesContext(connection) as asked:
            taken_in(begun(hospital.operator, hospital), hospital.operator, rows(people))
        return len(asked)

    few, many = queries(2, 100), queries(12, 200)
    assert (many - few) / 10 <= 50


def columns() -> list[Any]:
    return collective.columns_of(item_of(ITEM, TODAY))


def test_the_list_asks_for_nothing_the_register_knows(hospital):
    assert [each.name for each in columns()] == ["health", "truth"]
