"""Every address of the platform, with an object behind each part of it that varies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

_PART = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """An address as the configuration has it, such as ``desk/cases/<str:number>/``."""

    pattern: str

    @property
    def told(self) -> str:
        """The address as a reader writes it."""
        return "/" + _PART.sub(lambda part: f"{{{part[2]}}}", self.pattern)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The kind and the name of each part that varies."""
        return [(kind or "str", name) for kind, name in _PART.findall(self.pattern)]

    def at(self, objects: dict[str, Any]) -> str:
        """The address of the objects: of the one named for this address, else of the one named for the part."""

        def said(part: re.Match[str]) -> str:
            name = part[2]
            before = self.pattern[: part.start()]
            keys = (f"{before}{name}", f"{before.split('/')[0]}/{name}", name, f":{part[1] or 'str'}")
            return str(next(objects[key] for key in keys if key in objects))

        return "/" + _PART.sub(said, self.pattern)


def routes() -> list[Route]:
    """All of them, in the order of the configuration."""
    return [Route(pattern) for pattern in _walked(get_resolver(), "")]


def _walked(resolver: Any, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield address
        else:
            yield from _walked(each, address)
