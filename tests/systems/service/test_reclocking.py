"""The clocks of all failures by one statement are those of the ledger of each, whatever was written and in which order."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.service.conftest import Service
from yizheng.systems.service.ledger import Kept
from yizheng.systems.service.models import Entry, WorkOrder
from yizheng.systems.service.orders.standing import LIMITS, Standing
from yizheng.systems.service.reclocking import reclocked
from yizheng.systems.service.words import EntryKind, OrderKind

CLOCKS = ("answer", "pause", "resume", "restore", "workaround_agreed", "reopen", "cause", "step", "auto_reply")


@pytest.mark.django_db
def test_one_statement_says_what_the_ledger_of_each_says(service: Service) -> None:
    dice, now = random.Random(17), timezone.now().replace(microsecond=0)
    line = service.contract.lines.get(code="N01")
    orders = WorkOrder.objects.bulk_create(
        WorkOrder(
            number=f"R-{number}", contract=service.contract, line=line, kind=OrderKind.FAILURE, channel="phone",
            requester="某医院", title="故障", reported=now - timedelta(minutes=600), account=service.engineer,
        )
        for number in range(300)
    )  # fmt: skip
    entries = [Entry(order=each, kind=EntryKind.REPORT, at=each.reported, account=service.engineer) for each in orders]
    for order in orders:
        for _ in range(dice.randint(0, 9)):
            kind = dice.choice(CLOCKS)
            party = dice.choice(("contractor", "cloud")) if kind in ("pause", "cause") else ""
            at = order.reported + timedelta(minutes=dice.randint(-20, 640))
            entries.append(Entry(order=order, kind=kind, at=at, party=party, account=service.engineer))
    Entry.objects.bulk_create(entries)
    found = {each.order: each for each in reclocked(service.contract, now - timedelta(days=1), now, now)}
    assert len(found) == 300
    for order in WorkOrder.objects.with_entries():
        book, told = Standing(order, now).ledger, found[order.pk]
        assert (told.response, told.gross, told.net) == (book.response, book.restore_gross, book.restore_net), (
            order.number
        )
        assert told.binding == book.binding
        kept = (book.response_kept, book.restore_kept_gross, book.restore_kept_net)
        assert (told.answered(LIMITS), told.restored(LIMITS), told.restored_net(LIMITS)) == kept
    assert {each.restored(LIMITS) for each in found.values()} == {Kept.YES, Kept.NO}
