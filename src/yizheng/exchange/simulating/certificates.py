"""The municipal platform of electronic certificates, simulated: it holds every version by its identifier with its state.

It refuses an identifier whose check character is wrong, a version that leaves one out, a wrong state, and a second certificate in
force of one type for one holder where the type allows one.
"""

from dataclasses import dataclass, field

from yizheng.exchange.certificate_identifiers import check
from yizheng.exchange.channels.protocol import Envelope
from yizheng.exchange.simulating.counterpart import Counterpart

IN_FORCE, REPLACED = "01", "05"
_STATES = frozenset({"01", "02", "03", "04", "05", "06", "07", "99"})


@dataclass
class CertificatePlatform(Counterpart):
    """The platform with what it shows to others: states by identifier."""

    states: dict[str, str] = field(default_factory=dict)
    of_holder: dict[tuple[str, str], str] = field(default_factory=dict)
    """The certificate in force by type and holder code, where the type allows one."""

    def __post_init__(self) -> None:
        """It judges by its own rules."""
        self.judge, self.kinds = self._judged_by_rules, frozenset({"certificate"})

    def _judged_by_rules(self, message: Envelope) -> tuple[str, str] | None:
        said = message.payload
        identifier, state = str(said.get("ZZBS", "")), str(said.get("state", ""))
        problems = check(identifier).problems
        if problems:
            return "标识", f"证照标识不合格：{'、'.join(sorted(problems))}"
        if state not in _STATES:
            return "状态", f"没有状态“{state}”"
        if not said.get("CZZTDM"):
            return "持证主体", "缺少持证主体代码"
        holder = (str(said.get("ZZLXDM")), str(said["CZZTDM"]))
        other = self.of_holder.get(holder)
        if state == IN_FORCE and not said.get("several") and other not in (None, identifier, said.get("GLZZBS")):
            return "重复", "同一持证主体已有一份有效的同类证照"
        return None

    def _effect(self, message: Envelope) -> None:
        super()._effect(message)
        said = message.payload
        identifier, former = str(said["ZZBS"]), str(said.get("GLZZBS", ""))
        if former and self.states.get(former, IN_FORCE) in (IN_FORCE, "02"):
            self.states[former] = REPLACED
        self.states[identifier] = str(said["state"])
        holder = (str(said["ZZLXDM"]), str(said["CZZTDM"]))
        if said["state"] == IN_FORCE:
            self.of_holder[holder] = identifier
        elif self.of_holder.get(holder) == identifier:
            self.of_holder.pop(holder)
