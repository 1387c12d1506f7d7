"""A written finding, clause by clause, brought to terms of the dictionary with all that is said of them.

A sentence is cut at commas and semicolons. Words that deny or doubt reach to the end of their clause; what a clause without a
finding says belongs to the finding before it. Words between an organ and its lesion hide no term.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from yizheng.systems.sequelae.findings import context
from yizheng.systems.sequelae.findings.context import Certainty
from yizheng.systems.sequelae.findings.dictionary import LESIONS_ALONE, OTHER_ORGANS, Term, apart, terms, written

_SENTENCES = re.compile(r"[。;!\n\r]+")
_CLAUSES = re.compile(r"(?<!\d),|,(?!\d)")
_LISTED = re.compile(
    r"((?:[左右双]侧?)?(?:肱骨头|股骨头|距骨|胫骨|股骨髁|肝脏?|肾脏?|胆囊|甲状腺))([、和及与]|(?<=肝)(?=肾))"
    r"((?:[左右双]侧?)?(?:肱骨头|股骨头|距骨|胫骨|股骨髁|肝脏?|肾脏?|胆囊|乳腺))((?:多发|单发|小)?"
    r"(?:(?:缺血性?|无菌性)?骨?坏死|囊肿|结石|结节))"
)
"""Two organs with one lesion: 肝、肾囊肿."""
_ORGAN_TO_LESION = 24
"""The most characters between an organ and its lesion in one clause."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A term with what is said of it."""

    term: Term
    side: str
    certainty: Certainty
    grade: str = ""
    stage: str = ""
    category: str = ""
    size_mm: float | None = None
    change: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a term stands in its clause."""

    code: str
    start: int
    end: int


@dataclass
class _Sentence:
    """What is carried from clause to clause of a sentence."""

    organs: str = ""
    """The text in which organs were named last."""
    side: str = ""
    found: list[list[Finding]] = field(default_factory=list)
    """The findings so far; those of one mention, left and right, together."""


def findings(text: str) -> list[Finding]:
    """All findings of a text, in their order."""
    text = unicodedata.normalize("NFKC", text).replace("－", "-").replace("−", "-")
    mentions: list[list[Finding]] = []
    text = _LISTED.sub(r"\1\4、\3\4", text)
    for sentence in filter(None, map(str.strip, _SENTENCES.split(text))):
        carried = _Sentence(found=mentions)
        for clause in filter(None, map(str.strip, _CLAUSES.split(sentence))):
            _read(clause, carried)
    return list(dict.fromkeys(each for mention in mentions for each in mention))


def _read(clause: str, carried: _Sentence) -> None:
    places = _places(clause, carried.organs)
    if not places:
        if carried.found:
            meant = _side(clause) if len(carried.found[-1]) > 1 else ""
            carried.found[-1] = [
                _completed(each, clause) if meant in ("", "both", each.side) else each for each in carried.found[-1]
            ]
        if _names_organ(clause):
            carried.organs = clause
        carried.side = _side(clause) or carried.side
        return
    side = carried.side
    for number, place in enumerate(places):
        before = clause[places[number - 1].end if number else 0 : place.start]
        after = clause[place.end : places[number + 1].start if number + 1 < len(places) else len(clause)]
        side = _side(before + clause[place.start : place.end]) or _side_after(after) or side
        carried.found.append(list(_told(clause, place, before, after, side)))
    carried.organs, carried.side = clause, ""


def _told(clause: str, place: _Place, before: str, after: str, side: str) -> Iterator[Finding]:
    term, own = terms()[place.code], clause[place.start : place.end]
    around = before + own + after
    finding = Finding(
        term,
        side,
        _certainty(clause, place),
        grade=context.grade_of(before + own) or context.grade_of(after),
        stage=context.stage_of(around),
        category=context.category_of(around),
        size_mm=context.size_of(before + after),
        change=context.change_of(around),
    )
    if not term.sided:
        yield replace(finding, side="")
    elif side == "both":
        yield from (replace(finding, side=one) for one in ("left", "right"))
    else:
        yield finding


def _completed(finding: Finding, clause: str) -> Finding:
    """A finding with what the next clause says of it."""
    doubted = context.DOUBT_AROUND.search(clause) and finding.certainty is Certainty.PRESENT
    return replace(
        finding,
        certainty=Certainty.UNCERTAIN if doubted else finding.certainty,
        grade=finding.grade or context.grade_of(clause),
        stage=finding.stage or context.stage_of(clause),
        category=finding.category or context.category_of(clause),
        size_mm=finding.size_mm or context.size_of(clause),
        change=finding.change or context.change_of(clause),
    )


def _places(clause: str, organs_before: str) -> list[_Place]:
    """Where terms stand in a clause, none over another."""
    found: list[_Place] = []
    for word, code in written():
        for match in re.finditer(re.escape(word), clause):
            if _free(found, match.start(), match.end()) and _of_this_part(clause, word, match.start(), code):
                found.append(_Place(code, match.start(), match.end()))
    for each in apart():
        for match in each.lesion.finditer(clause):
            if _free(found, match.start(), match.end()) and _organ_near(
                each.organ, clause, match.start(), organs_before
            ):
                found.append(_Place(each.code, match.start(), match.end()))
    return sorted(found, key=lambda place: place.start)


def _free(found: list[_Place], start: int, end: int) -> bool:
    return all(end <= place.start or start >= place.end for place in found)


def _of_this_part(clause: str, word: str, start: int, code: str) -> bool:
    """Whether a lesion named without its organ is the dictionary's: nothing else was named before it."""
    if word not in LESIONS_ALONE:
        return True
    owner = _last_organ(clause[:start])
    return owner is None or owner == "" or code in owner


