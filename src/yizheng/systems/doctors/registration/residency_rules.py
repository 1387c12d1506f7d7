"""Registered during standardised training (规培学员): place and scope stay open until the training is over.

医师法 第十三条、第十八条: who qualifies in training is registered by the authority of the training base; taking part in
training changes no registration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.changes.rules import Changer


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident(Changer):
    """Somebody in standardised training, from and to these days."""

    training_from: date | None = None
    training_to: date | None = None


@check("D-RS01", physicians_law(13), title="在规范化培训期间取得资格", needs=("residency",))
def qualified_in_training(resident: Resident, on: date) -> Iterator[Finding]:
    """The qualification was given in the time of training; who held it before is registered in the ordinary way."""
    held, begins = resident.qualification, resident.training_from
    if resident.now is None and held is not None and begins is not None and held.qualified_on < begins:
        yield advise("residency.training_from", "医师资格在培训开始前取得，须核对是否应办理首次注册")


@check("D-RS02", physicians_law(18), title="正在规范化培训", needs=("residency",))
def still_in_training(resident: Resident, on: date) -> Iterator[Finding]:
    """The training has begun and is not over."""
    if resident.training_from is not None and resident.training_from > on:
        yield refuse("residency.training_from", "培训还没有开始")
    if resident.training_to is not None and resident.training_to < on:
        yield refuse("residency.training_to", "培训已经结束，请办理首次注册或者补登执业地点")


@check("D-RS03", physicians_law(13), title="培训基地已核对", needs=("residency",))
def base_is_recognised(resident: Resident, on: date) -> Iterator[Finding]:
    """Which institutions are training bases is published by the ministry; a person compares the list."""
    if resident.employer is not None:
        yield advise("residency.institution", f"须核对{resident.employer.name}是住院医师规范化培训基地")


@check("D-RS04", registration_rules(7), title="执业地点和执业范围尚未登记")
def place_is_open(changer: Changer, on: date) -> Iterator[Finding]:
    """Only who was registered without a place completes it."""
    if changer.now is not None and changer.now.place:
        yield refuse("", "执业地点和执业范围已经登记，请办理变更注册")
