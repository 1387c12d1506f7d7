"""The labelled corpus of advert texts: written by hand in batches, and composed of allowed items and of disguised bans.

docs/advert-screening.md tells how it was made. Every name, place, number and person in it is invented.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.adverts.screening.screen import Outlet

FOLDER = Path(__file__).parent / "advert_corpus"
_SEED = 12
_LABELS = {
    2: ("地址：", "地址:", "院址：", "Address: ", "位于", "【地址】"),
    3: ("所有制形式：", "所有制：", "Ownership: "),
    4: ("机构类别：", "医疗机构类别：", "类别：", "Category: "),
    5: ("诊疗科目：", "科目：", "诊疗科目 ", "Departments: "),
    6: ("床位数：", "床位：", "Beds: "),
    7: ("接诊时间：", "门诊时间：", "时间：", "Hours: ", ""),
    8: ("电话：", "联系电话：", "热线：", "Tel: ", "☎ ", "预约电话："),
}
_HOURS = (
    "周一至周五 8:00-17:00", "每天8:30—20:30", "上午九点到下午四点", "24小时", "周二至周日9:00至18:00，周一休息",
    "全年无休", "Mon-Fri 9:00am-5:00pm", "工作日8点至17点，节假日休诊", "星期一至星期六 早八点到晚六点", "8：00－12：00 13：30－17：30",
)  # fmt: skip
_PHONES = (
    "010-60551208", "（010）60551208", "+86 10 6055 1208", "400-123-4567", "138 0013 8000", "010-60551208转801",
    "零幺零，六零五五，幺二零八",
    "０１０－６０５５１２０８", "O10-6O551208", "60551208",
)  # fmt: skip
_JOINTS = (" ", "\n", "；", " | ", "　", "，", "<br>")
_BANNED = {
    "F2": ("根治", "痊愈", "断根", "永不复发", "无效退款", "药到病除"), "F3": ("治愈率", "有效率", "立竿见影"),
    "F6": ("专家", "教授", "患者", "推荐"),
    "F7": ("解放军", "武警", "部队"), "F8": ("最好", "唯一", "顶级", "首家"), "F9": ("无痛", "无副作用", "特效"),
}  # fmt: skip
_LIKE = str.maketrans({"治": "冶", "愈": "瘉", "家": "豕", "无": "旡", "第": "笫", "最": "蕞", "专": "耑", "国": "囯"})
_FULL = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with what it should be found to be."""

    batch: str
    text: str
    outlet: Outlet
    licence: AdvertLicence
    verdict: str
    hits: tuple[str, ...]
    items: tuple[int, ...]


def corpus() -> list[Labelled]:
    """Every text, always the same."""
    return [*written(), *composed(600), *disguised(120)]


def written() -> Iterator[Labelled]:
    """The texts written by hand."""
    known = licences()
    for row in _rows("texts"):
        items = tuple(int(each) for each in row["items"].split(";") if each)
        hits = tuple(each for each in row["hits"].split(";") if each)
        yield Labelled(
            row["batch"], row["text"], Outlet(row["outlet"]), known[row["licence"]], row["verdict"], hits, items
        )


def licences() -> dict[str, AdvertLicence]:
    """The invented institutions."""
    return {
        row["licence"]: AdvertLicence(
            row["name"], tuple(filter(None, row["other_names"].split(";"))), row["address"], row["ownership"],
            row["category"], tuple(row["subjects"].split(";")), int(row["beds"]),
        )
        for row in _rows("licences")
    }  # fmt: skip


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def composed(count: int) -> Iterator[Labelled]:
    """Clean texts: the name with some of the other seven items, in any order, labels and joints drawn."""
    draw = random.Random(_SEED)
    known = list(licences().values())
    for _ in range(count):
        licence = draw.choice(known)
        chosen = draw.sample(range(2, 9), draw.randint(1, 6))
        joint = draw.choice(_JOINTS)
        text = joint.join([licence.name, *(_item(draw, licence, each) for each in chosen)])
        change = draw.random()
        if change < 0.1:
            text = text.translate(_FULL)
        elif change < 0.2:
            text = "\u200b".join(text)
        yield Labelled("composed", text, Outlet.AD, licence, "pass", (), tuple(sorted({1, *chosen})))


def _item(draw: random.Random, licence: AdvertLicence, item: int) -> str:
    values = {
        2: (licence.address,), 3: (licence.ownership,), 4: (licence.category,), 6: (f"{licence.beds}张",), 7: _HOURS, 8: _PHONES,
        5: ("、".join(draw.sample(licence.subjects, draw.randint(1, len(licence.subjects)))),),
    }  # fmt: skip
    return draw.choice(_LABELS[item]) + draw.choice(values[item])


def disguised(count: int) -> Iterator[Labelled]:
    """A banned word behind the name, written so that a list of words would miss it."""
    draw = random.Random(_SEED)
    known = list(licences().values())
    for _ in range(count):
        licence = draw.choice(known)
        ban = draw.choice(list(_BANNED))
        word = draw.choice(_BANNED[ban])
        sign = draw.choice(("·", "*", "-", " ", "\u200b", "★", "\n", "_"))
        hidden = draw.choice((sign.join(word), word.translate(_LIKE), f"{word[0]}({word[1:]})"))
        yield Labelled("disguised", f"{licence.name} {hidden}", Outlet.AD, licence, "violation", (ban,), (1,))
