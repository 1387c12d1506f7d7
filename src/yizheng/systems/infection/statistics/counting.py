"""What a sheet counts: items like ``case.episodes`` that add up over wards, months and hospitals. Patients and episodes are two items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil

from yizheng.systems.infection.cases import weight_group
from yizheng.systems.infection.lists import group, names
from yizheng.systems.infection.records.declaring import Record, Row, whole
from yizheng.systems.infection.statistics.risk import index_of

Counts = dict[str, int]
DEVICE_SITES = {"F01C": "cauti", "C01L": "clabsi", "A02V": "vap"}
NO_STRAIN = frozenset({"", "UNK-000", "OTH-999"})
TIMELY_LEAST, TIMELY_MOST, STOP_WITHIN = 30, 120, 24
LONG_MINUTES, MUCH_BLOOD = 180, 1500
SPECIES = {
    "MRSA": ("BAC-GP-001",), "VRE": ("BAC-GP-010", "BAC-GP-011"), "CRAB": ("BAC-GN-021",), "CRPA": ("BAC-GN-020",),
}  # fmt: skip
"""Of which species a resistant organism is; the one of Enterobacterales is told by the group of the organism."""
RESISTANT = frozenset({*SPECIES, "CRE"})
"""The resistant organisms the indicators count (2015 edition, no. 4): MRSA, VRE, CRE, CRAB, CRPA."""
ENTEROBACTERALES = "G- Enterobacterales"
KINDS = {"gram_positive": "G+", "gram_negative": "G-", "fungi": "fungus", "viruses": "virus"}
HOURS_OF_A_DAY = 24
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
    came, went = ((whole(rows[0].get(name)) or 0 if rows else 0) for name in ("entered", "left"))
    at_risk = of["entered"] + max(0, first - came + went)  # who left on the first day was there before
    devices = {f"{each}_days": of[each] for each in ("cvc", "uc", "vent")}
    return {"days": of["present"], "at_risk": at_risk, **devices, "device_days": sum(devices.values())}


def _severity(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    rated = {name: sum(whole(row.get(name)) or 0 for row in rows) for name in SCORES}
    return {"patients": sum(rated.values()), "score": sum(SCORES[name] * number for name, number in rated.items())}


def _newborns(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    del units
    found = {f"{code}.{item}": 0 for code in names("weight") for item in ("days", "line_days", "vent_days")}
    seen: set[str] = set()
    for row in rows:
        entered, present = (whole(row.get(name)) or 0 for name in ("entered", "present"))
        found["at_risk"] = (
            found.get("at_risk", 0) + entered + (0 if row["weight"] in seen else max(0, present - entered))
        )
        seen.add(row["weight"])
        for name, item in (("present", "days"), ("line", "line_days"), ("vent", "vent_days")):
            found[f"{row['weight']}.{item}"] += whole(row.get(name)) or 0
    return {f"newborn_log.{item}": number for item, number in found.items()}


def _cases(rows: Sequence[Row], units: Mapping[str, str]) -> Counts:
    own = [row for row in rows if row.get("origin") == "HAI"]
    intensive = [row for row in own if units.get(str(row.get("ward"))) == "icu"]
    typed = [row for row in own if str(row.get("pathogen") or "") not in NO_STRAIN]
    strains = [group("pathogen", str(row["pathogen"])) for row in typed]
    missed = [row for row in own if row.get("missed") == "1"]
    marked = [row for row in own if row.get("mdro") in RESISTANT]
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
        "strains": len(strains),
        **{name: sum(each.startswith(start) for each in strains) for name, start in KINDS.items()},
        "missed": len(missed),
        "missed_patients": _patients(missed),
        **_resistant(typed),
        **_of_newborns([row for row in own if units.get(str(row.get("ward"))) == "newborn"]),
    }


def _resistant(rows: Sequence[Row]) -> Counts:
    """Strains of each resistant organism, and all strains of its species."""
    found: Counts = {}
    for code, species in {**SPECIES, "CRE": ()}.items():
        of_species = [
            row
            for row in rows
            if (row["pathogen"] in species if species else group("pathogen", str(row["pathogen"])) == ENTEROBACTERALES)
        ]
        found |= {
            f"mdro.{code}": sum(row.get("mdro") == code for row in of_species),
            f"species.{code}": len(of_species),
        }
    return found


def _of_newborns(rows: Sequence[Row]) -> Counts:
    """Infections of newborns, in all and by weight at birth; one whose weight was not typed is in no group."""
    found = {"newborn.patients": _patients(rows), "newborn.episodes": len(rows)}
    by_weight: dict[str, list[Row]] = {code: [] for code in names("weight")}
    for row in rows:
        grams = row.get("birth_weight")
        if isinstance(grams, int | float):
            by_weight.get(weight_group(grams, LIGHTEST, HEAVIEST), []).append(row)
    for code, of_group in by_weight.items():
        found |= {
            f"newborn.{code}.patients": _patients(of_group),
            f"newborn.{code}.line_bsi": sum(row.get("site") == "C01L" for row in of_group),
            f"newborn.{code}.vap": sum(row.get("site") == "A02V" for row in of_group),
        }
    return found


LIGHTEST, HEAVIEST = 200, 7000
"""Between these grams a weight at birth is believed."""


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
        "clean_days": sum(_days_given(row) for row in given),
        "clean_timed": sum(_days_given(row) > 0 for row in given),
        "long": len(long),
        "long_redosed": sum(row.get("redosed") == "1" for row in long),
        "bleeding": len(bleeding),
        "bleeding_redosed": sum(row.get("redosed") == "1" for row in bleeding),
        **_by_index(rows),
    }


def _days_given(row: Row) -> int:
    """Days of prophylaxis, each begun day as one; 0 where it is not known when it ended."""
    hours = row.get("stopped")
    return max(1, ceil(hours / HOURS_OF_A_DAY)) if isinstance(hours, int | float) else 0


def _by_index(rows: Sequence[Row]) -> Counts:
    """Operations and infections by risk index, and by category and index for what a surgeon is compared with."""
    found: Counter[str] = Counter(
        {f"operation.index{index}.{what}": 0 for index in range(4) for what in ("all", "ssi")}
    )
    for row in rows:
        index = index_of(row)
        places = (
            ["operation.unrated"]
            if index is None
            else [f"operation.index{index}", f"operation.{row.get('category')}.{index}"]
        )
        for place in places:
            found[f"{place}.all"] += 1
            found[f"{place}.ssi"] += row.get("ssi") not in (None, "0")
    return dict(found)


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
