"""The documentation as the tests read it: pages, their links, their code."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "src" / "yizheng"
DOCS = ROOT / "docs"
README = ROOT / "README.md"
TWIN = ROOT / "README.zh-CN.md"
GUIDES = sorted((DOCS / "guides").glob("*.md"))
DECISIONS = sorted((DOCS / "decisions").glob("[0-9]*.md"))
PAGES = sorted([README, TWIN, ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language and its lines."""

    language: str
    lines: tuple[str, ...]


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text(*pages: Path) -> str:
    return "\n".join(page.read_text("utf-8") for page in pages)


def blocks(page: Path, language: str = "") -> list[Block]:
    found = [Block(words, tuple(body.splitlines())) for words, body in _FENCE.findall(text(page))]
    return [block for block in found if language in ("", block.language)]


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return _FENCE.sub("", text(page))


def headings(page: Path) -> list[int]:
    """The level of every heading, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(page), re.MULTILINE)]


def links(page: Path) -> list[str]:
    """Targets of links and pictures, outside of code."""
    return re.findall(r"\]\(([^)\s]+)\)", prose(page))


def quoted(page: Path) -> list[str]:
    """What stands between backticks in a line."""
    return re.findall(r"`([^`\n]+)`", prose(page))
