"""Staff finding doctors and nurses among everybody registered, under row-level security: the database time of a first page.

Each question asks what hundreds of clerks would type and reports the slowest hundredth; one asks the words that fit most,
of the clerks of the city and of a district.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction

from yizheng.cli.bench.laboratory import Lab, percentile
from yizheng.cli.bench.questions import Pair, question, ratio_at_most
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import add_organisation, open_many
from yizheng.people.searching.finding import StaffRegister, find
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.institutions.searching import houses_named
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.nurses.people import PEOPLE as NURSES_PEOPLE

DOCTORS = StaffRegister(Registration, PEOPLE.founding, houses_named, digits=15)
NURSES = StaffRegister(
    NurseRegistration, NURSES_PEOPLE.founding, houses_named, 12, NURSES_PEOPLE.number, NURSES_PEOPLE.in_status
)
ASKED = 400
COMMONEST = ("王伟", "子墨", "李", "王", "wang", "zhangwei", "zw", "li", "w", "")
HOUSES = (("", "医院"), ("李", "医院"), ("王伟", "医院"), ("w", "医院"), ("李", "诊所"), ("", "中医"))
ROUNDS = 5
CLERK = "bench-search"
REACH = ratio_at_most(20)
BY_INSTITUTION = ratio_at_most(40)
"""An institution's name leads to its people first, and only then to theirs."""
BESIDE = "同一张表按唯一键读一行，p99"
_POINT = "select subject_id, name from people_searchname where subject_id = %s and scope_id = %s"
_NAMES = "(select * from bench_name tablesample bernoulli (20)) n where length(name) > 2"
_HOUSES = "bench_house"
_HELD = "(select practice_number from doctors_registration tablesample bernoulli (2) limit 20000) r"
_HELD_BY_NURSES = "(select number from nurses_registration tablesample bernoulli (2) limit 20000) r"


def _search(name: str, asks: str, column: str, relation: str = _NAMES, register: StaffRegister = DOCTORS) -> None:
    reach = BY_INSTITUTION if relation == _HOUSES else REACH

    @question(name, asks, beside=BESIDE, unit="ms", reach=reach)
    def found(lab: Lab) -> Iterator[Pair]:
        typed, points, clerk = _typed(lab, column, relation), _points(lab), _clerk("city")
        with acting_as(clerk):
            while True:
                ours = [_database_time(partial(find, register, clerk, text, "")) for text in typed]
                note = f"中位数 {percentile(ours, 0.5):.2f} ms，{len(typed)} 个不同的输入，全市可见"
                yield Pair(percentile(ours, 0.99), percentile(_point_reads(lab, points), 0.99), note)


_search("search-infix", "姓名中相邻两字，每页 50 人，数据库用时 p99", "substr(name, 2, 2)")
_search("search-pinyin", "全拼开头，数据库用时 p99", "pinyin")
_search("search-initials", "首字母，数据库用时 p99", "initials")
_search("search-institution", "机构名称中相邻四字，列其医师，数据库用时 p99", "substr(name, 3, 4)", _HOUSES)
_search("search-number", "执业证书编码，数据库用时 p99", "practice_number", _HELD)
_search(
    "search-nurses-infix", "护士：姓名中相邻两字，每页 50 人，数据库用时 p99", "substr(name, 2, 2)", register=NURSES
)
_search("search-nurses-pinyin", "护士：全拼开头，数据库用时 p99", "pinyin", register=NURSES)
_search("search-nurses-number", "护士：护士执业证书编号，数据库用时 p99", "number", _HELD_BY_NURSES, NURSES)
_search("search-nurses-institution", "护士：机构名称中相邻四字，数据库用时 p99", "substr(name, 3, 4)", _HOUSES, NURSES)


@question(
    "search-commonest",
    "最常见的姓和名（两字、单字、全拼、首字母、不填）中最慢者的数据库用时，市级和区级办件人员",
    beside=BESIDE,
    unit="ms",
    reach=REACH,
    runs=3,
)
def commonest(lab: Lab) -> Iterator[Pair]:
    asked = [(text, "") for text in COMMONEST]
    yield from _slowest(lab, {"市": _clerk("city"), "区": _clerk("district")}, asked)


@question(
    "search-nurses-commonest",
    "护士：最常见的姓和名（两字、单字、全拼、首字母、不填）中最慢者的数据库用时，市级和区级办件人员",
    beside=BESIDE,
    unit="ms",
    reach=REACH,
    runs=3,
)
def commonest_nurses(lab: Lab) -> Iterator[Pair]:
    asked = [(text, "") for text in COMMONEST]
    yield from _slowest(lab, {"市": _clerk("city"), "区": _clerk("district")}, asked, NURSES)


