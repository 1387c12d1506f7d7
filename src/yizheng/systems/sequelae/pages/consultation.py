"""现场会诊: everything since 2003 of one person on one page, as far as the purpose of who looks goes; it prints as it stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights, sealing
from yizheng.systems.sequelae.consents.keeping import standing, versions
from yizheng.systems.sequelae.consultation import charts, hip_opinions
from yizheng.systems.sequelae.consultation.charts import ACCENT, GREY, OTHER, Line
from yizheng.systems.sequelae.consultation.lung_years import LungYear, lung_years
from yizheng.systems.sequelae.consultation.opining import WRITERS, Said, open_to_reading, opinions_of
from yizheng.systems.sequelae.consultation.years import Year, changes_of_device, years_of
from yizheng.systems.sequelae.examinations.fields import GROUPS, fields, flag
from yizheng.systems.sequelae.findings.dictionary import terms
from yizheng.systems.sequelae.models import FindingRow, History, Person
from yizheng.systems.sequelae.models.opinions import Field
from yizheng.systems.sequelae.models.people import Group
from yizheng.systems.sequelae.pages.access import person_for, who_knows_names
from yizheng.systems.sequelae.persons.identities import who_is
from yizheng.systems.sequelae.rounds.current import current_round

HISTORY = {
    "onset": "发病日期", "hospital": "收治医院", "days": "住院天数", "severity": "病情", "dose_g": "激素累计量（g，泼尼松当量）",
    "max_mg": "最大日剂量（mg）", "pulse": "冲击治疗",
}  # fmt: skip
TRENDS = (("t_l14", "腰椎 T 值"), ("t_fn", "股骨颈 T 值"), ("glu", "空腹血糖"), ("crea", "肌酐"))
SIDES = {"left": "左", "right": "右", "both": "双侧"}
CERTAINTIES = {"present": "有", "uncertain": "可疑", "history": "既往", "family": "家族史", "absent": "无"}
GRADED = {"mild": "轻度", "moderate": "中度", "severe": "重度"}
CHANGES = {"same": "与前相仿", "better": "好转", "worse": "进展"}
MARKS = {"high": "↑", "low": "↓", "": ""}


@never_cache
@who_knows_names
@require_safe
def consultation(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one person."""
    account = signed_in(request)
    person = person_for(account, code, "consultation")
    who, years, now = who_is(account, person), years_of(account, person), current_round(account)
    said = open_to_reading(account, opinions_of(account, person), now)
    breath = lung_years(years, person.sex, who.born)
    roles = roles_of(account)
    context = {
        "person": person,
        "who": who,
        "age": timezone.localdate().year - person.birth_year,
        "history": _history(account, person),
        "round": now,
        "hips": [_hip_row(each) for each in said if each.row.field == Field.HIPS],
        "hip_items": [item.title for item in hip_opinions.ITEMS],
        "hip_charts": _hip_charts(said, years),
        "agreement": agreement(said, now.pk if now else 0),
        "lungs": breath,
        "lung_heads": ("FVC", "FEV1", "FEV1/FVC %", "TLC", "DLCO"),
        "lung_charts": _lung_charts(years, breath),
        "lung_opinions": [each for each in said if each.row.field == Field.LUNGS],
        "found": _found(account, person),
        "others": [chart for code, title in TRENDS if (chart := _single(years, code, title))],
        "sheet": _sheet(years, person.sex),
        "years": [each.year for each in reversed(years)],
        "writes_hips": WRITERS[Field.HIPS] in roles,
        "writes_lungs": WRITERS[Field.LUNGS] in roles,
        "sees_health": not rights.SEE_EXAMINATIONS.isdisjoint(roles),
        "told_here": bool(now and years and years[-1].year == now.year and not rights.PHYSICIANS.isdisjoint(roles)),
        "manages": not rights.MANAGE.isdisjoint(roles),
        "other_groups": [each for each in Group.choices if each[0] != person.infected],
        "consent": standing(account, person),
        "consent_versions": versions(),
        "sees_images": not rights.SEE_IMAGES.isdisjoint(roles),
        "sees_answers": not rights.SEE_ANSWERS.isdisjoint(roles),
        "sees_opinions": not rights.SEE_OPINIONS.isdisjoint(roles),
    }
    return render(request, "sequelae/consultation.html", context)


def _history(account: Account, person: Person) -> list[tuple[str, str]]:
    row = History.objects.visible_to(account).filter(person=person).first()
    if row is None:
        return []
    content = sealing.opened([(person.subject_id, row.sealed)])[0]
    words = {True: "有", False: "无"}
    return [
        (title, str(words.get(value, value))) for name, title in HISTORY.items() if (value := content.get(name)) != ""
    ]


def _hip_row(said: Said) -> dict[str, Any]:
    return {
        "row": said.row,
        "sides": [
            (title, [item.words(said.hip(side)) for item in hip_opinions.ITEMS], hip_opinions.collapsed(said.hip(side)))
            for side, title in hip_opinions.SIDES.items()
        ],
    }


