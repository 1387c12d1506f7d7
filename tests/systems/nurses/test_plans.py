"""The public lookup of nurses goes by an index among the entries of every register, as that of doctors does."""

import pytest
from django.db import connection

from yizheng.disclosure import asking

pytestmark = pytest.mark.django_db
MANY = """
insert into disclosure_publicpractitioner
    (register, subject, token, name, name_key, institution_keys, practice_number, standing, sex, level, category, place,
     authority, first_registered, stored_scopes, stored_others, stored_periods, stored_milestones, stored_notes, refreshed)
select register, n, register || n, n, 'name' || n, 'house' || n % 40, '2024' || lpad(n::text, 8, '0'), 'REG', '', '', '', '',
       '', date '2024-01-01', '[]', '[]', '[]', '[]', '[]', now()
from generate_series(1, 5000) n, unnest(array['doctor', 'nurse']) register
"""


@pytest.mark.parametrize("register", ["nurse", "doctor"])
@pytest.mark.parametrize("way", ["name", "number"])
def test_an_entry_is_found_by_an_index(register, way):
    question = (
        asking.by_name(register, "name77", "house37")
        if way == "name"
        else asking.by_practice_number(register, "202400000077")
    )
    condition = question.statement.partition("where register")[2].partition("order by")[0]
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("analyze disclosure_publicpractitioner")
        cursor.execute(
            f"explain select token from disclosure_publicpractitioner where register{condition} order by subject limit 21",
            question.values,
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert f"disclosure_by_{way}" in plan
    assert "Seq Scan" not in plan
