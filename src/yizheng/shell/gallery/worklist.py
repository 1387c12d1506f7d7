"""The worklist with invented cases."""

from typing import Any

from yizheng.shell.gallery.clock import SampleClock, due, stopped

Row = dict[str, Any]


def _row(
    number: str,
    clock: SampleClock,
    name: str,
    item: str,
    place: str,
    stage: str,
    found: str,
    by: str = "周明远",
) -> Row:
    findings = [(word.split()[0], word.split()[1] if " " in word else "") for word in found.split("，")]
    clear = found == "全部通过"
    return {
        "id": number,
        "url": "#",
        "clock": clock,
        "applicant": name,
        "item": item,
        "institution": place,
        "stage": stage,
        "findings": findings,
        "number": f"25-{number}",
        "handler": by,
        "batchable": clear,
        "why_not": "" if clear else "有发现待处置",
    }


def _groups() -> list[dict[str, Any]]:
    accept = 5
    return [
        {
            "title": "已超期",
            "rows": [
                _row(
                    "004083", due(-1, 5, 21), "程默言", "变更执业范围", "北京松溪康复医院", "待决定", "提示 1"
                ),
            ],
        },
        {
            "title": "今天到期",
            "rows": [
                _row("004102", due(0, 5, 22), "苏映雪", "首次注册", "北京朗润骨科医院", "审核中", "提示 2"),
                _row(
                    "004391",
                    due(0, 5, 22),
                    "北京明澈口腔门诊部",
                    "多机构备案核查",
                    "陆景行 等 3 人",
                    "待核查",
                    "阻断 1",
                ),
            ],
        },
        {
            "title": "3 个工作日内",
            "rows": [
                _row(
                    "004127",
                    due(
                        2,
                        5,
                        26,
                        sentence="4月24日受理，次日起算 20 个工作日。4月27日调休上班计入；5月1日—5日放假不计。",
                    ),
                    "许南乔",
                    "首次注册",
                    "海淀区青禾社区卫生服务中心",
                    "审核中",
                    "提示 2",
                ),
                _row(
                    "004131",
                    due(2, 5, 26),
                    "贺云舟",
                    "变更主要执业机构",
                    "北京朗润骨科医院",
                    "审核中",
                    "全部通过",
                ),
                _row("004140", due(2, 5, 26), "孟怀瑾", "首次注册", "北京禾木儿童医院", "审核中", "全部通过"),
                _row(
                    "004158",
                    due(3, 5, 27),
                    "江予白",
                    "变更执业地点",
                    "海淀区青禾社区卫生服务中心",
                    "待决定",
                    "提示 1",
                ),
                _row("004163", due(3, 5, 27), "叶清和", "首次注册", "北京听泉眼科医院", "审核中", "全部通过"),
            ],
        },
        {
            "title": "待受理",
            "note": "收件 5 个工作日内未告知即视为受理",
            "rows": [
                _row(
                    "004377",
                    due(1, 5, 23, accept),
                    "白露晞",
                    "首次注册",
                    "北京听泉眼科医院",
                    "待受理",
                    "阻断 1，提示 1",
                    "未分派",
                ),
                _row(
                    "004382",
                    due(2, 5, 26, accept),
                    "杜若飞",
                    "增加执业范围",
                    "海淀区青禾社区卫生服务中心",
                    "补正已回",
                    "提示 1",
                ),
                _row(
                    "004402",
                    due(4, 5, 28, accept),
                    "温如初",
                    "首次注册",
                    "北京望川精神卫生中心",
                    "待受理",
                    "全部通过",
                    "未分派",
                ),
                _row(
                    "004405",
                    due(4, 5, 28, accept),
                    "方砚之",
                    "重新注册",
                    "北京听泉眼科医院",
                    "待受理",
                    "阻断 1",
                    "未分派",
                ),
            ],
        },
        {
            "title": "之后",
            "rows": [
                _row(
                    "004350",
                    due(13, 6, 11),
                    "方既白",
                    "变更主要执业机构",
                    "北京松溪康复医院",
                    "审核中",
                    "全部通过",
                ),
                _row(
                    "004369", due(15, 6, 13), "谢庭兰", "首次注册", "北京明澈口腔门诊部", "审核中", "提示 1"
                ),
            ],
        },
        {
            "title": "时钟停计",
            "rows": [
                _row(
                    "003876",
                    stopped("鉴定", "5月12日起停计，预计 30 日；已用 14 日。"),
                    "韩松筠",
                    "首次注册",
                    "北京禾木儿童医院",
                    "鉴定中",
                    "全部通过",
                ),
            ],
        },
    ]


def _filter(
    name: str, label: str, value: str = "", icon: str = "", *options: tuple[str, str]
) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "icon": icon, "options": options}


def context() -> dict[str, Any]:
    """A clerk's morning."""
    return {
        "heading": "待办",
        "context": "法定 20 个工作日；今天是工作日，5月31日—6月2日端午放假不计",
        "list_code": "worklist",
        "current_view": "all",
        "views": [
            {
                "title": title,
                "url": "#",
                "count": count,
                "urgent": title == "今天与超期",
                "current": title == "我的在办",
            }
            for title, count in (
                ("今天与超期", 3),
                ("我的在办", 15),
                ("待受理", 14),
                ("补正已回", 5),
                ("待决定", 6),
                ("时钟停计", 1),
                ("全部在办", 112),
            )
        ],
        "filters": [
            _filter("handler", "经办", "mine", "user", ("mine", "我和未分派")),
            _filter("item", "事项"),
            _filter("place", "机构"),
            _filter("stage", "环节"),
            _filter("found", "发现"),
        ],
        "tally": "15 件，按到期先后",
        "sort": {"clock": {"url": "#", "direction": "ascending"}},
        "groups": _groups(),
        "batch_url": "#",
        "batch_verbs": [
            {"verb": "pass", "title": "通过审核", "key": "a", "first": True},
            {"verb": "pass_on", "title": "转办", "key": "t", "wide": True},
            {"verb": "print", "title": "打印审核表", "key": "p", "wide": True},
        ],
    }


def empty() -> dict[str, Any]:
    """The same with nothing due."""
    sentence = "没有今天到期的办件。下一件 05-26 周一 到期。"
    return {
        **context(),
        "groups": [],
        "tally": "0 件",
        "empty": {"sentence": sentence, "action": "看全部在办", "url": "#"},
    }
