"""What leads on from a case: a system declares a page of its own for the cases of its items."""

from collections.abc import Callable
from dataclasses import dataclass

from yizheng.licensing.models import Case


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A button above the findings of a case; without an address it is not shown."""

    label: str
    icon: str
    address: Callable[[Case], str]


_links: list[CaseLink] = []


def declare(link: CaseLink) -> None:
    """Add a button; called once when its system starts."""
    _links.append(link)


def links_of(case: Case) -> list[tuple[CaseLink, str]]:
    """The buttons of a case, each with its address."""
    return [(link, address) for link in _links if (address := link.address(case))]
