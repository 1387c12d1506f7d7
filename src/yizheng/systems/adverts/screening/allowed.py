"""The eight items an advert may hold (医疗广告管理办法 第六条): taken out of a text, and compared with the licence.

Order matters: registered words go first, so that nothing inside them is held against the advert; then what stands in the place of
a registered word and is another; then labels, hours and numbers, which are free.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from yizheng.kernel import codes
from yizheng.systems.adverts.screening.hours import hours
from yizheng.systems.adverts.screening.licence import AdvertLicence, brand_of
from yizheng.systems.adverts.screening.numerals import number
from yizheng.systems.adverts.screening.phones import phones
from yizheng.systems.adverts.screening.reading import BOUNDARY, UNREADABLE, Reading, folded
from yizheng.systems.adverts.screening.vocabulary import damaged, labels

NAME, ADDRESS, OWNERSHIP, CATEGORY, SUBJECTS, BEDS, HOURS, PHONE = range(1, 9)
_HAN = "[一-鿿]"
_CN = "[零〇一二三四五六七八九十百千两]"
_APPROVAL = re.compile(
    r"[一-鿿]?中?医广(?:证|审)?(?:字)?第?(?:20[0-9]{2})?(?:年)?第?[0-9]{2,12}号|[一-鿿]?中?医广20[0-9]{2}第?[x0]{2,10}号"
)
_PLACE = re.compile(
    rf"(?:北京市?)?(?:{_HAN}{{1,6}}?[区县])?{_HAN}{{1,14}}?(?:大街|大道|胡同|街道|[路街巷里道村镇乡园桥营庄]|小区|社区)"
    rf"(?:{_HAN}{{0,6}}?[0-9a-z甲乙丙丁{UNREADABLE}]{{1,5}}号(?:院|楼)?|(?:甲|乙)?{_CN}{{1,4}}号(?:院|楼)?)"
    rf"(?:{_HAN}{{0,6}}?(?:[0-9a-z]{{1,4}}|{_CN}{{1,3}})(?:号楼|号|楼|层|室|单元|座|门|区|院)|底商|地下|首层)*"
)
_BEHIND = re.compile(
    rf"(?:院|楼)(?!内|下|上|旁)|(?:院|楼)?(?:{_HAN}{{0,4}}?(?:[0-9a-z]{{1,4}}|{_CN}{{1,3}})(?:号楼|号院|号|楼|层|室|单元|座|门)|底商|院内?|首层|地下一层)+"
)
_OWNERSHIPS = {
    "全民": "全民|国有", "集体": "集体", "私人": "私人|私有|私营", "中外合资合作": "中外合资合作|中外合资|中外合作|合资合作|合资|合作",
    "股份制": "股份制|股份|股份合作", "其他": "其他",
}  # fmt: skip
_OTHER_OWNERSHIP = "个体|民营|国营|公立|私立|公有|混合|联营|外资|独资|政府办|公办|民办"
_BED = "(?:床位|病床|观察床位?|床)"
_COUNTED = "(?:编制|核定|实有|开放|现有|设有|设置|拥有|批准|住院|共有|总|共|设)*"
_BEDS = (
    re.compile(
        rf"{_COUNTED}{_BED}(?:数|总数|数量)?张?(?:牙椅|含牙椅|不含牙椅|不含观察床|共计|共有|共|总计|计|为|是|有|设)*(?P<number>[0-9o]{{1,4}}|{_CN}+|无)(?![0-9o])(?:张|个|床)?"
    ),
    re.compile(rf"{_COUNTED}(?<![0-9])(?P<number>[0-9o]{{1,4}}|{_CN}+)(?:张|个)(?:住院床位|{_BED})数?"),
    re.compile(r"beds?(?P<number>[0-9]{1,4})(?![0-9])(?:张)?"),
)
_OBSERVED = re.compile(r"观察床|牙椅(?!不)|(?<!不)含牙椅")
_OFFICIAL_OTHER = re.compile(
    r"(?:牙科|男科|肛肠科|脑科|肝病科|胃肠科|胃肠外科|骨伤科|风湿科|风湿免疫科|心内科|神经科|心血管科|呼吸科|消化科|内分泌科|肾内科|泌尿科|肿瘤内科|乳腺科|甲状腺科"
    r"|不孕不育科|生殖科|生殖医学科|皮肤性病科|性病科|美容科|医美科|整形科|美容皮肤科|微创外科|体检科|健康管理科|营养科|儿保科|妇保科|计生科|近视科|视光科|小儿眼科|眼底科|青光眼科"
    r"|理疗科|针灸科|推拿科|正骨科|治未病科|老年科|老年病科|血液科|介入科|睡眠科|心理科|戒毒科|透析科|种植科|正畸科|牙周科|牙体牙髓科|儿牙科|口腔种植科|口腔正畸科|口腔修复科|综合科|中医内科|中医外科|中医妇科|中医儿科|中西医结合内科)"
)
_JOINS = "有设和与及或为是等含"
_AFTER_SUBJECT = re.compile(
    r"(?:手术|专家|医生|医师|大夫|主任|教授|中心|医院|门诊|诊所|疾病|检查|治疗|技术|权威|第一|集团|连锁|研究|博士|名医|团队|器械)"
)
_PLACED = frozenset({"位于", "坐落于", "坐落在", "座落于", "座落在", "地处"})
"""Verbs before an address, which follows without a sign."""
_BLANKS = dict.fromkeys(map(ord, " \t\u3000\xa0"))


@dataclass(slots=True)
class Content:
    """What was found of the eight items, and where the advert is unlike the licence."""

    items: set[int] = field(default_factory=set)
    unlike: list[tuple[str, int, int]] = field(default_factory=list)
    """Code of the rule, and the place in the tight view."""
    names: list[tuple[int, int]] = field(default_factory=list)
    """Where a name other than the first stands in the tight view."""


@cache
def _subject_names() -> tuple[str, ...]:
    """Every registered subject there is, folded, the longest first; those that end in 科 also without 专业."""
    found = set()
    for name in ("clinical_subject", "clinical_subject_1994"):
        for each in codes.table(name).items():
            plain = folded(each.name)
            if plain != "其他":
                found |= {plain, *_forms(plain)}
    return tuple(sorted((each for each in found if len(each) > 1), key=lambda each: (-len(each), each)))


def _forms(subject: str) -> set[str]:
    short = subject.removesuffix("专业")
    return {subject, short} if short.endswith("科") else {subject}


_CARE = frozenset("ABCDEGH")
"""The groups of the table that are medical institutions."""


@cache
def _category_names() -> tuple[str, ...]:
    names = {
        form
        for each in codes.table("institution_category").items()
        if each.code[0] in _CARE
        for form in category_forms(each.name)
    }
    return tuple(sorted((each for each in names if len(each) > 2), key=lambda each: (-len(each), each)))


def category_forms(category: str) -> set[str]:
    """A category as it may be printed: whole, and without what its table says in brackets."""
    plain = re.sub(r"[（(][^（）()]*[）)]", "", category)
    return {form for form in (folded(category), folded(plain)) if form}


def take_items(reading: Reading, licence: AdvertLicence) -> Content:
    """Take the eight items out of the text."""
    content = Content()
    for found in _APPROVAL.finditer(reading.tight):
        reading.take_tight(*found.span())
    _names(reading, licence, content)
    _address(reading, licence, content)
    _ownership(reading, licence, content)
    _category(reading, licence, content)
    _subjects(reading, licence, content)
    _beds(reading, licence, content)
    _free(reading, content)
    return content


def _find(pattern: str, reading: Reading) -> Iterator[tuple[int, int]]:
    if pattern:
        for found in re.finditer(pattern, reading.open_tight()):
            if found.group().count(UNREADABLE) * 3 <= len(found.group()):
                yield found.span()


def misread(name: str) -> str:
    """A pattern for a registered name in which one character outside its identifying part was misread."""
    whole, plain, brand = damaged(name), folded(name), brand_of(name)
    if len(plain) < 8 or not brand:
        return whole
    own = range(plain.index(brand), plain.index(brand) + len(brand))
    parts = [re.escape(each) for each in plain]
    once = ("".join([*parts[:place], _HAN, *parts[place + 1 :]]) for place in range(len(plain)) if place not in own)
    return "|".join([whole, *once])


def _names(reading: Reading, licence: AdvertLicence, content: Content) -> None:
    first = misread(licence.name)
    for other in sorted(licence.other_names, key=len, reverse=True):
        if folded(licence.name) in folded(other):
            content.names += [_taken(reading, span) for span in _find(damaged(other), reading)]
    for span in _find(first, reading):
        content.items.add(NAME)
        _taken(reading, span)
    for other in sorted(licence.other_names, key=len, reverse=True):
        content.names += [_taken(reading, span) for span in _find(damaged(other), reading)]


def _taken(reading: Reading, span: tuple[int, int]) -> tuple[int, int]:
    reading.take_tight(*span)
    return span


def _address(reading: Reading, licence: AdvertLicence, content: Content) -> None:
    """The registered address, with or without its city; any other place with a number of a house is unlike it."""
    if licence.address:
        whole = damaged(licence.address)
        city = damaged(licence.address.removeprefix("北京市"))
        optional = f"(?:北京市?)?{city}" if licence.address.startswith("北京市") and len(licence.address) > 6 else whole
        for first, last in list(_find(optional, reading)):
            content.items.add(ADDRESS)
            more = _BEHIND.match(reading.open_tight(), last)
            end = last
            if more and reading.at[last] == reading.at[last - 1] + 1:
                end = more.end()
                content.unlike.append(("A2", first, end))
            reading.take_tight(first, end)
    for _first, last in _labelled(reading, ADDRESS):
        value = _value(reading, last)
        if value and not any(reading.taken[place] for place in reading.at[last : last + 1]):
            _unlike_address(reading, content, value)
    for first, last in list(_find(_PLACE.pattern, reading)):
        _unlike_address(reading, content, (first, last))


def _unlike_address(reading: Reading, content: Content, span: tuple[int, int]) -> None:
    content.items.add(ADDRESS)
    content.unlike.append(("A2", *span))
    reading.take_tight(*span)


def _labelled(reading: Reading, item: int) -> list[tuple[int, int]]:
    """Where the labels of an item stand, set off before and with a value behind; the labels are taken."""
    pattern = next(each for number, each in labels() if number == item)
    found = []
    place = 0
    while match := pattern.search(reading.open_tight(), place):
        first, last = match.span()
        place = first + 1
        if _is_label(reading, first, last):
            if last < len(reading.tight) and reading.tight[last] in "为是":
                last += 1
            reading.take_tight(first, last)
            found.append((first, last))
            place = last
    return found


def _is_label(reading: Reading, first: int, last: int) -> bool:
    """A label stands at an edge, or before a colon."""
    if not _evenly_spaced(reading, first, last):
        return False
    behind = reading.plain[reading.at[last - 1] + 1 :].lstrip()[:1]
    before = first == 0 or reading.at[first] - reading.at[first - 1] > 1 or bool(reading.taken[reading.at[first - 1]])
    if reading.tight[last - 1].isascii() and last < len(reading.tight) and reading.tight[last].isascii():
        spaced = reading.at[last] - reading.at[last - 1] > 1
        if not spaced and reading.tight[last].isalpha():
            return False
    after = (
        last >= len(reading.at) or reading.at[last] - reading.at[last - 1] > 1 or bool(reading.taken[reading.at[last]])
    )
    if reading.tight[first:last] in _PLACED:
        return before
    return behind in (":", "=", "/", "】", "]", ")") or (before and (after or last - first > 2))


def _evenly_spaced(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing but blanks stands within, and then between all characters: 地 址 is one word, 门诊部 地址 is two."""
    if reading.plain[reading.at[first] : reading.at[last - 1] + 1].translate(_BLANKS) != reading.tight[first:last]:
        return False
    apart = {reading.at[place + 1] - reading.at[place] > 1 for place in range(first, last - 1)}
    return len(apart) < 2 or reading.tight[first:last].isascii()


