"""The way of an application to be registered, in every register, and what is on record against her who applies."""

from datetime import date
from operator import itemgetter
from typing import Any, ClassVar

from yizheng.kernel.remembering import Memory
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Initiator, Stage
from yizheng.registry.registers import Register
from yizheng.systems.practitioners.bars import kept_out_everywhere, latest_false_application
from yizheng.systems.practitioners.conduct.penalty import last_decided
from yizheng.systems.practitioners.conduct.suspension import last_ordered
from yizheng.systems.practitioners.item import PractitionerItem
from yizheng.systems.practitioners.registered import registered_elsewhere

RECORDED: Memory[tuple[str, int, date], dict[str, Any]] = Memory("yizheng_practitioners_recorded", itemgetter(1))
"""For work that asks of one person again and again."""


def recorded_against(register: Register, subject_id: int, on: date) -> dict[str, Any]:
    """What is on record against her in a register, by fields of `Applying`; call it as the system.

    A revocation counts from its decision also where no registration stood any more that could say so.
    """
    return RECORDED.ask((register.code, subject_id, on), lambda: _recorded(register.code, subject_id, on))


def _recorded(of: str, subject_id: int, on: date) -> dict[str, Any]:
    return {
        "revoked_on": last_decided(subject_id, of, "revocation", "revocation_ban"),
        "deceit_on": last_decided(subject_id, of, "annulment"),
        "concealed_on": latest_false_application(subject_id, of),
        "ordered_until": last_ordered(subject_id, of, on),
        "kept_out": tuple(kept_out_everywhere(subject_id, on)),
    }


class RegisteringItem(PractitionerItem):
    """An item by which somebody is entered in a register; the institution that employs her confirms."""

    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    newcomers = True
    memories = (RECORDED,)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """When she applied, where she will work, and what the registers say of her."""
        return {
            "applied_on": answers.filed_on,
            "employer": self.weighed_employer(answers, on),
            "elsewhere": registered_elsewhere(self.of, subject_id, on),
            **recorded_against(self.of, subject_id, on),
        }
