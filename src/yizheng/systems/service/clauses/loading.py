"""Taking a contract in: its terms from a file, its priced lines from another, all of it or nothing."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import transaction

from yizheng.systems.service.models import Contract, ContractLine
from yizheng.systems.service.words import Section, System

_TERMS = ("code", "title", "client", "contractor", "starts", "ends", "amount")


class ContractError(ValueError):
    """What is wrong with the files of a contract, in words for whoever wrote them."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """One line as a file has it."""

    code: str
    system: System
    section: Section
    title: str
    person_months: Decimal
    unit_price: Decimal


def shipped_lines() -> list[PricedLine]:
    """The lines of the catalogue that ships with the program; quantities and prices are invented."""
    return read_lines(files("yizheng.systems.service").joinpath("data/catalogue.csv").read_text("utf-8"))


def read_lines(text: str) -> list[PricedLine]:
    """Read priced lines; `ContractError` names the first that is wrong."""
    found = []
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            found.append(
                PricedLine(
                    row["code"], System(row["system"]), Section(row["section"]), row["title"],
                    Decimal(row["person_months"]), Decimal(row["unit_price"]),
                )
            )  # fmt: skip
        except (KeyError, ValueError, TypeError, InvalidOperation) as wrong:
            raise ContractError(
                f"目录第 {number} 行不对：要有 code、system、section、title、person_months、unit_price 六列，数量和单价是数字"
            ) from wrong
    return found


def read_terms(path: Path) -> dict[str, Any]:
    """Read the terms of a contract from a TOML file; `ContractError` says what is missing."""
    try:
        terms = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise ContractError(f"读不了合同文件 {path.name}：{type(wrong).__name__}") from wrong
    if missing := [name for name in _TERMS if name not in terms]:
        raise ContractError("合同文件缺少：" + "、".join(missing))
    if not isinstance(terms["starts"], date) or not isinstance(terms["ends"], date) or terms["starts"] > terms["ends"]:
        raise ContractError("starts 和 ends 写成日期（2026-03-01），起不晚于止")
    return terms


@transaction.atomic
def load(terms: Mapping[str, Any], lines: list[PricedLine]) -> Contract:
    """Write a contract with its lines; their amounts must add up to that of the contract."""
    total = sum((each.person_months * each.unit_price for each in lines), Decimal())
    amount = Decimal(str(terms["amount"]))
    if total != amount:
        raise ContractError(f"目录各行合计 {total:,.2f} 元，与合同金额 {amount:,.2f} 元不等")
    if Contract.objects.filter(code=terms["code"]).exists():
        raise ContractError(f"合同 {terms['code']} 已经载入，不能重复")
    contract = Contract.objects.create(**{name: terms[name] for name in _TERMS if name != "amount"}, amount=amount)
    ContractLine.objects.bulk_create(
        ContractLine(
            contract=contract,
            code=each.code,
            system=each.system,
            section=each.section,
            title=each.title,
            person_months=each.person_months,
            unit_price=each.unit_price,
        )
        for each in lines
    )
    return contract
