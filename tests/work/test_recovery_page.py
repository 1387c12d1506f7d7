"""The page of backups and drills: for the system administrator and the engineer; a drill reaches the inbox."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.matrix import AccessMatrix
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.work.models import Notice, RecoveryKind
from yizheng.work.recovery import overdue, record

pytestmark = pytest.mark.django_db


class TestRecoveryPage(AccessMatrix):
    url = "/work/recovery/"
    readers = ("system_admin", "engineer")


def test_a_drill_is_shown_and_told(client: Client, system_admin: Account) -> None:
    assert overdue(RecoveryKind.DRILL)
    with acting_as_system("test"):
        record("drill", began=timezone.now(), ok=True, summary="恢复演练通过：一致", details={})
        record("backup", began=timezone.now(), ok=False, summary="空间不足", details={})
    page = sign_in(client, system_admin).get("/work/recovery/").content.decode()
    assert "恢复演练通过：一致" in page
    assert "空间不足" in page
    assert "超过规定的间隔" in page
    assert not overdue(RecoveryKind.DRILL)
    assert overdue(RecoveryKind.BACKUP)
    assert list(Notice.objects.order_by("pk").values_list("title", flat=True)) == ["恢复演练通过", "备份未通过"]