@question(
    "search-houses",
    "机构名称极常见的词、姓名与机构同时填写，其中最慢者的数据库用时，市级和区级办件人员",
    beside=BESIDE,
    unit="ms",
    reach=BY_INSTITUTION,
    runs=3,
)
def houses(lab: Lab) -> Iterator[Pair]:
    yield from _slowest(lab, {"市": _clerk("city"), "区": _clerk("district")}, HOUSES)


@question(
    "search-operator",
    "最大机构的经办人：最常见的姓和名及本机构，其中最慢者的数据库用时",
    beside=BESIDE,
    unit="ms",
    reach=BY_INSTITUTION,
    runs=3,
)
def operator(lab: Lab) -> Iterator[Pair]:
    account, house = _operator(lab)
    asked = [*((text, "") for text in COMMONEST), ("", str(house)), ("李", str(house))]
    yield from _slowest(lab, {"": account}, asked)


def _slowest(
    lab: Lab, accounts: dict[str, Account], asked: Sequence[tuple[str, str]], register: StaffRegister = DOCTORS
) -> Iterator[Pair]:
    points = _points(lab)
    while True:
        spent: dict[str, float] = {}
        for reach, account in accounts.items():
            with acting_as(account):
                for text, house in asked:
                    ask = partial(find, register, account, text, house)
                    spent[f"{reach}{text}@{house}" if house else reach + text] = min(
                        _database_time(ask) for _ in range(ROUNDS)
                    )
        note = "，".join(f"{text} {milliseconds:.1f}" for text, milliseconds in spent.items())
        yield Pair(max(spent.values()), percentile(_point_reads(lab, points), 0.99), note)


def _operator(lab: Lab) -> tuple[Account, int]:
    """Who works for the institution with most doctors, and the institution: all of them are opened to it."""
    with lab.connect("job", settings=lab.city_scope()) as reader:
        (house,) = reader.execute(
            "select institution_id from doctors_registration where closed is null and institution_id is not null"
            " group by 1 order by count(*) desc limit 1"
        ).fetchone()
        staff = reader.execute(
            "select distinct subject_id from doctors_registration where institution_id = %s and closed is null", [house]
        ).fetchall()
    known = Account.objects.filter(username=f"{CLERK}-operator").first()
    if known is not None:
        return known, house
    with acting_as_system("bench"), transaction.atomic():
        scope = add_organisation("bench-largest", "检索", Scope.objects.filter(kind="district").earliest("pk"), house)
        open_many([(subject, scope.pk, "bench") for (subject,) in staff])
        made = Account.objects.create_account(f"{CLERK}-operator", AccountKind.INSTITUTION, "检索")
        Grant.objects.create(account=made, role=Role.INSTITUTION_OPERATOR, scope=scope)
    return made, house


def _clerk(kind: str) -> Account:
    """Somebody who looks over the whole city, or over one district."""
    username = CLERK if kind == "city" else f"{CLERK}-{kind}"
    known = Account.objects.filter(username=username).first()
    if known is not None:
        return known
    with transaction.atomic():
        made = Account.objects.create_account(username, AccountKind.CLERK, "检索")
        Grant.objects.create(account=made, role=Role.ACCEPTOR, scope=Scope.objects.filter(kind=kind).earliest("pk"))
    return made


def _typed(lab: Lab, column: str, relation: str) -> list[str]:
    with lab.connect("job", settings=lab.city_scope()) as reader:
        rows = reader.execute(f"select distinct {column} from {relation}").fetchall()
    texts = sorted(row[0] for row in rows)
    return random.Random(5).sample(texts, min(ASKED, len(texts)))


def _points(lab: Lab) -> list[tuple[int, int]]:
    with lab.connect("job", settings=lab.city_scope()) as reader:
        rows = reader.execute(
            "select subject_id, scope_id from people_searchname where person and name >= '李' order by name limit %s",
            [ASKED * 5],
        )
        return list(rows.fetchall())


def _database_time(act: Callable[[], object]) -> float:
    """Milliseconds between asking the database and its answer, summed over the statements of the act."""
    spent = 0.0

    def timed(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            spent += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(timed):
        act()
    return spent


def _point_reads(lab: Lab, points: list[tuple[int, int]]) -> list[float]:
    taken = []
    with lab.connect("serving", settings=lab.city_scope()) as reader, reader.transaction():
        for point in points:
            began = time.perf_counter()
            reader.execute(_POINT, point, prepare=True).fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return taken
