"""No value in an address, a question or a form ends in a fault of the platform, whoever sends it."""

import itertools
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from tests.permissions.routes import Route, routes
from yizheng.people.models import Account

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yizheng"
BAD = ("\x00", "²", "9" * 20, "\ud800", "-1", "'", "٣", "%", "../x", "=1+1")
"""A zero byte, a digit of another kind, a number no column holds, half a character, and what a query might trip over."""
WHO = ("", "applicant", "institution", "decider", "system_admin", "engineer")
EVERY = os.environ.get("YIZHENG_NEW_EXAMPLES") == "1"
"""By night each person tries every address; by day one of them, another than the person before."""
READ = re.compile(r"""(?:GET|POST)(?:\.get|\.getlist)?[(\[]\s*["']([a-z_]+)["']""")
SIZED = {"int": ("0", "9" * 20), "slug": ("x", "9" * 20), "register": ("doctors", "nurses")}


def names() -> list[str]:
    """Every name of a value that a page reads by itself."""
    return sorted({name for path in SOURCE.rglob("*.py") for name in READ.findall(path.read_text("utf-8"))})


def addresses(route: Route, number: int) -> list[str]:
    """The address with bad values in the parts of it that may be any text: a zero byte, and two in turn."""
    kinds = [kind for kind, _ in route.parts]
    bad = (BAD[0], BAD[1 + number % 9], BAD[1 + (number + 4) % 9])
    choices = [SIZED.get(kind, tuple(quote(each, safe="", errors="surrogatepass") for each in bad)) for kind in kinds]
    filled = itertools.islice(itertools.zip_longest(*choices), max(map(len, choices), default=1))
    found = []
    for values in filled if choices else [()]:
        address = route.pattern
        for value, choice in zip(values, choices, strict=True):
            address = re.sub(r"<[^>]+>", (value or choice[0]).replace("\\", ""), address, count=1)
        found.append(f"/{address}")
    return found


def answers(client: Client, address: str, asked: dict[str, str], turn: int, first: bool) -> list[Any]:
    """To a GET and, at the first address and where that is not taken, to a POST.

    In turn values are bad in what they say, and in how they are written.
    """
    read = client.get(address, asked) if turn % 2 else client.get(address + "?q=%ED%A0%80&page=%00")
    if not first and read.status_code != 405:
        return [read]
    return [read, client.post(address, urlencode(asked), content_type="application/x-www-form-urlencoded")]


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_no_bad_value_is_a_fault_of_the_platform(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    asked = names()
    assert len(asked) > 20
    client.raise_request_exception = False
    found = []
    for number, route in enumerate(routes()):
        if who:
            member = request.getfixturevalue(who)
            account: Account = member.operator if isinstance(member, Place) else member
            sign_in(client, account)
        said = BAD[number % len(BAD)].encode("utf-8", "replace").decode()
        every = addresses(route, number)
        chosen = (WHO.index(who) + number) % len(every)
        for turn, address in enumerate(every if EVERY else every[chosen : chosen + 1]):
            got = answers(client, address, dict.fromkeys(asked, said), number + turn + WHO.index(who), turn == 0)
            found += [f"{address} {said!r}" for answer in got if answer.status_code == 500]
            if got[0].status_code == 403:
                break  # who may not come in at all is told so whatever the value is
    assert "\n".join(found) == ""
