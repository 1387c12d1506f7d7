"""The page of a format in the documentation, made from its declaration so that it cannot say anything else."""

from yizheng.intake.formats import Format, RegisterCheck, RowCheck
from yizheng.intake.templates_of_formats import description

_VERDICT = {"error": "不接收", "quarantine": "待核", "note": "提示"}


_ALWAYS = (
    "除逐列核对类型、代码、长度和范围，证件号码核对校验位并与出生日期、性别互证，以及文件内重复、与登记的姓名、性别、出生日期"
    "逐项比对外，还核对："
)


def page_of(declared: Format) -> str:
    """The page in Markdown: what the format is for, its columns, its checks."""
    lines = [
        f"# {declared.title}（`{declared.code}`）",
        "",
        declared.purpose,
        "",
        f"空白模板（附代码表）：`./yizheng intake {declared.code} --template 模板.xlsx`，或在“数据接收”的“上传文件”页下载。",
        f"同一人的{_key(declared)}相同的行视为同一条，以后到的为准。",
        "",
        "## 列",
        "",
        "| 列 | 必填 | 内容 | 说明 |",
        "|---|---|---|---|",
        *(_row(description(column)) for column in declared.columns),
        "",
        "## 核对",
        "",
        _ALWAYS,
        "",
        "| 种类 | 说明 | 结果 |",
        "|---|---|---|",
        *(_row([f"`{check.code}`", check.message, _VERDICT[check.severity.value]]) for check in _checks(declared)),
    ]
    return "\n".join(lines) + "\n"


def _checks(declared: Format) -> list[RowCheck | RegisterCheck]:
    return [*declared.checks, *declared.register_checks]


def _key(declared: Format) -> str:
    names = {column.name: column.heading for column in declared.columns}
    known = [names.get(name, {"level": "级别", "category": "类别"}.get(name, name)) for name in declared.key]
    return "、".join(known)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
