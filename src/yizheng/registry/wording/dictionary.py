"""数据字典: every kind of fact and every code table in Chinese, as declared; `docs/data-dictionary.md` is what it says.

Run `./yizheng manage dictionary` to print it, with `--schema` as JSON Schema.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from yizheng.kernel.codes import table
from yizheng.registry.fields import Declared, SubjectField
from yizheng.registry.models import EventFact, Fact
from yizheng.registry.reading import kinds
from yizheng.registry.registers import registers

LEDGER: Mapping[str, Mapping[str, Any]] = {
    "subject": {"title": "主体", "type": "integer"},
    "line": {"title": "登记项", "type": "string"},
    "valid_from": {"title": "生效日期", "type": "string", "format": "date"},
    "valid_to": {"title": "失效日期（不含当日）", "type": ["string", "null"], "format": "date"},
    "opened": {"title": "写入的变更", "type": "integer"},
    "closed": {"title": "关闭的变更", "type": ["integer", "null"]},
    "authority_scope": {"title": "主管辖区", "type": "integer"},
}
"""What every version says besides its fields."""

_HEADS = ("字段", "名称", "类型", "取值", "单位", "必填", "公开", "个人信息", "证照")
_INTRODUCTION = """# 数据字典

登记簿的全部登记事实和所用代码表。本页由各登记事实的声明生成（`./yizheng manage dictionary`），与程序不一致时测试不通过。

登记事实分两种：**状态**在一段时间内成立，从生效日期起，到失效日期前一日止；**事件**在某一天发生。每个版本写入后不再改动，
更正和回退以新的变更关闭旧版本、写入新版本。每种登记事实除下列各表所列字段外，还有：

"""


def dictionary() -> str:
    """The whole page in Markdown."""
    told = list(_declared())
    parts = [_INTRODUCTION + _table(("字段", "名称"), ((f"`{name}`", each["title"]) for name, each in LEDGER.items()))]
    for title, found in _by_register(told):
        parts.append(f"## {title}")
        parts.extend(map(_kind, found))
    parts.append(_code_tables(told))
    return "\n\n".join(parts) + "\n"


def schema() -> dict[str, Any]:
    """Every kind as JSON Schema, by its table."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "登记事实",
        "$defs": {kind.fact_table(): json_schema(kind) for kind in _declared()},
    }


def columns(kind: type[Fact]) -> tuple[Declared, ...]:
    """The fields of a kind that say something, in their order; a test holds that every one is declared."""
    return cast("tuple[Declared, ...]", kind.typed_fields())


def json_schema(kind: type[Fact]) -> dict[str, Any]:
    """A version of the kind in JSON Schema; code tables, personal and public columns are told by extensions."""
    told = columns(kind)
    return {
        "title": kind.kind_title(),
        "type": "object",
        "x-kind": "event" if issubclass(kind, EventFact) else "state",
        "properties": {**LEDGER, **{each.name: _property(each) for each in told}},
        "required": [*LEDGER, *(each.name for each in told)],
        "additionalProperties": False,
    }


def _property(column: Declared) -> dict[str, Any]:
    made: dict[str, Any] = {"title": column.label, **column.json_type}
    if (not column.required and made["type"] in ("integer", "number", "boolean")) or "format" in made:
        made["type"] = made["type"] if column.required else [made["type"], "null"]
    if column.longest and made["type"] == "string":
        made["maxLength"] = column.longest
    if column.codes:
        made["enum"] = [*column.codes] if column.required else ["", *column.codes]
    extensions = {
        "x-code-tables": [*column.tables],
        "x-unit": column.unit,
        "x-public": column.public,
        "x-personal": column.personal,
        "x-printed": column.printed,
    }
    return {**made, **{name: value for name, value in extensions.items() if value}}


def _declared() -> Iterator[type[Fact]]:
    return (kind for kind in kinds() if kind.registers())


def _by_register(told: list[type[Fact]]) -> Iterator[tuple[str, list[type[Fact]]]]:
    people = [kind for kind in told if kind.register is None]
    if people:
        yield "各登记簿共用", people
    for register in registers():
        if found := [kind for kind in told if kind.register == register]:
            yield f"{register.title}登记簿", found


def _kind(kind: type[Fact]) -> str:
    nature = "事件" if issubclass(kind, EventFact) else "状态"
    return f"### {kind.kind_title()}\n\n`{kind.fact_table()}`，{nature}。\n\n" + _table(
        _HEADS, map(_row, columns(kind))
    )


def _row(column: Declared) -> tuple[str, ...]:
    size = f"（{column.longest}）" if column.longest else ""
    flags = (column.required, column.public, column.personal, column.printed)
    required, public, personal, printed = ("是" if flag else "" for flag in flags)
    return (
        f"`{column.name}`", column.label, f"{column.type_word}{size}", _values(column), column.unit,
        required, public, personal, printed,
    )  # fmt: skip


def _values(column: Declared) -> str:
    if isinstance(column, SubjectField) and column.of:
        return f"{column.of.title}登记簿的主体"
    if column.codes:
        return "；".join(f"{code} {name}" for code, name in column.codes.items())
    return "、".join(f"[{table(name).title}](#{name})" for name in column.tables)


def _code_tables(told: list[type[Fact]]) -> str:
    names = sorted({name for kind in told for column in columns(kind) for name in column.tables})
    infos = [table(name).info for name in names]
    rows = (
        (f'<a id="{each.name}"></a>`{each.name}`', each.title, each.standard, each.version, str(each.rows))
        for each in infos
    )
    return "## 代码表\n\n" + _table(("代码表", "名称", "依据", "版本", "项数"), rows)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '｜') for cell in line)} |" for line in lines)
