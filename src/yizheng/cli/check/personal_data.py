"""No person's number stands in the checkout: identity numbers and mobile numbers must be declared as invented.

`tests/invented_numbers.toml` declares the identity numbers and the ranges of mobile numbers that stand for nobody. A text of
digits counts as an identity number when its birth date, region and check character are right (个人信息保护法 第二十八条).
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from yizheng.cli.check.sources import checkout_files
from yizheng.cli.folders import CHECKOUT
from yizheng.kernel.identifiers import is_resident_id

DECLARED = CHECKOUT / "tests" / "invented_numbers.toml"
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(?:[0-9]{9})?([0-9]{17}[0-9Xx])(?![0-9A-Za-z])")
"""Alone, or at the end of a qualification number."""
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])1[3-9][0-9]{9}(?![0-9A-Za-z])")
LOCKS = ".lock"


def main() -> int:
    """0 when every number found is declared as invented; otherwise each place is named, the number masked."""
    declared = tomllib.loads(DECLARED.read_text("utf-8"))
    invented, ranges = frozenset(declared["identity_numbers"]), tuple(declared["mobile_ranges"])
    found = [
        f"{path}:{line}  {what} {number[:4]}…{number[-2:]} 未声明为虚构，请改用 {DECLARED.relative_to(CHECKOUT)} 中的号码"
        for path in checkout_files()
        if path.suffix != LOCKS and CHECKOUT / path != DECLARED
        for line, text in enumerate(_lines(path), 1)
        for what, number in (*_identities(text, invented), *_mobiles(text, ranges))
    ]
    print("\n".join(found))
    return 1 if found else 0


def _lines(path: Path) -> list[str]:
    try:
        return (CHECKOUT / path).read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        return []


def _identities(text: str, invented: frozenset[str]) -> Iterator[tuple[str, str]]:
    for match in _IDENTITY.finditer(text):
        number = match[1].upper()
        if number not in invented and is_resident_id(number):
            yield "身份证号码", number


def _mobiles(text: str, ranges: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for match in _MOBILE.finditer(text):
        if not match[0].startswith(ranges):
            yield "手机号码", match[0]


if __name__ == "__main__":
    sys.exit(main())
