"""exchange.ecert_identifier, exchange.matter_code: identifiers of certificates and matters, by the rules the channels ask."""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.exchange.certificate_identifiers import CertificateIdentifier, build, check, next_version
from yizheng.exchange.matter_codes import read_matter_code
from yizheng.kernel.calculators import Row, calculator


@calculator(
    "exchange.ecert_identifier",
    "电子证照标识",
    source="GB/T 36904 电子证照 标识规范；GB/T 17710 校验字符系统",
    input="action:text text:text* type_code:text* issuer:text* serial:text* version:text*",
    output="identifier valid type_code issuer serial version check problems",
    choices={"action": ("build", "check", "next")},
    as_typed=True,
)
def ecert_identifier(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The identifier built, checked or raised by one version, with its parts, or what is wrong with it."""
    for row in rows:
        found = _identifier(row)
        if found.problems:
            yield {"valid": "no", "problems": found.problems}
        else:
            yield {
                "identifier": found.text, "valid": "yes", "type_code": found.type_code, "issuer": found.issuer,
                "serial": found.serial, "version": found.version, "check": found.check,
            }  # fmt: skip


def _identifier(row: Row) -> CertificateIdentifier:
    if row["action"] == "build":
        return build(row["type_code"], row["issuer"], row["serial"], row["version"])
    return check(row["text"]) if row["action"] == "check" else next_version(row["text"])


@calculator(
    "exchange.matter_code",
    "政务服务事项编码",
    source="GB/T 39554.1 全国一体化政务服务平台 政务服务事项基本目录及实施清单 编码要求",
    input="text:text*",
    output="kind valid organ level base region type department item sub business problems",
    as_typed=True,
)
def matter_code(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The parts of each code and what is wrong with it."""
    for row in rows:
        found = read_matter_code(row["text"])
        yield {
            "kind": found.kind, "valid": "no" if found.problems else "yes", "organ": found.organ,
            "level": found.level, "base": found.base, "region": found.region, "type": found.type,
            "department": found.department, "item": found.item, "sub": found.sub, "business": found.business,
            "problems": found.problems,
        }  # fmt: skip