def agreement(said: list[Said], round_key: int) -> dict[str, Any] | None:
    """Where the first two experts of a round agree about the hips; nothing while they have not both written."""
    here = [
        each for each in said if each.row.round_id == round_key and each.row.field == Field.HIPS and not each.row.joint
    ]
    if len(here) < 2:
        return None
    one, other = here[:2]
    lines = [
        (f"{title}{item.title}", item.words(one.hip(side)) or "—", item.words(other.hip(side)) or "—")
        for side, title in hip_opinions.SIDES.items()
        for item in hip_opinions.ITEMS
        if not hip_opinions.agree(item.name, one.hip(side), other.hip(side))
    ]
    whole = len(hip_opinions.SIDES) * len(hip_opinions.ITEMS)
    joint = any(each.row.joint and each.row.round_id == round_key and each.row.field == Field.HIPS for each in said)
    return {
        "one": one.row,
        "other": other.row,
        "differ": lines,
        "agree": whole - len(lines),
        "of": whole,
        "joint": joint,
    }


def _points(years: list[Year], code: str) -> list[tuple[int, float]]:
    return [(each.year, value) for each in years if (value := each.number(code)) is not None]


def _hip_charts(said: list[Said], years: list[Year]) -> list[Any]:
    drawn = []
    for code, title in (("necrosis_vol", "坏死体积（%，体检测定，与专家读片不同源）"), ("hhs", "Harris 评分")):
        lines = [
            Line(words, _points(years, f"{code}_{side}"), colour)
            for side, words, colour in (("l", "左", ACCENT), ("r", "右", OTHER))
        ]
        if chart := charts.trend(title, lines, changes_of_device(years, f"{code}_l")):
            drawn.append((title, chart, "蓝为左髋，黄为右髋"))
    return drawn


def _lung_charts(years: list[Year], breath: list[LungYear]) -> list[Any]:
    drawn = []
    for code, title, note in (
        ("fev1", "FEV1（L）", "灰虚线为正常下限（Jian 2017）"), ("dlco", "DLCO（mL/min/mmHg，已校正）", "灰虚线为正常下限（GLI 2017）"),
    ):  # fmt: skip
        known = [(each.year, each.placed[code]) for each in breath if code in each.placed]
        lines = [
            Line(title, [(year, round(placed.measured, 3)) for year, placed in known]),
            Line("正常下限", [(year, placed.limit) for year, placed in known], GREY, limit=True),
        ]
        if chart := charts.trend(title, lines, changes_of_device(years, code)):
            drawn.append((title, chart, note))
    z = [
        Line(title, [(each.year, round(each.placed[code].z, 2)) for each in breath if code in each.placed], colour)
        for code, title, colour in (("fvc", "FVC", ACCENT), ("dlco", "DLCO", OTHER))
    ]
    limit = Line("正常下限", [(each.year, -1.645) for each in breath], GREY, limit=True)
    if chart := charts.trend("z 值", [*z, limit]):
        drawn.append(("z 值", chart, "蓝为 FVC，黄为 DLCO；不同公式的 z 值不互相比较"))
    return drawn


def _single(years: list[Year], code: str, title: str) -> Any:
    chart = charts.trend(title, [Line(title, _points(years, code))], changes_of_device(years, code))
    return (title, chart, fields()[code].unit) if chart else None


def _found(account: Account, person: Person) -> list[dict[str, Any]]:
    """The findings of standing examinations in words, the newest first; what was denied is left out."""
    rows = FindingRow.objects.visible_to(account).filter(examination__person=person, examination__withdrawn=False)
    rows = rows.filter(examination__replaced_by=None).exclude(certainty="absent").select_related("examination__round")
    return [
        {
            "year": each.examination.round.year, "term": terms()[each.code].name, "side": SIDES.get(each.side, ""),
            "certainty": CERTAINTIES[each.certainty], "detail": " ".join(filter(None, (each.stage, GRADED.get(each.grade, each.grade)))),
            "change": CHANGES.get(each.change, ""), "by_hand": each.by_hand,
        }
        for each in rows.order_by("-examination__round__year", "id")
    ]  # fmt: skip


def _sheet(years: list[Year], sex: str) -> list[tuple[str, list[Any]]]:
    """Every item that was ever measured, by group: its title, and what each year says with ↑ or ↓."""
    groups = []
    for group, title in GROUPS.items():
        items = [
            (field, [_written(each, field.code, sex) for each in reversed(years)])
            for field in fields().values()
            if field.group == group and any(field.code in each.cells for each in years)
        ]
        if items:
            groups.append((title, items))
    return groups


def _written(year: Year, code: str, sex: str) -> tuple[str, str]:
    cell, field = year.cells.get(code), fields()[code]
    if cell is None:
        return "", ""
    if cell.number is None:
        return cell.said(), ""
    mark = flag(cell.number, cell.range, field.usual[sex])
    return f"{cell.comparator}{field.written(cell.number)}{MARKS[mark]}", mark
