"""The service contract at size: the clocks of a hundred thousand failures told anew, the documents of acceptance of a busy year."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, at_most, question

if TYPE_CHECKING:
    from yizheng.systems.service.models import Contract

MANY, YEAR = 100_000, 3_000
_ORDERS = """
-- so many orders of a contract over the year that ends now, each with its ledger of seven entries
with made as (
    insert into service_workorder (
        number, contract_id, line_id, kind, channel, requester, title, said, reported, due, closed, account_id, recorded)
    select 'B-' || n, %(contract)s, %(line)s, case when n %% %(every)s = 0 then 'failure' else 'consult' end, 'phone', '某医院', '测量', '',
           now() - n * interval '1 year' / %(many)s - interval '1 day',
           case when n %% %(every)s = 0 then null else now() + interval '9 day' end, now(), %(account)s, now()
    from generate_series(1, %(many)s) as n returning id, reported, kind
)
insert into service_entry (order_id, kind, at, party, minutes, satisfaction, said, place, late_reason, account_id, recorded)
select id, told.kind, reported + told.after * (1 + id %% 5) / 3 * interval '1 minute', told.party, told.after, told.opinion, '记录', '', '',
       %(account)s, now()
from made, (values ('report', 0, '', ''), ('answer', 20, '', ''), ('pause', 40, 'cloud', ''), ('resume', 70, '', ''),
            ('restore', 150, '', ''), ('cause', 160, 'contractor', ''), ('close', 200, '', ''), ('follow_up', 900, '', 'satisfied'))
     as told (kind, after, party, opinion)
where made.kind = 'failure' or told.kind in ('report', 'answer', 'close', 'follow_up')
"""


@contextmanager
def _contract(many: int, every: int) -> Iterator[Contract]:
    """A contract of a year with so many orders, every so-manieth a failure; all of it undone at the end."""
    from django.db import connection, transaction
    from django.utils import timezone

    from yizheng.people.models import Account
    from yizheng.people.scope import acting_as_system
    from yizheng.systems.service.clauses import loading

    with acting_as_system("测量"), transaction.atomic():
        account = Account.objects.create_account("bench-engineer", "engineer", "测量")
        lines, today = loading.shipped_lines(), timezone.localdate()
        terms = {
            "code": "BENCH", "title": "测量合同", "client": "甲方", "contractor": "乙方", "starts": today - timedelta(days=364),
            "ends": today, "amount": sum((each.person_months * each.unit_price for each in lines), Decimal()),
        }  # fmt: skip
        contract = loading.load(terms, lines)
        line = contract.lines.get(code="N01")
        with connection.cursor() as cursor:
            asked = {"contract": contract.pk, "line": line.pk, "account": account.pk, "many": many, "every": every}
            cursor.execute(_ORDERS, asked)
            cursor.execute("analyze service_workorder, service_entry")
        try:
            yield contract
        finally:
            transaction.set_rollback(True)


@question(
    "service-clocks",
    f"{MANY:,} 件故障的时钟由账目重算（答复、毛计、净计、归因）",
    beside="只读出同样的账目",
    unit="s",
    reach=at_most(10),
    runs=3,
)
def clocks(lab: Lab) -> Iterator[Pair]:
    """One statement over eight hundred thousand entries."""
    from django.db import connection
    from django.utils import timezone

    from yizheng.systems.service.reclocking import reclocked

    with _contract(MANY, 1) as contract:
        now = timezone.now()
        while True:
            found = reclocked(contract, now - timedelta(days=400), now, now)
            ours = seconds(lambda: reclocked(contract, now - timedelta(days=400), now, now))
            with connection.cursor() as cursor:
                beside = seconds(lambda: cursor.execute("select count(*), max(at) from service_entry"))
            yield Pair(ours, beside, f"{len(found):,} 件")


@question(
    "service-acceptance",
    f"一年 {YEAR:,} 件工单的验收交付物（签名 PDF 和表格）",
    beside="只由账目列出工单",
    unit="s",
    reach=at_most(60),
    runs=1,
)
def acceptance(lab: Lab) -> Iterator[Pair]:
    """All six deliverables, the reports of the quarters and the list of the files."""
    from yizheng.systems.service.acceptance.deliverables import Period
    from yizheng.systems.service.acceptance.writing import write_all
    from yizheng.systems.service.clauses.surroundings import Surroundings

    with _contract(YEAR, 10) as contract:
        while True:
            folder = lab.scratch / "acceptance"
            period = Period(Surroundings(contract), contract.starts, contract.ends)
            ours = seconds(partial(write_all, period, folder))
            size = sum(each.stat().st_size for each in folder.iterdir())
            shutil.rmtree(folder)
            beside = seconds(lambda: Surroundings(contract).standings)
            yield Pair(ours, beside, f"{size / 1e6:.1f} MB")
