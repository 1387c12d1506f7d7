"""What is reported to 双公示: each system says of its certificates who the party is and what was permitted.

Only permissions are reported: a certificate made by a decision to grant. Filings are none, refusals are not reported, and a
certificate made again because it was lost tells nothing new (国办发〔2015〕51号).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.documents.models import Certificate

ORGANISATION = "法人及非法人组织"
OPEN_END = date(2099, 12, 31)
"""What is written where a permission has no end."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who was given the permission: a person by name alone, whose number is added on the way out, or an organisation."""

    name: str
    is_person: bool = False
    uscc: str = ""
    legal: str = ""
    """The legal representative, else the principal."""


Printed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of certificate whose granting is reported."""

    certificate: str
    register: str
    """The title of its register, for the monthly figures."""
    party: Callable[[Certificate, Printed, date], Party | None]
    """Who holds it as the register stands; nothing where the certificate is no permission after all."""
    content: Callable[[Certificate, Printed], str]
    term: Callable[[Certificate, Printed], tuple[date, date]]
    numbered_itself: bool = False
    """Whether the number of the certificate is that of the decision too (医疗广告审查证明文号)."""
    document: str = "准予行政许可决定书"


_declared: dict[str, Source] = {}


def declare(source: Source) -> Source:
    """Enter a source; called once when its system starts."""
    _declared[source.certificate] = source
    return source


def sources() -> Mapping[str, Source]:
    """Every source by the code of its certificate."""
    return _declared
