"""The screening itself: eight items taken out, what differs from the licence named, what is left held against the bans.

A hit names the rule and the place in the text as it was typed. Quoted law and disclaimers trip no ban (but they are none of the
eight items either). What nobody explains is ``OUT``: only eight items are allowed, so anything else is a violation by construction.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from yizheng.kernel.names.folding import is_han
from yizheng.systems.adverts.screening.allowed import ADDRESS, HOURS, PHONE, Content, take_items
from yizheng.systems.adverts.screening.licence import AdvertLicence, brand_of
from yizheng.systems.adverts.screening.reading import BOUNDARY, UNREADABLE, Reading
from yizheng.systems.adverts.screening.spoken import heard, sound_of
from yizheng.systems.adverts.screening.vocabulary import Ban, ban, exemptions, labels, words_of_bans


class Outlet(StrEnum):
    """Where the text appears (医疗广告认定指南 第三条至第五条): what is no advert is looked at by a person."""

    AD = "ad"
    NEWS = "news"
    HEALTH = "health"
    OWN_SITE_TABLE = "own_site_table"
    RECRUITMENT = "recruitment"


class Verdict(StrEnum):
    """What the screening says of a text."""

    PASS = "pass"  # noqa: S105 — the word of the answer
    VIOLATION = "violation"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place held against a rule."""

    code: str
    first: int
    last: int
    words: str

    @property
    def ban(self) -> Ban:
        """The rule."""
        return ban(self.code)