def _last_organ(text: str) -> str | None:
    """The codes of the terms whose organ was named last; empty for a part without terms, nothing where none was named."""
    ends: dict[int, list[str]] = {}
    for each in apart():
        for match in each.organ.finditer(text):
            ends.setdefault(match.end(), []).append(each.code)
    others = [match.end() for match in OTHER_ORGANS.finditer(text)]
    if not ends and not others:
        return None
    last = max([*ends, *others])
    return " ".join(ends.get(last, ["other"]))


def _organ_near(organ: re.Pattern[str], clause: str, start: int, organs_before: str) -> bool:
    """Whether the organ was named last before the lesion, in this clause or, where this one names none, before it."""
    for text, reach in ((clause[:start], _ORGAN_TO_LESION), (organs_before, len(organs_before))):
        named = [match.end() for match in organ.finditer(text)]
        others = [match.end() for match in OTHER_ORGANS.finditer(text)]
        rivals = [match.end() for each in apart() for match in each.organ.finditer(text)]
        if named:
            return named[-1] >= max([*others, *rivals]) and len(text) - named[-1] <= max(reach, _ORGAN_TO_LESION)
        if others or rivals:
            return False
    return False


def _names_organ(clause: str) -> bool:
    return bool(OTHER_ORGANS.search(clause)) or any(each.organ.search(clause) for each in apart())


def _side(text: str) -> str:
    text = context.ONE_WORSE.sub("", text)
    ends = {
        name: max((match.end() for match in pattern.finditer(text)), default=-1)
        for name, pattern in (("both", context.BOTH), ("left", context.LEFT), ("right", context.RIGHT))
    }
    last = max(ends.values())
    if last < 0:
        return ""
    if ends["left"] >= 0 and ends["right"] >= 0 and ends["both"] < 0:
        return "both" if abs(ends["left"] - ends["right"]) <= len("侧及右") else max(ends, key=lambda name: ends[name])
    return max(ends, key=lambda name: ends[name])


def _side_after(after: str) -> str:
    """A side in brackets just behind the finding."""
    found = re.match(r"\s*\(?(双侧?|两侧|左侧?|右侧?)\)?(?=$|[,、)]|\s)", after)
    return _side(found[1]) if found else ""


def _certainty(clause: str, place: _Place) -> Certainty:
    before, after = clause[: place.start], clause[place.end :]
    own = clause[place.start : place.end]
    masked = context.SAME.sub("", context.DOUBT_AROUND.sub("", before))
    reach = context.BUT.split(masked)[-1]
    apart_from = re.search(r"除[^,]*$", before) and re.match(r"[^,]*?外", after)
    if context.DENIED.search(reach) and not apart_from:
        return Certainty.ABSENT
    if context.DENIED_AFTER.search(context.SAME.sub("", after)) and not apart_from:
        return Certainty.ABSENT
    if context.RELATIVE.search(before):
        return Certainty.FAMILY
    if own.endswith("史") or context.PAST_AFTER.match(after) or context.PAST_BEFORE.search(before):
        return Certainty.FAMILY if "家族" in after else Certainty.HISTORY
    if after.startswith("家族史"):
        return Certainty.FAMILY
    doubted = (
        context.DOUBT_AROUND.search(clause) or context.DOUBT_BEFORE.search(before) or context.DOUBT_AFTER.search(after)
    )
    return Certainty.UNCERTAIN if doubted else Certainty.PRESENT


def certainty_of(clause: str) -> Certainty:
    """How certain a clause is of what it says as a whole, for words that two persons mapped by hand."""
    return _certainty(clause, _Place("", len(clause), len(clause)))
