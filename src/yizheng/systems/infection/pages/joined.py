"""与登记核对: beds, departments and people as reported beside the registers, for each hospital in sight."""

from __future__ import annotations

from typing import Any

from yizheng.people.tables import Asked, Column, Table
from yizheng.systems.infection.joining.reading import differences
from yizheng.systems.infection.pages.access import infection_only, names_of_hospitals


def _rows(asked: Asked) -> list[Any]:
    found = differences(asked.account, asked.today)
    names = names_of_hospitals({subject for subject, _ in found})
    return sorted(
        ((names.get(subject, ""), each) for subject, each in found),
        key=lambda row: (row[0], row[1].matter, row[1].reported),
    )


JOINED = Table(
    "infection_joined",
    "与登记核对",
    _rows,
    (
        Column("医院", lambda row: row[0], 26, css="name"),
        Column("项目", lambda row: row[1].matter, 18),
        Column("医院所报", lambda row: row[1].reported, 36),
        Column("登记", lambda row: row[1].registered, 36),
    ),
    guard=infection_only,
    says="监测科室的床位和诊疗科目与执业登记比较；近三个月手术医师、暴露护士的执业证书编码与登记簿比较",
    tally="处",
    empty="所报与登记没有不同。",
)
"""What hospitals report and the registers do not say so."""