@dataclass(frozen=True, slots=True)
class Screening:
    """What a text is found to be."""

    verdict: Verdict
    hits: tuple[Hit, ...]
    items: tuple[int, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules that are hit, each once."""
        return tuple(sorted({each.code for each in self.hits}))


@dataclass(frozen=True, slots=True)
class _Span:
    code: str
    first: int
    last: int


_NOT_ADVERTS = frozenset({Outlet.OWN_SITE_TABLE, Outlet.RECRUITMENT})
_DISGUISES = frozenset({Outlet.NEWS, Outlet.HEALTH})
_WITHIN = {
    "F1": {"F6"}, "F2": {"F3"}, "F9": {"F3"}, "F8": {"F5", "F11"}, "F11": {"F5", "F7", "F8"}, "F10": {"F11"},
    "F6": {"F11"},
}  # fmt: skip
"""A hit of the first kind says nothing of its own where it lies within a longer one of the second: 治愈 in 治愈率."""
_NEUTRAL = re.compile(
    r"(?:部分|不含(?:牙椅|牙科椅|观察床位?)|本院|我院|本门诊部|本诊所|医疗机构|机构|设有|开设|现有|共有|设|有|共|为|是|在|于|的|等|及|包括|和|与|或|至|张|个|号|第|秒|s|sec|and|no|the|of|at|is|in)+"
)
_SCRIPT = re.compile(r"镜号|镜头|画面|字幕|配音|时长|旁白")
_SCRIPT_WORDS = re.compile(
    r"(?:全景|远景|中景|近景|特写|外景|内景|空镜|定格|定版|片头|片尾|黑底白字|白底黑字|白底蓝字|蓝底白字|红底白字|同上|同字幕|同配音|无|静音|男声|女声|画外音|淡入|淡出|切入|叠化|推近|拉远|滚动"
    r"|门头|门牌|招牌|大楼|外观|大门|门口|文字|显示|出现|标识|logo|背景|单色|纯色|静态|[0-9]{1,3}|[一二三四五六七八九十]{1,3}|秒|分钟|钟|第)+"
)
_NUMBERING = re.compile(r"[0-9]{1,2}|[a-h]|[一二三四五六七八九十]{1,2}")
_HEADS = (
    "单位|广告主|名称|全称|地址|院址|位置|地点|住所|所有制|形式|性质|类别|类型|科目|科室|科别|床位数?|张|时间|时段|安排|时刻|电话|热线|专线|号码|手机|座机"
    "|分机|总机|方式|文号|编号|证号|联系人"
)
_HEADED = re.compile(rf"^(?:[一-鿿a-z]{{0,8}}(?:{_HEADS})[0-9一二三四五六]?|t)$")
"""A label in whatever wording, before a colon."""
_BESIDE = re.compile(
    r"(?:门诊部?|医院|诊所|就诊|看病|看诊|联系人?|服务|咨询|预约|工作|营业|开门|关门|接诊|核准|登记|注册|批准|实际|具体|详细|对外|日常|夜间|日间|急诊|门急诊"
    r"|安排|时间|时段|分机|总机|电话|地址|名称|科室|科目|类别|床位|本|我|院|是|为|请|致电|拨打|联系)+"
)
"""Words that only lead to an item, where one stands right beside them."""
_UP_TO_COLON = re.compile(rf"[一-鿿（）()]{{1,10}}(?:{_HEADS})[（(]?[a-z]*[）)]?:")
_DURATION = re.compile(r"[0-9]{1,3}(?:秒钟?|s|sec(?:onds)?)")


def screen(text: str, outlet: str, licence: AdvertLicence) -> Screening:
    """Screen a text that appears in an outlet, by the licence of the institution."""
    reading = Reading(text)
    content = take_items(reading, licence)
    items = tuple(sorted(content.items))
    if outlet in _NOT_ADVERTS:
        return Screening(Verdict.REVIEW, (), items)
    spans = [*_unlike(content), *_banned(reading, licence)]
    if outlet in _DISGUISES:
        if not content.items & {ADDRESS, HOURS, PHONE}:
            return Screening(Verdict.REVIEW, (), items)
        spans.append(_Span("F12", 0, len(reading.tight)))
    if not spans:
        spans = list(_left_over(reading))
    hits = tuple(_hit(reading, span) for span in sorted(spans, key=lambda each: (each.first, each.last, each.code)))
    return Screening(_verdict(reading, hits), hits, items)


def _verdict(reading: Reading, hits: tuple[Hit, ...]) -> Verdict:
    if hits:
        return Verdict.VIOLATION
    return Verdict.REVIEW if UNREADABLE in reading.plain else Verdict.PASS


def _hit(reading: Reading, span: _Span) -> Hit:
    first, last = reading.span(span.first, span.last)
    return Hit(span.code, first, last, reading.text[first:last])


def _unlike(content: Content) -> Iterator[_Span]:
    yield from (_Span(code, first, last) for code, first, last in content.unlike)
    yield from (_Span("F11", first, last) for first, last in content.names)


def _banned(reading: Reading, licence: AdvertLicence) -> list[_Span]:
    """What is left, held against every ban."""
    left = _exempted(reading)
    found = [span for each in words_of_bans() for span in _of_one(each.ban, each.tight, left)]
    found += list(_english(reading, left))
    covered = {place for span in found for place in range(span.first, span.last)}
    for first, last, code in heard(left):
        if covered.isdisjoint(range(first, last)):
            found.append(_Span(code, first, last))
    found += list(_shortened(left, licence, found))
    return _without_inner(found, left)


def _of_one(code: str, pattern: re.Pattern[str], left: str) -> Iterator[_Span]:
    for match in pattern.finditer(left):
        if match.end() > match.start():
            yield _Span(code, *match.span())


def _english(reading: Reading, left: str) -> Iterator[_Span]:
    """English words, where blanks count; a place of the plain view is brought to the tight one."""
    plain = reading.open_plain()
    for each in words_of_bans():
        for match in each.english.finditer(plain) if each.english else ():
            first, last = reading.tight_place(match.start()), reading.tight_place(match.end())
            if last > first and BOUNDARY not in left[first:last]:
                yield _Span(each.ban, first, last)


def _shortened(left: str, licence: AdvertLicence, found: list[_Span]) -> Iterator[_Span]:
    """The brand inside the registered name used alone: a shortened name, or with 中心 behind an inner department."""
    brand = brand_of(licence.name)
    if len(brand) < 2:
        return
    inner = [span.first for span in found if span.code == "F10"]
    for match in re.finditer(f"{re.escape(brand)}|{re.escape(sound_of(brand))}{_ABROAD}", left):
        if not any(
            match.end() <= place <= match.end() + 10 and BOUNDARY not in left[match.end() : place] for place in inner
        ):
            yield _Span("F11", *match.span())


_ABROAD = "(?=eye|dental|clinic|hospital|medical|beauty|health|group|centre|center)"


def _without_inner(found: list[_Span], left: str) -> list[_Span]:
    kept = []
    for span in found:
        stronger = _WITHIN.get(span.code, set())
        inside = any(
            other.code in stronger and other.first <= span.first and span.last <= other.last
            and (other.last - other.first > span.last - span.first)
            for other in found
        )  # fmt: skip
        if span.code == "F11":
            inside = inside or any(
                (other.code == "F6" and other.first == span.last)
                or (other.code in ("F5", "F7") and other.first < span.last and span.first <= other.last)
                for other in found
            )
        if not inside:
            kept.append(span)
    return kept


def _exempted(reading: Reading) -> str:
    """The left text without clauses that disclaim and sentences that quote the law."""
    left = list(reading.open_tight())
    for kind, pattern in exemptions():
        ends = "\n。；;!！?？" if kind == "sentence" else "\n。；;!！?？,，、"
        for match in pattern.finditer(reading.plain):
            first, last = _around(reading.plain, match.start(), match.end(), ends)
            for place in range(reading.tight_place(first), reading.tight_place(last)):
                left[place] = BOUNDARY
    return "".join(left)


def _around(plain: str, first: int, last: int, ends: str) -> tuple[int, int]:
    while first > 0 and plain[first - 1] not in ends:
        first -= 1
    while last < len(plain) and plain[last] not in ends:
        last += 1
    return first, last


def _left_over(reading: Reading) -> Iterator[_Span]:
    """What none of the eight items and no ban explains."""
    for item, pattern in labels():
        for match in pattern.finditer(reading.open_tight()):
            if item in (1, 6, 9) or _at_edge(reading, *match.span()):
                reading.take_tight(*match.span())
    script = bool(_SCRIPT.search(reading.tight))
    for first, last in list(reading.runs()):
        run = reading.tight[first:last]
        rest = _NEUTRAL.sub("", run.replace(UNREADABLE, ""))
        if not rest or _harmless(reading, run, first, last, script=script):
            continue
        yield _Span("OUT", first, last)


def _at_edge(reading: Reading, first: int, last: int) -> bool:
    return reading.edged(first, last) or reading.plain[reading.at[last - 1] + 1 :].lstrip()[:1] == ":"


def _begins_label(reading: Reading, first: int) -> bool:
    """Whether a few characters up to a colon begin here, behind which an item stands: any wording of a label."""
    found = _UP_TO_COLON.match(reading.plain, reading.at[first])
    if found is None:
        return False
    item = reading.tight_place(found.end())
    return item < len(reading.at) and bool(reading.taken[reading.at[item]])


def _beside_item(reading: Reading, first: int, last: int) -> bool:
    before = first > 0 and bool(reading.taken[reading.at[first - 1]])
    behind = last < len(reading.at) and bool(reading.taken[reading.at[last]])
    return behind or (before and last == len(reading.at))


def _harmless(reading: Reading, run: str, first: int, last: int, *, script: bool) -> bool:
    """Numbering before a sign, the length of a film, words of a film script."""
    behind = reading.plain[reading.at[last - 1] + 1 : reading.at[last - 1] + 2]
    if _begins_label(reading, first):
        return True
    if behind == ":" and _HEADED.search(run):
        return True
    if _BESIDE.fullmatch(run) and _beside_item(reading, first, last):
        return True
    if _NUMBERING.fullmatch(run) and behind in tuple(".、)：:,）．"):
        return True
    if _DURATION.fullmatch(run) and script:
        return True
    if not any(is_han(each) or each.isalnum() for each in run):
        return True
    return script and _SCRIPT_WORDS.fullmatch(_NEUTRAL.sub("", run)) is not None
