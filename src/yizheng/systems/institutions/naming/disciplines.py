"""Medical disciplines and specialities in a name, and whether an institution is registered for them (细则第四十二条第六项).

The vocabulary is made of the names of the clinical subjects (诊疗科目) and of the words of ``data/disciplines.csv``, which also
says for which subjects a word stands. Words for patients are no discipline: 儿童口腔 is 口腔.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from functools import cache

from yizheng.kernel import codes
from yizheng.systems.institutions.categories import DATA
from yizheng.systems.institutions.naming.words import GAP, any_of, word_list

_NOT_NAMED = ("其他",)
_NONE = "*"
"""Marks a word that holds a discipline and names something else, judged by another rule: 种植牙."""
_DISEASE = "[\u4e00-\u9fff](?:炎|癌|瘤|癣|疹)|[心肝肾肺脾胃肠脑骨眼耳鼻喉牙肤血性足胆胰腺管脏液肌]病"
_SEPARATORS = re.compile("[/／:：、,，]")


def stem(name: str) -> str:
    """A name as disciplines are compared: without 科 and 专业."""
    return name.replace("专业", "").replace("科", "")


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Words that are no name of a subject, with the subjects they stand for."""
    with (DATA / "disciplines.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"]: tuple(filter(None, row["subjects"].split(";"))) for row in csv.DictReader(file)}


@cache
def _vocabulary() -> frozenset[str]:
    words = set(_synonyms())
    for table in ("clinical_subject", "clinical_subject_1994"):
        for code in codes.table(table).items():
            if code.name not in _NOT_NAMED:
                words.update(_writings(code.name))
    return frozenset(word for word in words if len(word) > 1) - set(word_list("patients").words)


def _writings(name: str) -> Iterator[str]:
    bare = name.removesuffix("专业").removesuffix("项目")
    yield bare
    for ending in ("科", "学", "医学科", "病", "病学"):
        if bare.endswith(ending) and len(bare.removesuffix(ending)) > 1:
            yield bare.removesuffix(ending)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{any_of(_vocabulary())}|{_DISEASE}")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(any_of(_vocabulary()))


@cache
def _patients() -> re.Pattern[str]:
    return re.compile(any_of(word_list("patients").words))


def disciplines(text: str) -> list[str]:
    """The disciplines a text names, longest reading first, in order."""
    return _known().findall(text)


def unregistered(text: str, subjects: Collection[str], category: str) -> str:
    """The first discipline a name holds that is neither a subject nor part of the category's name; empty when all are."""
    registered = {stem(part) for subject in subjects for part in (subject, *_SEPARATORS.split(subject)) if part}
    at = 0
    while found := _pattern().search(text, at):
        word = found.group()
        if _covered(word, registered, category):
            at = found.end()
            continue
        patients = _patients().match(word)
        if patients and _pattern().fullmatch(word, patients.end()):
            at = found.start() + patients.end()
            continue
        return word
    return ""


def _covered(word: str, registered: Collection[str], category: str) -> bool:
    meant = (word, *_synonyms().get(word, ()))
    if _NONE in meant:
        return True
    return any(_is_registered(stem(each), registered) for each in meant) or _in_category(meant, category)


def _is_registered(bare: str, registered: Collection[str]) -> bool:
    return bare in registered or (len(bare) > 1 and any(bare in subject for subject in registered))


def _in_category(meant: tuple[str, ...], category: str) -> bool:
    found = codes.table("institution_category").get(category)
    if found is None:
        return False
    name = found.name.replace("（", GAP).replace("）", GAP)
    return any(each in name or (len(stem(each)) > 1 and stem(each) in stem(name)) for each in meant)
