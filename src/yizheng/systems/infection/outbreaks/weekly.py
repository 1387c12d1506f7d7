"""每周检测: the whole city's cases by hospital and organism and by hospital and site, week by week over years, by every method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from yizheng.systems.infection.detection import weekly
from yizheng.systems.infection.models import Sheet
from yizheng.systems.infection.outbreaks.watching import SITE, judged_patients, known_patients, raise_alarm
from yizheng.systems.infection.records.declaring import day_of, month_after
from yizheng.systems.infection.statistics.counting import NO_STRAIN

SHOWN_WEEKS, RECENT_WEEKS, LEAST_WEEKS = 26, 4, 13
"""Weeks an alarm shows, weeks whose patients it names, and weeks of history without which nothing is judged."""
WEEK = timedelta(days=7)


@dataclass
class Hospital:
    """What is known of one hospital: its scopes, the months it told of, and by object and week its patients."""

    scopes: tuple[int, int] = (0, 0)
    months: set[date] = field(default_factory=set)
    patients: dict[str, dict[date, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    left_out: dict[str, dict[date, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    """Patients of a known outbreak of an organism: shown, and in no series."""


@transaction.atomic
def watch_city(today: date) -> int:
    """Judge the last whole week of every series; how many alarms are new."""
    monday = today - timedelta(days=today.weekday()) - WEEK
    hospitals, judged = _hospitals(monday - weekly.HISTORY * WEEK, known_patients()), judged_patients()
    raised = 0
    by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for subject, hospital in hospitals.items():
        weeks = min(_weeks_known(hospital.months, monday), weekly.HISTORY + 1)
        if weeks > LEAST_WEEKS:
            by_length[weeks] += [(subject, about) for about in hospital.patients]
    for weeks, keys in by_length.items():
        days = [monday - WEEK * back for back in range(weeks - 1, -1, -1)]
        counts = np.array(
            [[len(hospitals[subject].patients[about].get(day, ())) for day in days] for subject, about in keys],
            dtype=float,
        )  # fmt: skip
        answers = weekly.judged(counts, 1)
        for place in map(int, np.flatnonzero(weekly.alarms(counts, answers)[:, 0])):
            subject, about = keys[place]
            hospital = hospitals[subject]
            explained = _explained(hospital, about, days, counts[place], answers, place)
            if not set(explained["who"]) <= judged[subject, None, about]:
                rules = [each["code"] for each in explained["methods"] if each["alarm"]]
                raised += raise_alarm(None, about, monday, rules, explained, subject, hospital.scopes)
    return raised


def _hospitals(since: date, known: Mapping[tuple[int, str], set[str]]) -> dict[int, Hospital]:
    found: dict[int, Hospital] = defaultdict(Hospital)
    sheets = Sheet.objects.filter(record="case", period__gte=since.replace(day=1)).order_by("period")
    rows = sheets.values_list("subject_id", "institution_scope", "authority_scope", "period", "rows", "none")
    for subject, institution, district, period, cases, none in rows.iterator():
        if not cases and not none:
            continue  # nothing typed is not zero
        hospital = found[subject]
        hospital.scopes = (institution, district)
        hospital.months.add(period)
        for row in cases:
            day, organism, site = day_of(row.get("onset")), str(row.get("pathogen") or ""), str(row.get("site") or "")
            if day is None or row.get("origin") != "HAI":
                continue
            week, patient = day - timedelta(days=day.weekday()), str(row.get("inpatient_number"))
            of_outbreak = patient in known.get((subject, organism), ())
            into = hospital.left_out if of_outbreak else hospital.patients
            for about in (organism if organism not in NO_STRAIN else "", f"{SITE}{site}" if site else ""):
                if about:
                    into[about][week].add(patient)
    return found


def _weeks_known(months: set[date], monday: date) -> int:
    """How many weeks up to this one lie in months without a gap that the hospital told of; the running month counts as it stands."""
    newest = max(months, default=date.min)
    if month_after(newest) < monday.replace(day=1):
        return 0
    first = newest
    while (before := (first - timedelta(days=1)).replace(day=1)) in months:
        first = before
    return max(0, (monday - first).days // 7 + 1)


def _explained(
    hospital: Hospital, about: str, days: Sequence[date], counts: Any, answers: Mapping[str, weekly.Judged], place: int
) -> dict[str, Any]:
    methods = [
        {
            "code": code, "statistic": _number(each.statistic[place, 0]), "bound": _number(each.bound[place, 0]),
            "alarm": bool(each.alarm[place, 0]),
        }
        for code, each in answers.items()
    ]  # fmt: skip
    who, known = (
        {patient for day in days[-RECENT_WEEKS:] for patient in each.get(day, ())}
        for each in (hospital.patients[about], hospital.left_out[about])
    )
    bound = next(
        (
            each["bound"]
            for code in ("flexible", "c2", "bayes1")
            for each in methods
            if each["code"] == code and each["bound"]
        ),
        None,
    )
    return {
        "scale": "week",
        "days": [each.isoformat() for each in days[-SHOWN_WEEKS:]],
        "counts": [int(each) for each in counts[-SHOWN_WEEKS:]],
        "mean": float(counts[:-1].mean()),
        "threshold": bound,
        "methods": methods,
        "who": sorted(who),
        "patients": len(who),
        "excluded": len(known),
        "weeks": len(days),
    }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
