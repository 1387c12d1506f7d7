"""Words of the shell on a page that may be in two languages: ``{% both "保存" %}`` reads the page's ``two``."""

from typing import Any

from django import template
from django.template import Context

from yizheng.shell import two_languages

register = template.Library()


@register.simple_tag(takes_context=True)
def both(context: Context, chinese: str) -> str:
    """The word, with its English behind it where the page is in two languages."""
    return two_languages.both(chinese, context.get("two"))


@register.simple_tag(takes_context=True)
def english(context: Context, chinese: Any) -> str:
    """The English alone, where the page is in two languages; the Chinese stands before it with its icon."""
    return two_languages.ENGLISH.get(str(chinese), "") if context.get("two") else ""