def _value(reading: Reading, start: int) -> tuple[int, int] | None:
    """What stands behind a label: a place with its number, or all up to the next sign."""
    left = reading.open_tight()
    if start >= len(left) or left[start] == BOUNDARY:
        return None
    place = _PLACE.match(left, start)
    if place:
        return place.span()
    last = start + 1
    while last < len(left) and left[last] != BOUNDARY and not _ends(reading, last):
        last += 1
    return start, last


def _ends(reading: Reading, place: int) -> bool:
    between = reading.plain[reading.at[place - 1] + 1 : reading.at[place]]
    return any(sign in between for sign in "\n;。|,， \t")


def _ownership(reading: Reading, licence: AdvertLicence, content: Content) -> None:
    own = folded(licence.ownership).removesuffix("所有制") or "-"
    known = "|".join(_OWNERSHIPS.values())
    value = rf"(?:{known}|{_OTHER_OWNERSHIP})(?:所有)?制?"
    named = re.compile(rf"(?:{known}|{_OTHER_OWNERSHIP})所有制(?:形式)?|私有制|股份制|公有制")
    for found in list(named.finditer(reading.open_tight())):
        _owned(reading, content, found.span(), own)
    for _, last in _labelled(reading, OWNERSHIP):
        found_value = re.compile(value).match(reading.open_tight(), last)
        span = found_value.span() if found_value else _value(reading, last)
        if span is not None:
            _owned(reading, content, span, own)


