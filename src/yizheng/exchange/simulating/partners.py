"""Which partners can be simulated, on which port, and how each judges what it is told; the demonstration registers them.

A simulated partner has keys of its own in the folder of secrets, so that what it sends can be checked like anybody's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from yizheng.documents.signing import key_files
from yizheng.exchange.channels.protocol import Envelope
from yizheng.exchange.credit.rules import judge as judge_credit
from yizheng.exchange.credit.rules import record_of
from yizheng.exchange.credit.standards import rules_in_force
from yizheng.exchange.models import Partner
from yizheng.exchange.simulating.certificates import CertificatePlatform
from yizheng.exchange.simulating.counterpart import Counterpart, unheard_of
from yizheng.kernel.calendar.office_calendar import state_council_calendar
from yizheng.kernel.chinese_dates import parse_date

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Simulated:
    """One partner that can be simulated."""

    code: str
    title: str
    port: int
    channels: Mapping[str, Callable[[], Counterpart]]

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.port}/"


def _credit(message: Envelope) -> tuple[str, str] | None:
    """The platform asks the same eleven rules, but the one about being late."""
    values = {str(name): str(value) for name, value in message.payload.items()}
    day = parse_date(values.get("XK_JDRQ", "").replace("/", "-"))
    if day is None:
        return "规则5", "许可决定日期无效"
    try:
        (verdict,) = judge_credit([record_of("license", values, day, "", None)], state_council_calendar())
    except KeyError as missing:
        return "规则1", f"缺少字段 {missing}"
    broken = [number for number in verdict.broken if number != 11]
    return (f"规则{broken[0]}", rules_in_force(day)[broken[0]]) if broken else None


def _needs(*names: str) -> Callable[[Envelope], tuple[str, str] | None]:
    def judge(message: Envelope) -> tuple[str, str] | None:
        missing = [name for name in names if not message.payload.get(name)]
        return ("missing", f"缺少{'、'.join(missing)}") if missing else unheard_of(message)

    return judge


PARTNERS: Mapping[str, Simulated] = {
    each.code: each
    for each in (
        Simulated(
            "city-credit", "市公共信用信息平台（模拟）", 9411,
            {"credit": lambda: Counterpart(_credit, frozenset({"license"}), later=True)},
        ),
        Simulated(
            "city-certificates", "市电子证照平台（模拟）", 9413, {"ecertificates": CertificatePlatform},
        ),
        Simulated(
            "city-acceptance", "市统一受理平台（模拟）", 9414,
            {"acceptance": lambda: Counterpart(_needs("project_no", "event"))},
        ),
        Simulated(
            "internet-hospitals", "市互联网医院监管平台（模拟）", 9415,
            {"internet_hospitals": lambda: Counterpart(_needs("name", "standing"))},
        ),
        Simulated(
            "market-regulator", "市市场监督管理部门（模拟）", 9412,
            {"market_regulator": lambda: Counterpart(_needs("number", "valid_from"), frozenset({"advert_decision"}))},
        ),
    )
}  # fmt: skip


def key_of(code: str) -> Ed25519PrivateKey:
    """The signing key of a simulated partner, made when first asked for."""
    folder = Path(settings.SECRETS_DIR) / "simulators" / code
    key_files.ensure(folder, lambda place: key_files.write_private(place / "sign.key", Ed25519PrivateKey.generate()))
    key = load_pem_private_key((folder / "sign.key").read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def register(simulated: Simulated, authority_scope: int) -> Partner:
    """Let the platform trust a simulated partner, as two administrators would."""
    return Partner.objects.update_or_create(
        code=simulated.code,
        defaults={
            "name": simulated.title, "authority_scope": authority_scope, "address": simulated.address, "active": True,
            "signing_key": key_files.public_pem(key_of(simulated.code).public_key()),
            "opening_key": key_files.public_pem(X25519PrivateKey.generate().public_key()),
        },
    )[0]  # fmt: skip
