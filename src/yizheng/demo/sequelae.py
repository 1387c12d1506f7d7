"""People with sequelae in the demonstration city: 300 invented people, twenty rounds since 2003, opinions of their hips and lungs.

Half were infected on duty. Four in ten have a hip that died of glucocorticoids; lungs recover fast in the first two years and then
age. Those who are well come less often, so who came is not who was registered.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from yizheng.demo import names
from yizheng.demo.dice import SEED, Dice
from yizheng.demo.hip_pictures import Head, Patient, hips
from yizheng.demo.sign_ins import PASSWORD, TOTP_SECRET
from yizheng.kernel.identifiers.resident import make_resident_id
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant
from yizheng.people.scope import acting_as, acting_for_organisations
from yizheng.people.signing_in import totp
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.sequelae import lungs, sealing
from yizheng.systems.sequelae.images.taking import File, Origin, take
from yizheng.systems.sequelae.models import Attendance, ControlFile, Examination, Opinion, Person, Round, Source
from yizheng.systems.sequelae.models.images import Way
from yizheng.systems.sequelae.office import office_key, open_office
from yizheng.systems.sequelae.persons.identities import Entered, Who, enter

PEOPLE = 300
IMAGED = 4
"""People whose hips were pictured."""
CONTROLS = 700
"""Healthy people a year."""
EARLY_YEARS = (2003, 2005, 2008)
YEARLY = 17
"""Rounds of the last years, one a year; with the early ones twenty."""
STAFF = (
    ("sars-ortho-1", AccountKind.EXPERT, Role.ORTHOPAEDIST, "骨科专家 冯砚秋"),
    ("sars-ortho-2", AccountKind.EXPERT, Role.ORTHOPAEDIST, "骨科专家 严北辰"),
    ("sars-lung", AccountKind.EXPERT, Role.RESPIRATORY, "呼吸科专家 温如玉"),
    ("sars-psych", AccountKind.EXPERT, Role.PSYCHOLOGIST, "心理专家 江予安"),
    ("sars-psych-2", AccountKind.EXPERT, Role.PSYCHOLOGIST, "心理科负责人 白栖迟"),
    ("sars-keeper", AccountKind.CLERK, Role.COHORT_KEEPER, "体检校对 叶知夏"),
    ("sars-keeper-2", AccountKind.CLERK, Role.COHORT_KEEPER, "体检校对 陶令仪"),
    ("sars-admin", AccountKind.CLERK, Role.COHORT_ADMIN, "随访管理 简明月"),
    ("sars-admin-2", AccountKind.CLERK, Role.COHORT_ADMIN, "随访管理 卓行之"),
    ("sars-stat", AccountKind.ANALYST, Role.COHORT_STATISTICIAN, "随访统计 凌霄"),
)
SOURCES = (("center", "市体检中心"), ("lung", "肺功能室"))
SPIROMETERS = (("肺功能仪甲", 0), ("肺功能仪乙", 2012), ("肺功能仪丙", 2019))
"""Devices and the year each came."""
_DISTRICTS = ("110101", "110102", "110105", "110106", "110108")
LABS = {
    "hr": (72, 8), "wbc": (6.1, 1.3), "hgb": (140, 11), "plt": (220, 45), "alt": (24, 9), "ast": (22, 6), "crea": (68, 12),
    "ua": (330, 70), "glu": (5.4, 0.8), "tc": (4.8, 0.8), "tg": (1.5, 0.6), "hdl": (1.3, 0.2), "ldl": (2.8, 0.6), "alb": (45, 2.5),
    "tp": (73, 3.5), "tbil": (13, 4), "dbil": (4, 1.2), "urea": (5.2, 1.1),
}  # fmt: skip
"""Usual values and their spread."""


@dataclass
class Invented:
    """One invented person."""

    who: Who
    sex: str
    birth: date
    height: float
    weight: float
    dose: float
    breath: float
    """Her lungs as a share of what is predicted of her."""
    hips: dict[str, dict[str, float]] = field(default_factory=dict)
    """By side: the share that died, its depression at last, the year from which it collapsed, of a replacement."""

    @property
    def well(self) -> bool:
        """Whether nothing troubles her much."""
        return not self.hips and self.breath > 0.9


def write(today: date) -> None:
    """The office with its staff, the people and their twenty rounds."""
    dice = Dice(SEED + 2003)
    accounts = _staff()
    with acting_for_organisations("建立演示随访队列"):
        people = [_person(dice, number) for number in range(PEOPLE)]
        persons = enter([_entered(dice, number, each) for number, each in enumerate(people)])
        rounds = _rounds(today)
        sources = {code: Source.objects.create(code=code, title=title) for code, title in SOURCES}
        came = _attendance(dice, rounds, persons, people, today)
        _examinations(dice, came, sources)
        _opinions(dice, came, accounts, rounds)
        _images(came, accounts["sars-keeper"], rounds[-2].year)
        _controls(Dice(SEED + 2004), accounts["sars-keeper"], rounds, sources["center"])


def _staff() -> dict[str, Account]:
    office, encoded, made = open_office(), make_password(PASSWORD), {}
    for username, kind, role, name in STAFF:
        account = Account(username=username, kind=kind, display_name=name, password=encoded)
        account.save()
        Grant.objects.create(account=account, role=role, scope=office)
        totp.enrol(account, TOTP_SECRET)
        made[username] = account
    return made


def _person(dice: Dice, number: int) -> Invented:
    sex = "male" if dice.happens(0.38) else "female"
    name, _ = names.name(dice, "1" if sex == "male" else "2")
    birth = dice.day_between(date(1945, 1, 1), date(1983, 12, 31))
    if number in (17, 118):
        name, sex = "王芳", "female"
    serial = 100 + 2 * (number % 400) + (1 if sex == "male" else 0)
    citizen = make_resident_id(dice.choice(_DISTRICTS), birth, serial)
    height = dice.gauss(171, 6) if sex == "male" else dice.gauss(160, 5)
    dose = max(0.2, dice.gauss(3.4, 1.8))
    made = Invented(
        Who(name, birth.isoformat(), citizen, f"13800000{number:03d}"), sex, birth, round(height, 1),
        round((height / 100) ** 2 * dice.gauss(23.5, 2.6), 1), round(dose, 1), min(1.15, max(0.55, dice.gauss(0.97, 0.11))),
    )  # fmt: skip
    if dice.happens(min(0.75, 0.12 + 0.08 * dose)):
        for side in dice.choice(("l", "r", "lr", "lr")):
            share = max(4.0, min(75.0, dice.gauss(36, 17)))
            collapses = dice.happens(share / 130)
            made.hips[side] = {
                "share": share, "depth": round(dice.uniform(0.8, 5.5), 1) if collapses else 0.0,
                "from": dice.randint(2005, 2011) if collapses else 9999,
                "replaced": dice.randint(2012, 2023) if collapses and dice.happens(0.3) else 9999,
            }  # fmt: skip
    return made


def _entered(dice: Dice, number: int, each: Invented) -> Entered:
    group = "on_duty" if number % 2 else "community"
    dead = number % 37 == 36
    return Entered(
        {
            "code": f"F{number + 1:03d}", "sex": each.sex, "birth_year": each.birth.year, "infected": group,
            "district": dice.choice(_DISTRICTS), "registered_on": date(2004, 9, 1),
            "standing": "dead" if dead else "lost" if number % 41 == 40 else "followed",
            "ended_on": date(2016, 5, 12) if dead else None,
        },
        each.who,
        {
            "onset": (date(2003, 3, 10) + timedelta(days=number % 60)).isoformat(), "hospital": "定点医院" + "甲乙丙"[number % 3],
            "days": 18 + number % 40, "severity": "重型" if number % 5 == 0 else "普通型", "dose_g": each.dose,
            "max_mg": 80 + 40 * (number % 9), "pulse": each.dose > 5,
        },
    )  # fmt: skip


def _rounds(today: date) -> list[Round]:
    years = [*EARLY_YEARS, *range(today.year - YEARLY + 1, today.year + 1)]
    last = years[-1]
    return Round.objects.bulk_create(
        Round(
            year=year, organiser="市体检中心",
            starts=today - timedelta(days=min(40, today.timetuple().tm_yday - 1)) if year == last else date(year, 9, 1),
            ends=today + timedelta(days=30) if year == last else date(year, 11, 30),
        )
        for year in years
    )  # fmt: skip


Came = list[tuple[Round, Person, Invented, date]]


def _attendance(dice: Dice, rounds: list[Round], persons: list[Person], people: list[Invented], today: date) -> Came:
    rows, came = [], []
    for of in rounds:
        for person, each in zip(persons, people, strict=True):
            ended = person.ended_on.year if person.ended_on else 2018 if person.standing == "lost" else 9999
            if of.year > ended:
                continue
            running = of.ends > today
            likely = 0.95 if of.year <= 2008 else 0.62 if each.well else 0.86
            state = "attended" if dice.happens(likely * (0.5 if running else 1)) else "invited" if running else "absent"
            reason = dice.choice(("ill", "away", "refused", "unreached")) if state == "absent" else ""
            rows.append(Attendance(round=of, person=person, came=state, reason=reason))
            if state == "attended":
                on = min(today, dice.day_between(of.starts, of.ends))
                came.append((of, person, each, on))
    insert_many(rows)
    return came


def _examinations(dice: Dice, came: Came, sources: Mapping[str, Source]) -> None:
    rows, contents = [], []
    for of, person, each, on in came:
        spirometer = [name for name, since in SPIROMETERS if of.year >= since][-1]
        for code, device, values in (
            ("center", "", _body(dice, each, of.year)),
            ("lung", spirometer, _breath(dice, each, on, of.year)),
        ):
            rows.append(Examination(person=person, round=of, source=sources[code], on=on, device=device))
            contents.append((person.subject_id, {name: {"number": value} for name, value in values.items()}))
    for row, sealed in zip(rows, sealing.seal(contents), strict=True):
        row.sealed = sealed
    insert_many(rows)


def _body(dice: Dice, each: Invented, year: int) -> dict[str, float]:
    gauss, past = dice.gauss, year - 2003
    weight = each.weight * (1 + 0.002 * past) + gauss(0, 1)
    values = {name: round(gauss(usual, spread * 0.6), 1) for name, (usual, spread) in LABS.items()}
    values |= {
        "height": each.height, "weight": round(weight, 1), "bmi": round(weight / (each.height / 100) ** 2, 1),
        "sbp": round(gauss(122 + past * 0.5, 9)), "dbp": round(gauss(78, 6)),
        "t_l14": round(gauss(-0.6 - 0.05 * past, 0.3), 1), "t_fn": round(gauss(-0.8 - 0.05 * past, 0.3), 1),
    }  # fmt: skip
    for side in "lr":
        hip = each.hips.get(side)
        if hip is None or year >= hip["replaced"]:
            values[f"hhs_{side}"] = round(min(100.0, gauss(94, 3)))
            continue
        sunk = hip["depth"] if year >= hip["from"] else 0.0
        share = hip["share"] * (0.78 if past > 2 else 1.0) * (1 - 0.006 * past)
        values[f"necrosis_vol_{side}"] = round(max(1.0, gauss(share, 1.2)), 1)
        values[f"collapse_{side}"] = sunk
        values[f"hhs_{side}"] = round(max(30.0, min(100.0, gauss(90 - sunk * 6 - past * 0.4, 4))))
    return values


def _breath(dice: Dice, each: Invented, on: date, year: int) -> dict[str, float]:
    age = (on - each.birth).days / 365.25
    begun = 0.86 if year == 2003 else 0.95 if year == 2005 else 1.0
    share = each.breath * begun * (1.03 if year >= 2019 else 1.0)

    def predicted(equation: str, measure: str) -> float:
        found = lungs.reference(equation, each.sex, measure, age, each.height)
        return found.median if found else 0.0

    fvc = predicted("Jian-2017", "FVC") * share * dice.gauss(1, 0.025)
    ratio = min(0.95, predicted("Jian-2017", "FEV1_FVC_percent") / 100 * dice.gauss(1, 0.03))
    fvc = round(fvc, 2)
    fev1 = round(fvc * ratio, 2)
    return {
        "fvc": fvc, "fev1": fev1, "fev1_fvc": round(fev1 / fvc, 3),
        "tlc": round(predicted("GLI-2021", "TLC") * share * dice.gauss(1, 0.03), 2),
        "dlco": round(predicted("GLI-2017", "DLCO") * (share - 0.08) * dice.gauss(1, 0.04), 2),
        "mwd6": round(dice.gauss(560 - max(0.0, age - 50) * 4, 25)),
    }  # fmt: skip


def _images(came: Came, keeper: Account, lately: int) -> None:
    """Both hips of the first people with a necrosis who came in 2008 and lately; one more study is of somebody of a like name."""
    shown = [
        (of, person, each, on) for of, person, each, on in came
        if each.hips and of.year in (2008, lately)
    ]  # fmt: skip
    first = list(dict.fromkeys(person.pk for _, person, _, _ in shown))[:IMAGED]
    files = []
    for of, person, each, on in shown:
        if person.pk in first:
            heads = {
                side: Head(
                    hip["share"] * (1 if of.year == 2008 else 0.82), hip["depth"] * 2.5 if of.year >= hip["from"] else 0
                )
                for side, hip in each.hips.items()
            }
            patient = Patient(each.who.name, each.sex, each.birth, each.who.number)
            files += [
                File(f"{person.code}_{of.year}_{at}.dcm", one) for at, one in enumerate(hips(patient, on, heads), 1)
            ]
    _, person, each, on = shown[0]
    doubtful = Patient(each.who.name, each.sex, each.birth, "MR20240117")
    files += [
        File(f"待核查_{at}.dcm", one) for at, one in enumerate(hips(doubtful, on - timedelta(days=40), {}, slices=1), 1)
    ]
    with acting_as(keeper):
        take(keeper, Origin(Way.FILES, "双髋磁共振（演示）"), files)


def _controls(dice: Dice, keeper: Account, rounds: list[Round], source: Source) -> None:
    """Healthy people of the centre in the two years before the running one, without names."""
    for of in rounds[-3:-1]:
        kept = []
        for _ in range(CONTROLS):
            sex = "male" if dice.happens(0.45) else "female"
            age = max(38, min(78, round(dice.gauss(of.year - 1966, 10))))
            person = Invented(
                Who(), sex, date(of.year - age, 6, 1), round(dice.gauss(171, 6) if sex == "male" else dice.gauss(160, 5), 1),
                round(dice.gauss(66, 8), 1), 0.0, min(1.15, max(0.7, dice.gauss(1.02, 0.08))),
            )  # fmt: skip
            values = _body(dice, person, of.year) | _breath(dice, person, of.starts, of.year)
            kept.append({"sex": sex, "age": age, "health_worker": dice.happens(0.4), "values": values})
        ControlFile.objects.create(
            round=of, source=source, name=f"健康对照_{of.year}.xlsx", people=len(kept), left_out=0, account=keeper,
            digest=hashlib.sha256(f"controls {of.year}".encode()).hexdigest(), sealed=sealing.seal([(office_key(), kept)])[0],
        )  # fmt: skip


def _opinions(dice: Dice, came: Came, accounts: Mapping[str, Account], rounds: list[Round]) -> None:
    rows, contents = [], []
    for of, person, each, on in came:
        for expert, joint, kind, content in _said(dice, each, of.year, rounds[-1].year):
            rows.append(Opinion(person=person, round=of, field=kind, joint=joint, expert=accounts[expert], on=on))
            contents.append((person.subject_id, content))
    for row, sealed in zip(rows, sealing.seal(contents), strict=True):
        row.sealed = sealed
    insert_many(rows)


def _said(dice: Dice, each: Invented, year: int, now: int) -> Iterator[tuple[str, bool, str, dict[str, Any]]]:
    """Hips in 2008 by the system of 1994, every fifth year by that of 2019; of the running round one expert has begun."""
    if each.hips and (year in EARLY_YEARS or year % 5 == 0 or year == now - 1):
        read = {side: _hip(each.hips.get(side), year) for side in "lr"}
        yield (
            "sars-ortho-1",
            year not in EARLY_YEARS,
            "hips",
            {"hips": read, "said": "", "advice": "避免负重，按年复查"},
        )
    if each.breath < 0.85 and year % 4 == 0:
        yield "sars-lung", False, "lungs", {
            "symptoms": "活动后气短", "mmrc": "1", "ct_extent": round(dice.uniform(2, 14), 1), "diagnosis": "肺间质改变，弥散功能减低",
            "advice": "继续康复训练，按年复查肺功能", "next": "",
        }  # fmt: skip


def _hip(hip: Mapping[str, float] | None, year: int) -> dict[str, Any]:
    if hip is None:
        return {"stage": "", "type": "", "oedema": False, "effusion": False, "vas": 0.0, "harris": 95.0, "surgery": ""}
    if year >= hip["replaced"]:
        return {"stage": "", "surgery": "tha", "surgery_year": int(hip["replaced"]), "vas": 1.0, "harris": 88.0}
    sunk = hip["depth"] if year >= hip["from"] else 0.0
    if year in EARLY_YEARS:
        stage = "ARCO-1994:" + ("II" if not sunk else "IIIA" if sunk < 2 else "IIIB" if sunk <= 4 else "IIIC")
    else:
        stage = "ARCO-2019:" + ("II" if not sunk else "IIIA" if sunk <= 2 else "IIIB")
    share = hip["share"]
    return {
        "stage": stage, "type": "M" if share < 15 else "C" if share < 30 else "L1" if share < 45 else "L2" if share < 60 else "L3",
        "volume": round(share * 0.8, 1), "collapse": sunk, "oedema": sunk > 0, "effusion": sunk > 2, "vas": round(sunk, 0),
        "harris": round(90 - sunk * 6, 0), "surgery": "",
    }  # fmt: skip