def _owned(reading: Reading, content: Content, span: tuple[int, int], own: str) -> None:
    content.items.add(OWNERSHIP)
    if not re.fullmatch(rf"(?:{_ownership_forms(own)})(?:所有)?制?(?:形式)?", reading.tight[span[0] : span[1]]):
        content.unlike.append(("A3", *span))
    reading.take_tight(*span)


def _ownership_forms(own: str) -> str:
    named = own if own in _OWNERSHIPS else f"{own}制"
    return f"{_OWNERSHIPS.get(named, re.escape(own))}|{re.escape(own)}"


def _category(reading: Reading, licence: AdvertLicence, content: Content) -> None:
    own = category_forms(licence.category)
    behind = {last for _, last in _labelled(reading, CATEGORY)}
    for form in sorted(own, key=len, reverse=True):
        for span in list(_find(damaged(form), reading)):
            if span[0] in behind or reading.edged(*span):
                content.items.add(CATEGORY)
                behind.discard(span[0])
                reading.take_tight(*span)
    for span in list(_find("|".join(map(re.escape, _category_names())), reading)):
        if span[0] in behind or reading.edged(*span):
            _unlike_category(reading, content, span)
            behind.discard(span[0])
    for start in behind:
        if value := _value(reading, start):
            _unlike_category(reading, content, value)


