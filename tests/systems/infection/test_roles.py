"""The database itself shows and changes rows of infection control only for those who have to do with it."""

import pytest
from django.db import connection

from tests.systems.infection.conftest import Ward, case
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.systems.infection.models import Sheet, SheetVersion, Unit

pytestmark = pytest.mark.django_db
TABLES = (
    "select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid where p.polname = c.relname || '_role'"
)
OWN = """
select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'authority_scope'
where c.relkind = 'r' and c.relname like 'infection\\_%'
"""


def test_every_table_of_rows_asks_for_the_role_but_the_facts_of_the_register():
    with connection.cursor() as cursor:
        cursor.execute(OWN)
        tables = {name for (name,) in cursor.fetchall()} - {"infection_acceptedsheet"}
        cursor.execute(TABLES)
        assert {name for (name,) in cursor.fetchall() if name.startswith("infection")} == tables


@pytest.mark.parametrize("who", ["acceptor", "decider", "analyst", "inspector"])
def test_who_has_another_role_over_the_district_sees_and_changes_nothing(
    ward: Ward, who: str, request: pytest.FixtureRequest
):
    ward.act(ward.typed("case", [case()]), "submit")
    account: Account = request.getfixturevalue(who)
    with acting_as(account):
        assert not Sheet.objects.exists()
        assert not SheetVersion.objects.exists()
        assert not Unit.objects.exists()
        assert Sheet.objects.update(state="40") == 0
    with acting_as(ward.district):
        assert Sheet.objects.exists()
