"""Controls of a page that a screen reader could not name: no text, no label, no title."""

from html.parser import HTMLParser

_WORDLESS = frozenset({"input", "select", "textarea"})
_VOID = frozenset(
    {"input", "img", "br", "hr", "meta", "link", "source", "track", "wbr", "col", "area", "base", "embed"}
)
_NAMING = ("aria-label", "title")


class _Page(HTMLParser):
    """Controls with their words, labels by what they are for, words by the id that holds them."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.controls: list[tuple[str, dict[str, str], list[str], bool]] = []
        self.words: dict[str, list[str]] = {}
        self.labelled: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        words: list[str] = []
        if tag == "label" and "for" in about:
            self.labelled.add(about["for"])
        for named in (*(about.get(name, "") for name in _NAMING), about.get("alt", "")):
            self._say(named)
        if "id" in about:
            self.words[about["id"]] = words
        if (
            (tag == "a" and "href" in about)
            or tag in ("button", "summary", "dialog", *_WORDLESS)
            or "tabindex" in about
        ):
            within = any(name == "label" for name, _, _ in self.open)
            if about.get("type") != "hidden" and about.get("tabindex") != "-1":
                self.controls.append((tag, about, words, within))
        if tag not in _VOID:
            self.open.append((tag, about, words))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at][0] == tag:
                del self.open[at:]
                break

    def handle_data(self, data: str) -> None:
        self._say(data)

    def _say(self, text: str) -> None:
        if text.strip():
            for _, _, words in self.open:
                words.append(text)


def unnamed(page: str) -> list[str]:
    """The controls without a name, as their tags. What another element names is named, also when a script fills that in."""
    read = _Page()
    read.feed(page)
    return [
        f"<{tag} {' '.join(f'{name}={value}' for name, value in about.items())}>"
        for tag, about, words, within in read.controls
        if not _is_named(read, tag, about, words, within=within)
    ]


def _is_named(read: _Page, tag: str, about: dict[str, str], words: list[str], *, within: bool) -> bool:
    if any(about.get(name, "").strip() for name in _NAMING):
        return True
    if any(each in read.words for each in about.get("aria-labelledby", "").split()):
        return True
    if tag in _WORDLESS:
        pressed = about.get("type") in ("submit", "button", "reset") and bool(about.get("value"))
        return within or pressed or about.get("id", "") in read.labelled
    return bool(words) and tag != "dialog"
