"""What a sheet counts: items like ``case.episodes`` that add up over wards, months and hospitals. Patients and episodes are two items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from yizheng.systems.infection.lists import group, names
from yizheng.systems.infection.records.declaring import Record, Row, whole

Counts = dict[str, int]
DEVICE_SITES = {"F01C": "cauti", "C01L": "clabsi", "A02V": "vap"}
NO_STRAIN = frozenset({"", "UNK-000", "OTH-999"})
TIMELY_LEAST, TIMELY_MOST, STOP_WITHIN = 30, 120, 24
LONG_MINUTES, MUCH_BLOOD = 180, 1500
SCORES = {"class_a": 1, "class_b": 2, "class_c": 3, "class_d": 4, "class_e": 5}


def counted(record: Record, rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    """The items of a sheet; ``units`` tells the kind of each ward, so that what arose in intensive care is counted apart."""
    count = _COUNTERS.get(record.code)
    found = count(rows, units) if count else _summed(rows)
    return {f"{record.code}.{item}" if "." not in item else item: number for item, number in found.items()}


def _summed(rows: Iterable[Row]) -> Counts:
    found: Counter[str] = Counter()
    for row in rows:
        found.update({name: value for name, value in row.items() if isinstance(value, int)})
        found.update({name: 0 for name, value in row.items() if isinstance(value, int)})
    return dict(found)


def _log(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    of = {name: sum(whole(row.get(name)) or 0 for row in rows) for name in ("present", "entered", "cvc", "uc", "vent")}
    first = (whole(rows[0].get("present")) or 0) if rows else 0
    at_risk = of["entered"] + max(0, first - ((whole(rows[0].get("entered")) or 0) if rows else 0))
    return {"days": of["present"], "at_risk": at_risk, **{f"{each}_days": of[each] for each in ("cvc", "uc", "vent")}}


def _severity(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    rated = {name: sum(whole(row.get(name)) or 0 for row in rows) for name in SCORES}
    return {"patients": sum(rated.values()), "score": sum(SCORES[name] * number for name, number in rated.items())}


def _newborns(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    found = {f"{code}.{item}": 0 for code in names("weight") for item in ("days", "line_days", "vent_days")}
    for row in rows:
        for name, item in (("present", "days"), ("line", "line_days"), ("vent", "vent_days")):
            found[f"{row['weight']}.{item}"] += whole(row.get(name)) or 0
    return {f"newborn_log.{item}": number for item, number in found.items()}


def _cases(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    own = [row for row in rows if row.get("origin") == "HAI"]
    intensive = [row for row in own if units.get(str(row.get("ward"))) == "icu"]
    strains = [
        group("pathogen", str(row["pathogen"])) for row in own if str(row.get("pathogen") or "") not in NO_STRAIN
    ]
    marked = [row for row in own if row.get("mdro")]
    return {
        "patients": _patients(own),
        "episodes": len(own),
        **{name: sum(row.get("site") == site for row in own) for site, name in DEVICE_SITES.items()},
        **{f"icu.{name}": sum(row.get("site") == site for row in intensive) for site, name in DEVICE_SITES.items()},
        "icu.patients": _patients(intensive),
        "icu.episodes": len(intensive),
        "mdro_patients": _patients(marked),
        "mdro_episodes": len(marked),
        "bacteria": sum(each.startswith(("G+", "G-")) for each in strains),
        "gram_positive": sum(each.startswith("G+") for each in strains),
        "gram_negative": sum(each.startswith("G-") for each in strains),
        "missed": sum(row.get("missed") == "1" for row in own),
    }


def _patients(rows: Iterable[Row]) -> int:
    return len({row.get("inpatient_number") for row in rows})


def _operations(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    clean = [row for row in rows if row.get("wound") == "I"]
    given = [row for row in clean if row.get("prophylaxis") == "1"]
    covered = [row for row in rows if row.get("prophylaxis") == "1"]
    long = [row for row in covered if _over(row, "minutes", LONG_MINUTES)]
    bleeding = [row for row in covered if _over(row, "blood_loss", MUCH_BLOOD)]
    return {
        "all": len(rows),
        "ssi": sum(row.get("ssi") not in (None, "0") for row in rows),
        "clean": len(clean),
        "clean_ssi": sum(row.get("ssi") not in (None, "0") for row in clean),
        "clean_healed": sum(row.get("healing") == "1" for row in clean),
        "clean_prophylaxis": len(given),
        "clean_timely": sum(_within(row, "first_dose", TIMELY_LEAST, TIMELY_MOST) for row in given),
        "clean_stopped": sum(_within(row, "stopped", 0, STOP_WITHIN) for row in given),
        "long": len(long),
        "long_redosed": sum(row.get("redosed") == "1" for row in long),
        "bleeding": len(bleeding),
        "bleeding_redosed": sum(row.get("redosed") == "1" for row in bleeding),
    }


def _over(row: Row, name: str, limit: float) -> bool:
    value = row.get(name)
    return isinstance(value, int | float) and value > limit


def _within(row: Row, name: str, least: float, most: float) -> bool:
    value = row.get(name)
    return isinstance(value, int | float) and least <= value <= most


def _exposures(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    return {"all": len(rows), "sharps": sum(row.get("kind") == "1" for row in rows)}


_COUNTERS: Mapping[str, Callable[[Sequence[Row], Mapping[str, str]], Counts]] = {
    "icu_log": _log, "icu_severity": _severity, "newborn_log": _newborns, "case": _cases, "operation": _operations,
    "exposure": _exposures,
}  # fmt: skip
