"""The list of nurses is narrowed by how they stand today, and the search of the top bar says it too."""

from datetime import timedelta

import pytest

from tests.cast import sign_in
from tests.systems.nurses.test_collective_renewal import TODAY, employ
from yizheng.people.scope import acting_as_system
from yizheng.systems.nurses.models import NurseRegistration
from yizheng.systems.nurses.people import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_status_is_what_the_day_makes_of_it(hospital, haidian, days):
    employ(hospital, haidian, 1, TODAY + timedelta(days=days))
    with acting_as_system("test"):
        (held,) = NurseRegistration.objects.current()
        for status in ("REG", "EXPIRED", "SUSP", "DEREG"):
            found = NurseRegistration.objects.current().filter(PEOPLE.in_status(status, TODAY))
            assert found.exists() is (held.status_on(TODAY) == status)


def test_the_list_is_narrowed_and_the_search_says_the_state(client, hospital, haidian, acceptor):
    ((_, running, _),) = employ(hospital, haidian, 1)
    ((_, over, number),) = employ(hospital, haidian, 1, TODAY - timedelta(days=1), first=12)
    assert running != over
    sign_in(client, acceptor)
    whole = client.get("/nurses/").content.decode()
    assert running in whole
    assert over in whole
    for query in ("", "&q=林若", f"&house={hospital.subject}", f"&q={number}"):
        narrowed = client.get(f"/nurses/?status=EXPIRED{query}").content.decode()
        assert over in narrowed, query
        assert f">{running}<" not in narrowed, query
    found = client.get("/search/?q=林若").content.decode()
    assert "有效期满" in found
    assert "在册" in found
