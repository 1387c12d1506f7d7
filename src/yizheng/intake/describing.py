"""A format described from its declaration: the page of the documentation, and 模板, the empty workbook with its code lists."""

from pathlib import Path

from yizheng.documents.spreadsheets import Sheet, write
from yizheng.intake.columns import NATURES, Column, Kind
from yizheng.intake.formats import Format, RegisterCheck, RowCheck
from yizheng.kernel import codes


def write_template(declared: Format, target: Path) -> None:
    """Write the workbook: the empty list, what each column means, and one sheet a code table."""
    tables = list(dict.fromkeys(column.table for column in declared.columns if column.table))
    titles = {table: codes.table(table).title[:31] for table in tables}
    choices = {
        at: f"'{titles[column.table]}'!$B$2:$B${len(codes.table(column.table)) + 1}"
        for at, column in enumerate(declared.columns)
        if column.table
    }
    sheets = [
        Sheet(
            "数据",
            [column.heading for column in declared.columns],
            [],
            widths=[18] * len(declared.columns),
            choices=choices,
            text_columns=frozenset(range(len(declared.columns))),
        ),
        Sheet("填写说明", ["列", "必填", "内容", "说明"], [description(column) for column in declared.columns]),
        *(
            Sheet(titles[table], ["代码", "名称"], [[code.code, code.name] for code in codes.table(table).items()])
            for table in tables
        ),
    ]
    with target.open("wb") as stream:
        write(stream, *sheets)


def description(column: Column) -> list[str]:
    """Heading, whether required, what it holds, and its bounds in words."""
    kind = NATURES[column.kind].words
    if column.table:
        kind = f"“{codes.table(column.table).title}”的代码或名称"
    said = [column.note] if column.note else []
    if column.low is not None and column.high is not None:
        said.append(f"{column.low:g}至{column.high:g}")
    if column.kind is Kind.NUMBER:
        said.append(f"至多{column.decimals}位小数")
    if column.kind in (Kind.TEXT, Kind.NAME, Kind.DIGITS):
        said.append(f"至多{column.longest}{'位' if column.kind is Kind.DIGITS else '字'}")
    if column.synonyms:
        said.append(f"也可写作：{'、'.join(column.synonyms)}")
    return [column.heading, "必填" if column.required else "", kind, "；".join(said)]


_VERDICT = {"error": "不接收", "quarantine": "待核", "note": "提示"}


_ALWAYS_ELSE = "除逐列核对类型、代码、长度和范围，以及文件内重复、与登记的名称比对外，还核对："
_ALWAYS = (
    "除逐列核对类型、代码、长度和范围，证件号码核对校验位并与出生日期、性别互证，以及文件内重复、与登记的姓名、性别、出生日期"
    "逐项比对外，还核对："
)


def page_of(declared: Format) -> str:
    """The page in Markdown: what the format is for, its columns, its checks."""
    checks: list[RowCheck | RegisterCheck] = [*declared.checks, *declared.register_checks]
    headings = {"level": "级别", "category": "类别"} | {column.name: column.heading for column in declared.columns}
    key = "、".join(headings.get(name, name) for name in declared.key)
    lines = [
        f"# {declared.title}（`{declared.code}`）",
        "",
        declared.purpose,
        "",
        f"空白模板（附代码表）：`./yizheng intake {declared.code} --template 模板.xlsx`，或在“数据接收”的“上传文件”页下载。",
        f"{'同一人的' if declared.holder.of_people else ''}{key}相同的行视为同一条，以后到的为准。",
        "",
        "## 列",
        "",
        "| 列 | 必填 | 内容 | 说明 |",
        "|---|---|---|---|",
        *(_row(description(column)) for column in declared.columns),
        "",
        "## 核对",
        "",
        _ALWAYS if declared.holder.of_people else _ALWAYS_ELSE,
        "",
        "| 种类 | 说明 | 结果 |",
        "|---|---|---|",
        *(_row([f"`{check.code}`", check.message, _VERDICT[check.severity.value]]) for check in checks),
    ]
    return "\n".join(lines) + "\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