def _unlike_category(reading: Reading, content: Content, span: tuple[int, int]) -> None:
    content.items.add(CATEGORY)
    content.unlike.append(("A4", *span))
    reading.take_tight(*span)


def _subjects(reading: Reading, licence: AdvertLicence, content: Content) -> None:
    own = {form for each in licence.subjects for part in (each, *each.split("/")) for form in _forms(folded(part))} - {
        ""
    }
    own |= {folded(each).removesuffix("专业") for each in licence.subjects}
    behind = {last for _, last in _labelled(reading, SUBJECTS)}
    order = sorted(own, key=len, reverse=True)
    foreign = [each for each in _subject_names() if each not in own]
    every = sorted([*order, *foreign], key=len, reverse=True)
    if not every:
        return
    pattern = (
        f"(?:{'|'.join(damaged(each) if each in own else re.escape(each) for each in every)}|{_OFFICIAL_OTHER.pattern})"
    )
    mine = re.compile("|".join(map(damaged, order)) or "(?!)")
    for first, last in list(_find(pattern, reading)):
        if not reading.edge(last - 1, last) and _AFTER_SUBJECT.match(reading.tight, last):
            continue
        if mine.fullmatch(reading.tight, first, last):
            if not _stands_alone(reading, first, last):
                continue
            content.items.add(SUBJECTS)
        else:
            content.unlike.append(("A5", first, last))
            if first in behind:
                content.items.add(SUBJECTS)
        reading.take_tight(first, last)
    for start in behind:
        _listed(reading, content, start)


