"""Links of the public home that systems above declare: pages of theirs that anybody may ask."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class HomeLink:
    """An icon, the words, the name of the address and what it is made with."""

    icon: str
    words: str
    route: str
    arguments: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where it leads."""
        return reverse(self.route, args=self.arguments)


_declared: list[HomeLink] = []


def declare(icon: str, words: str, route: str, *arguments: str) -> None:
    """Offer a page on the public home."""
    _declared.append(HomeLink(icon, words, route, arguments))


def home_links() -> list[HomeLink]:
    """What is offered, in the order of declaration."""
    return list(_declared)
