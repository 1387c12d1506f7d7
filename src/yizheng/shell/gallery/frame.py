"""The frame of gallery pages: an invented clerk at a fixed minute."""

from datetime import datetime
from typing import ClassVar

from yizheng.kernel.calendar import BEIJING
from yizheng.shell.account import Standing
from yizheng.shell.navigation import Group, Item, System

NOW = datetime(2025, 5, 22, 10, 46, tzinfo=BEIJING)
DOCTORS = System("doctors", "医师电子化注册", 10)

_SIDE = (
    (
        "工作",
        (
            ("待办", "inbox", 38),
            ("办件查询", "file-search", None),
            ("批量办件", "stack-2", 2),
            ("到期义务", "calendar-event", 12),
        ),
    ),
    (
        "登记簿",
        (
            ("医师登记", "id-badge-2", None),
            ("机构人员", "building-hospital", None),
            ("专项资格", "certificate", None),
            ("医考数据", "school", None),
        ),
    ),
    (
        "数据",
        (("导入批次", "file-import", 1), ("业务回退", "arrow-back", None), ("统计与导出", "chart-bar", None)),
    ),
)


class Frame:
    """Stands in for `yizheng.shell.context.Shell`."""

    now = NOW
    working_day = True
    standing = Standing("周明远", "海淀区 · 审核", frozenset({"reviewer"}), office=True)
    inbox = 4
    single_keys = True
    system = DOCTORS
    systems: ClassVar[list[tuple[System, str]]] = [
        (DOCTORS, "#"),
        (System("institutions", "医疗机构电子化注册", 20), "#"),
        (System("service", "运维服务", 90), "#"),
    ]
    navigation: ClassVar[list[Group]] = [
        Group(title, tuple(Item(name, icon, "#", name == "待办", count) for name, icon, count in items))
        for title, items in _SIDE
    ]
    bottom: ClassVar[list[Item]] = [item for group in navigation for item in group.items][:3]
    public_links: ClassVar[list[tuple[str, str]]] = [
        (title, "#") for title in ("执业查询", "证照核验", "公示名单", "通知公告", "办事入口", "无障碍")
    ]
    own_links: ClassVar[list[tuple[str, str]]] = [
        ("我的办件", "#"),
        ("我的登记", "#"),
        ("消息", "#"),
        ("办事指南", "#"),
    ]