def _stands_alone(reading: Reading, first: int, last: int) -> bool:
    """A subject is set off, or joined by a word that lists."""
    before = reading.edge(first - 1, first) or reading.tight[first - 1] in _JOINS
    after = reading.edge(last - 1, last) or reading.tight[last] in _JOINS
    return before and after


def _listed(reading: Reading, content: Content, start: int) -> None:
    """Names of subjects that no list knows, in the place of a subject."""
    for first, last in list(reading.runs()):
        if start <= first < start + 60 and last - first < 20:
            found = re.fullmatch(rf"{_HAN}{{1,10}}(?:科|专业)", reading.tight[first:last])
            if found and "\n" not in reading.plain[reading.at[start - 1] : reading.at[first]].strip("\n "):
                content.items.add(SUBJECTS)
                content.unlike.append(("A5", first, last))
                reading.take_tight(first, last)


def _beds(reading: Reading, licence: AdvertLicence, content: Content) -> None:
    for pattern in _BEDS:
        for found in list(pattern.finditer(reading.open_tight())):
            if found.group()[0] == "b" and not reading.edge(found.start() - 1, found.start()):
                continue
            content.items.add(BEDS)
            if (licence.beds is not None and number(found["number"]) != licence.beds) or _OBSERVED.search(
                found.group()
            ):
                content.unlike.append(("A6", *found.span()))
            reading.take_tight(*found.span())


def _free(reading: Reading, content: Content) -> None:
    """Labels, hours and telephone numbers."""
    for span in list(hours(reading.open_plain())):
        content.items.add(HOURS)
        reading.take_plain(*span)
    ends: set[int] = set()
    for item in (HOURS, PHONE):
        for _, last in _labelled(reading, item):
            if item == PHONE:
                ends.add(reading.at[last - 1] + 1)
    ends |= {found.end() for found in _PHONE_WORDS.finditer(reading.open_plain())}
    for span in list(phones(reading.open_plain(), short_after=frozenset(ends))):
        content.items.add(PHONE)
        reading.take_plain(*span)
    for found in _PHONE_WORDS.finditer(reading.open_plain()):
        reading.take_plain(*found.span())


_PHONE_WORDS = re.compile(
    r"(?:预\s*约|挂\s*号|咨\s*询|联\s*系|服\s*务|健\s*康|门\s*诊|急\s*诊|急\s*救|值\s*班|前\s*台|总\s*机|医\s*院|本\s*院|官\s*方|全\s*国|统\s*一|客\s*服|导\s*诊|接\s*诊|投\s*诉|监\s*督|办\s*公\s*室?|移\s*动|固\s*定|业\s*务|院\s*办|诊\s*所|护\s*士\s*站|就\s*医|就\s*诊|来\s*电|及|和|与|/|、|\s)*"
    r"(?:电\s*话\s*(?:号\s*码)?|热\s*线|专\s*线|座\s*机|手\s*机\s*(?:号\s*码?)?|总\s*机|传\s*真|联\s*系\s*方\s*式|联\s*络\s*方\s*式|咨\s*询\s*号\s*码|\btel(?:ephone)?\b|\bphone\b|☎|📞)"
)
