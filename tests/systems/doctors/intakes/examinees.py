"""Invented examinees, as the rows of a file of results."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from yizheng.kernel.identifiers import make_resident_id

HEADINGS = {
    "exam_year": "考试年度",
    "exam_region": "考区代码",
    "exam_category": "报考类别",
    "name": "姓名",
    "gender": "性别",
    "birth_date": "出生日期",
    "id_type": "证件类型",
    "id_number": "身份证号",
    "school": "毕业院校",
    "skill_score": "技能成绩",
    "skill_passed": "技能是否合格",
    "unit1_score": "第一单元",
    "unit2_score": "第二单元",
    "unit3_score": "第三单元",
    "unit4_score": "第四单元",
    "total_score": "总分",
    "pass_line": "合格线",
    "passed": "是否合格",
    "discipline": "违纪处理",
}


def examinee(serial: int, **said: str) -> dict[str, str]:
    """The n-th examinee: a physician who passed in 2025, but for what is said otherwise."""
    born = date(1990 + serial % 9, serial % 12 + 1, serial % 27 + 1)
    number = make_resident_id("110108", born, serial % 999 + 1)
    row = {
        "exam_year": "2025",
        "exam_region": "11",
        "exam_category": "110",
        "name": "林" + "知夏南乔一诺清禾"[serial % 8] + "安宁远舟"[serial % 4],
        "gender": "男" if (serial % 999 + 1) % 2 else "女",
        "birth_date": born.isoformat(),
        "id_type": "居民身份证",
        "id_number": number,
        "school": "燕山医科大学",
        "skill_score": "80",
        "skill_passed": "是",
        "unit1_score": "100",
        "unit2_score": "100",
        "unit3_score": "90.5",
        "unit4_score": "80",
        "total_score": "370.5",
        "pass_line": "360",
        "passed": "是",
        "discipline": "",
    }
    return row | said


def csv_of(rows: Iterable[dict[str, str]], headings: dict[str, str] = HEADINGS) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headings.values())
    writer.writerows([row.get(name, "") for name in headings] for row in rows)
    return text.getvalue().encode()


def file_of(folder: Path, rows: Iterable[dict[str, str]], name: str = "成绩.csv") -> Path:
    path = folder / name
    path.write_bytes(csv_of(rows))
    return path
