"""Entering the training and the assessment that a registration rests on (医师法 第十九条; 医师执业注册管理办法 第九条)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.entering import Entry
from yizheng.systems.doctors.models import TrainingProof
from yizheng.systems.doctors.models.training import ASSESSMENT, TRAINING, line


def enter_training(entry: Entry) -> None:
    """The training typed, where one was, unless the register knows of it."""
    typed = entry.typed.get("training", {})
    if typed.get("ended_on"):
        values = {
            "kind": TRAINING,
            "institution_name": typed.get("institution", ""),
            "started_on": typed["started_on"],
            "passed": bool(typed.get("result")),
        }
        enter_proof(entry.change, entry.case.subject_id, values, typed["ended_on"], entry.office.pk)


def enter_assessment(entry: Entry) -> None:
    """The assessment typed, where one was, unless the register knows of it."""
    typed = entry.typed.get("back", {})
    if typed.get("assessed_on"):
        values = {
            "kind": ASSESSMENT,
            "institution_name": typed.get("assessor", ""),
            "started_on": typed["assessed_on"],
            "passed": bool(typed.get("assessment")),
        }
        enter_proof(entry.change, entry.case.subject_id, values, typed["assessed_on"], entry.office.pk)


def enter_proof(
    change: ChangeInProgress, subject_id: int, values: Mapping[str, Any], day: date, office: int
) -> None:
    """One proof on the day it ended; what the register has of that day stays as it is."""
    where = line(str(values["kind"]))
    known = TrainingProof.objects.current().filter(subject_id=subject_id, line=where, valid_from=day)
    if not known.exists():
        change.event(TrainingProof, subject_id, where, values, happened_on=day, authority_scope=office)
