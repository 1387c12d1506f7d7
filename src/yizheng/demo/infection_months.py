"""What a hospital of the demonstration has of a month, sheet by sheet: invented, balanced, and within what the rules allow."""

from collections.abc import Iterator
from datetime import date, timedelta

from yizheng.demo.dice import Dice
from yizheng.kernel.calendar import beijing_today
from yizheng.systems.infection.models import Unit
from yizheng.systems.infection.records.declaring import Row, days_of
from yizheng.systems.infection.records.kinds import RECORDS

_SITES = (
    ("A02V", "VENT", "SP"),
    ("C01L", "CVC", "BL"),
    ("F01C", "UC", "UR"),
    ("A02", "NONE", "SP"),
    ("F01", "NONE", "UR"),
)
_STRAINS = (
    ("BAC-GN-021", "CRAB"),
    ("BAC-GN-002", None),
    ("BAC-GP-001", None),
    ("BAC-GP-001", "MRSA"),
    ("BAC-GN-020", None),
    ("BAC-GN-001", None),
)
_OPERATIONS = (
    ("CHOL", 90),
    ("COLO", 150),
    ("HER", 80),
    ("HPRO", 100),
    ("APPY", 50),
    ("CSEC", 45),
    ("GAST", 160),
    ("THYR", 90),
)
_NEVER_CLEAN = ("APPY", "COLO", "GAST", "CSEC", "CHOL")
_RISKS = (0.006, 0.02, 0.05, 0.1)
"""How often a site is infected, by risk index."""
EASY_SURGEON = "D006"
"""Operates on nothing but hernias of healthy people: the mean risk index is 0."""


