"""The search of the top bar: one line, answered by every room that has declared what it finds.

A source answers for one account and sees only what that account may see; at most ``MOST`` hits are asked of it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yizheng.people.models import Account
from yizheng.shell.context import standing
from yizheng.shell.desk.access import signed_in, staff_only

MOST = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, one line about it, its page, its state word and its heading if it has one."""

    title: str
    about: str
    url: str
    state: str = ""
    heading: str = ""
    """Where one source finds for several headings, the one of this hit; else it stands under the source's title."""


Finder = Callable[[Account, str], list[Hit]]
_declared: dict[str, tuple[Finder, frozenset[str]]] = {}
"""What finds, and who may ask it, by the heading of the answer; in order of declaration."""


def declare(title: str, find: Finder, roles: Collection[str] = ()) -> None:
    """Add a source; declaring a title again replaces it (an app may be loaded twice in tests)."""
    _declared[title] = find, frozenset(roles)


@require_safe
@staff_only
def search(request: HttpRequest) -> HttpResponseBase:
    """What every source finds for one line of text; a single hit is opened at once."""
    account, held = signed_in(request), standing(request).roles
    text = request.GET.get("q", "").strip()[:60]
    found: dict[str, list[Hit]] = {}
    for title, (find, roles) in _declared.items():
        if text and (not roles or not roles.isdisjoint(held)):
            for hit in find(account, text):
                found.setdefault(hit.heading or title, []).append(hit)
    hits = [hit for each in found.values() for hit in each]
    if len(hits) == 1:
        return redirect(hits[0].url)
    context = {"text": text, "found": list(found.items()), "number": len(hits)}
    return render(request, "shell/search.html", context)
