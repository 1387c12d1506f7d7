"""Stencils: a template of the public site rendered once with gaps, filled for each visitor.

The template stays the one source of the page. What differs from visitor to visitor is a gap; what the template decides
by (how somebody stands, whether anything was found) chooses the stencil. Filling is joining texts, a hundredth of
rendering.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

_GAP = re.compile("\x02([a-z]+)\x03")


def gap(name: str) -> SafeString:
    """What stands in a template's context for a text that is filled in later."""
    return mark_safe(f"\x02{name}\x03")  # noqa: S308 - control characters, which no text from outside keeps


@dataclass(frozen=True, slots=True)
class Stencil:
    """A rendered template cut at its gaps."""

    fixed: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, rendered: str) -> Self:
        """Cut a rendered text."""
        parts = _GAP.split(rendered)
        return cls(tuple(parts[::2]), tuple(parts[1::2]))

    def fill(self, texts: Mapping[str, str]) -> str:
        """The page; a text that is not marked safe is escaped. Raises KeyError for a gap without a text."""
        parts = [self.fixed[0]]
        for name, after in zip(self.names, self.fixed[1:], strict=True):
            text = texts[name]
            parts.append(text if isinstance(text, SafeString) else escape(text))
            parts.append(after)
        return "".join(parts)


@cache
def stencil(template: str, path: str, chosen: tuple[tuple[str, Any], ...]) -> Stencil:
    """The stencil of a template at a path, for a choice of what it decides by; kept for the life of the process."""
    request = HttpRequest()
    request.path = request.path_info = path
    request.method = "GET"
    request.META.update({"SERVER_NAME": "localhost", "SERVER_PORT": "80"})
    request.user = AnonymousUser()
    return Stencil.of(render_to_string(template, dict(chosen), request))