def content(dice: Dice, units: list[Unit], month: date, present: int) -> dict[tuple[str, str], list[Row]]:
    """The rows of every sheet by record and unit; those of the whole hospital have no unit."""
    found: dict[tuple[str, str], list[Row]] = {}
    for unit in units:
        log = list(_log(dice, unit, month, present))
        sums = {
            name: sum(int(row[name]) for row in log) for name in ("entered", "left", "present", "cvc", "uc", "vent")
        }
        devices = {
            **{f"{each}_days": sums[each] for each in ("cvc", "uc", "vent")},
            **{f"{each}_patients": max(1, sums[each] // 7) for each in ("cvc", "uc", "vent")},
        }
        found["month", unit.code] = [{
            "admitted": sums["entered"], "transferred_in": 0, "discharged": sums["left"], "transferred_out": 0, "start": present,
            "end": log[-1]["present"], "patient_days": sums["present"], **devices,
        }]  # fmt: skip
        if unit.kind == "icu":
            found["icu_log", unit.code] = log
            found["icu_severity", unit.code] = [
                {"day": month.replace(day=day).isoformat(), "class_a": 0, "class_b": 1, "class_c": 3, "class_d": 1, "class_e": 1}
                for day in (6, 13, 20, 27)
            ]  # fmt: skip
        elif unit.kind == "surgery":
            found["operation", unit.code] = [_operation(dice, month, number) for number in range(dice.randint(16, 26))]
        elif unit.kind == "newborn":
            found["newborn_log", unit.code] = list(_newborns(dice, month))
    wards = [unit.code for unit in units]
    found["case", ""] = [case(dice, month, number, ward=dice.choice(wards)) for number in range(dice.randint(1, 5))]
    found["exposure", ""] = [
        _exposure(dice, month, number) for number in range(dice.weighted([(0, 5), (1, 3), (2, 1)]))
    ]
    found["hygiene", ""] = [
        {"job": job, "opportunities": 100 + 10 * place, "acts": 70 + 10 * place + dice.randint(0, 20), "correct": 60 + 5 * place}
        for place, job in enumerate(RECORDS["hygiene"].field("job").choices)
    ]  # fmt: skip
    found["drugs", ""] = [{
        "discharges": 900, "discharges_with": 360 + dice.randint(0, 60), "treated": 300, "sampled": 170 + dice.randint(0, 60),
        "restricted": 160, "restricted_sampled": 100, "special": 40, "special_sampled": 34,
    }]  # fmt: skip
    return found


def _log(dice: Dice, unit: Unit, month: date, present: int) -> Iterator[Row]:
    for day in days_of(month):
        entered, left = dice.randint(0, 3), dice.randint(0, min(3, present - 4))
        entered = min(entered, max(0, unit.beds - present + left))
        present += entered - left
        yield {
            "day": day.isoformat(), "entered": entered, "left": left, "present": present, "cvc": present * 3 // 5,
            "uc": present * 4 // 5, "vent": present * 2 // 5,
        }  # fmt: skip


def _newborns(dice: Dice, month: date) -> Iterator[Row]:
    for day in days_of(month):
        for weight, usual in (("G1", 1), ("G2", 2), ("G3", 4), ("G4", 6)):
            yield {
                "day": day.isoformat(), "weight": weight, "entered": int(dice.happens(0.1)), "present": usual,
                "line": min(usual, 1), "vent": int(weight in ("G1", "G2")),
            }  # fmt: skip


def case(dice: Dice, month: date, number: int, began: date | None = None, strain: str = "", ward: str = "ICU1") -> Row:
    """An invented infection."""
    site, device, specimen = dice.choice(_SITES)
    organism, mdro = (strain, None) if strain else dice.choice(_STRAINS)
    onset = began or month.replace(day=dice.randint(8, 27))
    entered = onset - timedelta(days=dice.randint(4, 12))
    newborn = ward.startswith("NICU")
    born = entered if newborn else date(dice.randint(1938, 1990), 3, dice.randint(1, 28))
    return {
        "inpatient_number": f"ZY{month:%y%m}{number + 1:03d}", "times": 1, "sex": dice.choice("12"),
        "born": born.isoformat(), "birth_weight": dice.choice((900, 1300, 2100, 3200)) if newborn else None,
        "admitted": entered.isoformat(), "onset": onset.isoformat(), "ward": ward, "site": site, "origin": "HAI", "basis": "P",
        "device": device, "device_from": None if device == "NONE" else entered.isoformat(), "device_to": None,
        "specimen": specimen, "sampled": onset.isoformat(), "pathogen": organism, "mdro": mdro, "diagnosed": onset.isoformat(),
        "reported": onset.isoformat(), "outcome": None, "death": None, "missed": "0",
    }  # fmt: skip


def _operation(dice: Dice, month: date, number: int) -> Row:
    surgeon = f"D{dice.randint(1, 6):03d}"
    easy = surgeon == EASY_SURGEON
    category, usual = ("HER", 80) if easy else dice.choice(_OPERATIONS)
    minutes = 60 if easy else int(usual * dice.uniform(0.6, 1.7))
    wound, asa = ("I", "1") if easy else (dice.choice(("I", "II", "II", "III")), dice.choice("1223"))
    wound = "II" if category in _NEVER_CLEAN and wound == "I" else wound
    points = int(minutes > usual * 1.3) + int(wound == "III") + int(asa == "3")
    return operation(
        month.replace(day=dice.randint(1, 28)), number, surgeon, category=category, minutes=minutes, wound=wound, asa=asa,
        infected=not easy and dice.happens(_RISKS[points]),
    )  # fmt: skip


def operation(
    day: date, number: int, surgeon: str, *, infected: bool, found: date | None = None, category: str = "HPRO",
    minutes: int = 100, wound: str = "I", asa: str = "2",
) -> Row:  # fmt: skip
    """An invented operation, infected from its seventh day on where it is."""
    began, followed = found or day + timedelta(days=7), day + timedelta(days=30)
    return {
        "number": f"OP{day:%y%m}{number + 1:03d}", "inpatient_number": f"ZS{day:%y%m}{number + 1:03d}", "category": category,
        "day": day.isoformat(), "minutes": minutes, "urgency": "P", "surgeon": surgeon, "wound": wound, "asa": asa,
        "endoscopic": "0", "implant": "0", "blood_loss": 120, "prophylaxis": "1", "first_dose": 45, "stopped": 20, "redosed": "0",
        "healing": "2" if infected else "1",
        "followed": followed.isoformat() if followed <= beijing_today() else None, "ssi": "1" if infected else "0",
        "ssi_day": began.isoformat() if infected else None, "found": "1" if infected else None,
    }  # fmt: skip


def _exposure(dice: Dice, month: date, number: int) -> Row:
    happened = month.replace(day=dice.randint(1, 28)).isoformat()
    return {
        "number": f"BL{month:%y%m}{number + 1:02d}", "person": f"G{dice.randint(1, 80):03d}", "job": dice.choice(("01", "02", "02", "04")),
        "years": dice.randint(0, 20), "happened": happened, "hour": dice.randint(7, 20), "reported": happened,
        "place": dice.choice("1234"), "kind": "1",
        "instrument": dice.choice(("01", "02", "05")), "activity": dice.choice(("02", "03", "04")),
        "fluid": "1", "gloves": 1, "virus": dice.choice(("HBV", "NEG", "NEG", "UNK")), "planned": None, "outcome": None,
    }  # fmt: skip
