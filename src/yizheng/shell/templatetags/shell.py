"""What page templates say with few words: icons, state words, clocks, bundles, addresses.

The tags are the quick form for long lists; the components of the same names (`<c-icon name="eye"/>`,
`<c-state word="审核中"/>`) are for pages.
"""

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yizheng.licensing.case_clock.clock import Clock
from yizheng.people.tables import table_of
from yizheng.people.tables.keyset import NAMES
from yizheng.shell import icons, states, two_languages
from yizheng.shell.bundles import bundle
from yizheng.shell.clocks import face
from yizheng.shell.templatetags.writing import short_day, weekday_name

register = template.Library()
register.filter(face)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "eye" %}`: an outline icon, silent for screen readers."""
    return icons.icon(name)


@register.simple_tag
def state(word: object, count: object = "", detail: object = "", tint: object = "", large: object = "") -> SafeString:
    """`{% state "提示" count=2 %}`: icon and word; `tint` for page heads, `large` once on a public entry.

    `detail` follows the word (在册（注册有效）); a word that is not in the table raises `UnknownState`.
    """
    found = states.state(str(word))
    extra = " tint" if tint or large else ""
    number = f" {count}" if count not in ("", None) else ""
    return format_html(
        '<span class="state {}{}{}">{}{}{}{}</span>',
        found.kind, extra, " large" if large else "", icons.icon(found.icon), found.word, detail, number,
    )  # fmt: skip


@register.simple_tag
def kind(word: object) -> str:
    """`{% kind "审核中" %}`: the CSS class of a state word, for a dot or a mark that repeats it."""
    return str(states.state(str(word)).kind)


@register.simple_tag
def clock(value: Clock) -> SafeString:
    """The clock cell: what is left, the share used, the day, and the sentence on hover and focus."""
    words = face(value)
    sentence = format_html('<span class="sentence" role="note">{}</span>', value.sentence) if value.sentence else ""
    if value.due_on is None or value.stopped:
        mark = icons.icon("player-pause") if value.stopped else ""
        return format_html(
            '<span class="clock {}" tabindex="0">{}<span class="words">{}</span>{}</span>',
            words.tone,
            mark,
            words.short,
            sentence,
        )
    return format_html(
        '<span class="clock {}" tabindex="0"><b>{}</b>{}<time datetime="{}">{} {}</time>{}</span>',
        words.tone, words.short, bar(value.share), value.due_on.isoformat(),
        short_day(value.due_on), weekday_name(value.due_on), sentence,
    )  # fmt: skip


@register.simple_tag
def bar(share: float, wide: object = "") -> SafeString:
    """A bar filled to a share between 0 and 1."""
    width = round(min(1.0, max(0.0, share)) * 100)
    return mark_safe(  # noqa: S308
        f'<svg class="bar{" wide" if wide else ""}" aria-hidden="true"><rect width="{width}%" height="100%"/></svg>'
    )


@register.simple_tag
def days_bar(value: Clock) -> SafeString:
    """One block a day of the period, the used ones filled."""
    total = max(1, value.total)
    width = 100 / total
    blocks = "".join(
        f'<rect x="{day * width:.2f}%" width="{width * 0.9:.2f}%" height="6"{used}/>'
        for day in range(total)
        for used in [' class="used"' if day < value.used else ""]
    )
    return mark_safe(f'<svg class="days {face(value).tone}" aria-hidden="true">{blocks}</svg>')  # noqa: S308


@register.simple_tag
def stylesheet(name: str) -> SafeString:
    """`{% stylesheet "office" %}`: the link to a style bundle."""
    return format_html(
        '<link rel="stylesheet" href="{}">', reverse("shell:bundle", args=[bundle(f"{name}.css").address])
    )


@register.simple_tag
def script(name: str) -> SafeString:
    """`{% script "work" %}`: the deferred link to a script bundle."""
    return format_html('<script src="{}" defer></script>', reverse("shell:bundle", args=[bundle(f"{name}.js").address]))


@register.simple_tag(takes_context=True)
def both(context: template.Context, chinese: str) -> str:
    """The word, with its English behind it where the page is in two languages."""
    return two_languages.both(chinese, context.get("two"))


@register.simple_tag(takes_context=True)
def english(context: template.Context, chinese: object) -> str:
    """The English alone, where the page is in two languages; the Chinese stands before it with its icon."""
    return two_languages.ENGLISH.get(str(chinese), "") if context.get("two") else ""


@register.inclusion_tag("tables/actions.html", takes_context=True)
def list_actions(context: template.Context, code: str, words: str = "打印", **said: object) -> dict[str, str]:
    """`{% list_actions "doctors" %}`: 打印 and 导出 of a declared table, filtered as the page is; `words` name the first."""
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    for name, value in said.items():
        params[name] = str(value)
    for name in NAMES:
        params.pop(name, None)
    table = table_of(code)
    if table.stays:
        return {}
    addresses = [reverse(f"lists:{act}", args=[table.code]) for act in ("print", "export")]
    asked = f"?{params.urlencode()}" if params else ""
    return {"print_url": addresses[0] + asked, "export_url": addresses[1] + asked, "print_words": words}
