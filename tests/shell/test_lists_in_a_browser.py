"""The lists that have more than a list on their page, seen in a browser: printing desk, statistics, recovery."""

from typing import Any

import pytest
from django.utils import timezone

from tests.browser import press
from tests.documents.conftest import certificate_fields
from tests.documents.test_printing import issue_many
from tests.shell.test_rule_settings_in_a_browser import looked_at, visit
from tests.shell.test_statistics import decided
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.work.recovery import record

__all__ = ["certificate_fields", "visit"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_printing_desk_prints_what_is_ticked(
    visit: Any, acceptor: Account, certificate_fields: dict[str, Any]
) -> None:
    issue_many(acceptor, certificate_fields, 3)
    page = visit(acceptor)
    page.goto("/certificates/print/?stage=print&institution=")
    looked_at(page, "printing-desk")
    page.check("[name=row] >> nth=0")
    page.fill("[name=first_serial]", "甲")
    press(page, "text=打印选中的")
    assert page.input_value("[name=first_serial]") == "甲"
    looked_at(page, "printing-refused")
    press(page, "text=查找")
    assert page.url.partition("?")[0].endswith("/certificates/print/")
    assert "stage=print" in page.url


def test_a_number_of_the_statistics_leads_to_its_rows(
    visit: Any, applicant: Account, haidian: Scope, decider: Account
) -> None:
    case = decided(applicant, haidian, decider)
    page = visit(decider)
    page.goto("/desk/statistics/")
    looked_at(page, "statistics")
    press(page, "main td:nth-child(4) a >> nth=0")
    assert case.number in page.inner_text("#rows")
    looked_at(page, "statistics-rows")


def test_backups_and_drills_are_listed(visit: Any, system_admin: Account) -> None:
    with acting_as_system("test"):
        record("backup", began=timezone.now(), ok=True, summary="备份完成：一致", details={})
    page = visit(system_admin)
    page.goto("/work/recovery/")
    looked_at(page, "recovery")
