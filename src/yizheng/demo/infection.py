"""Hospital infection of the demonstration city: six hospitals, half a year accepted, a month in every state, one hidden outbreak."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from yizheng.demo import sign_ins
from yizheng.demo.dice import Dice
from yizheng.demo.institutions import Institution
from yizheng.demo.sign_ins import INFECTION_HOSPITAL
from yizheng.kernel.calendar import BEIJING
from yizheng.people.models import Account, Scope
from yizheng.registry import ChangeKind, changing
from yizheng.systems.infection.models import AcceptedSheet, Plan, Sheet, SheetEvent, SheetVersion, Unit
from yizheng.systems.infection.outbreaks.watching import watch
from yizheng.systems.infection.records.declaring import Row, days_of, month_after, month_before
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.content import RULE_SET, digest_of
from yizheng.systems.infection.reporting.lifecycle import SheetState
from yizheng.systems.infection.reporting.plans import add_unit, due_day, open_month
from yizheng.systems.infection.statistics.counting import counted

HOSPITALS = (INFECTION_HOSPITAL, "北京安和医院", "北京明德医院", "北京同泽医院", "北京仁泽医院", "海淀区学院路示范医院")
MONTHS = 6
NURSE, REVIEWER, OFFICER = "infection-nurse", "infection-review", "city-infection"
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
    ("BAC-GN-020", None),
    ("BAC-GN-001", None),
)
_REPORTED = ("icu_log", "month", "case", "hygiene", "drugs", "icu_severity", "exposure")
OUTBREAK = "BAC-GN-022"


def write(dice: Dice, institutions: list[Institution], today: date) -> None:
    """Units, plans, months, and what the detection finds tonight."""
    sign_ins.infection(institutions)
    accounts = {each.username: each for each in Account.objects.filter(username__in=(NURSE, REVIEWER, OFFICER))}
    this, named = today.replace(day=1), {each.name: each for each in institutions}
    months = [this]
    while len(months) <= MONTHS:
        months.insert(0, month_before(months[0]))
    for number, name in enumerate(HOSPITALS):
        hospital = Scope.objects.get(pk=named[name].scope)
        unit = add_unit(hospital, "ICU1", "综合 ICU", "icu", "GICU", 12 + 2 * number, months[0])
        plans = list(Plan.objects.filter(subject=hospital.subject))
        present = 8 + number
        for month in months[:-2]:
            present = _past(dice, hospital, unit, plans, month, present, accounts)
        _now(dice, hospital, unit, plans, months[-2], present, accounts, first=number == 0)
    _outbreak(today, Scope.objects.get(pk=named[INFECTION_HOSPITAL].scope))
    watch(today)


def _past(
    dice: Dice, hospital: Scope, unit: Unit, plans: list[Plan], month: date, present: int, accounts: dict[str, Account]
) -> int:
    """A month the city accepted; the census it ended with."""
    sheets = open_month(hospital, plans, month)
    content = _content(dice, unit, month, present)
    for sheet in sheets:
        _handed_up(sheet, content[sheet.record], unit, accounts, SheetState.ACCEPTED)
    with changing(kind=ChangeKind.DECISION, actor=accounts[OFFICER].pk, cause=f"infection:{sheets[0].pk}") as change:
        for sheet in sheets:
            assert sheet.accepted is not None
            said = {
                "record": sheet.record, "unit": unit.name if sheet.unit_id else "", "version": 1,
                "rows": len(sheet.accepted.rows), "digest": sheet.accepted.digest, "rules": RULE_SET,
            }  # fmt: skip
            change.state(
                AcceptedSheet, sheet.subject_id, sheet.line, said, valid_from=month, valid_to=month_after(month),
                authority_scope=sheet.authority_scope,
            )  # fmt: skip
    return int(content["icu_log"][-1]["present"])


def _now(
    dice: Dice, hospital: Scope, unit: Unit, plans: list[Plan], month: date, present: int, accounts: dict[str, Account],
    *, first: bool,
) -> None:  # fmt: skip
    """The month that is reported now: of the first hospital typed and partly wrong, of the others on its way."""
    content = _content(dice, unit, month, present)
    for number, sheet in enumerate(open_month(hospital, plans, month)):
        if not first:
            state = (SheetState.APPROVED, SheetState.PASSED, SheetState.APPROVED, SheetState.DRAFT)[number % 4]
            _handed_up(sheet, content[sheet.record], unit, accounts, state)
        elif sheet.record == "icu_log":
            rows = content["icu_log"]
            rows[4]["cvc"], rows[11]["present"] = rows[4]["present"] + 3, rows[11]["present"] + 1
            rows[19] = {**dict.fromkeys(rows[19]), "day": rows[19]["day"]}
            Sheet.objects.filter(pk=sheet.pk).update(rows=rows)
        elif sheet.record == "hygiene":
            _handed_up(sheet, content["hygiene"], unit, accounts, SheetState.RETURNED)
            SheetEvent.objects.create(
                sheet=sheet, act="退回医院", text="保洁人员的时机数与上月完全相同，请核对", account=accounts[OFFICER]
            )


def _handed_up(sheet: Sheet, rows: list[Row], unit: Unit, accounts: dict[str, Account], state: SheetState) -> None:
    sheet.rows, sheet.none, sheet.state = rows, sheet.kind.events and not rows, state
    if state != SheetState.DRAFT:
        sheet.version = SheetVersion.objects.create(
            sheet=sheet, number=1, rows=rows, none=sheet.none, digest=digest_of(sheet.record, rows, none=sheet.none),
            counts=counted(sheet.kind, rows, {unit.code: unit.kind}), rules=RULE_SET, account=accounts[NURSE],
        )  # fmt: skip
        handed = datetime.combine(due_day(sheet.period) - timedelta(days=3), time(15), BEIJING)
        sheet.submitted = min(handed, timezone.now())
        sheet.accepted = sheet.version if state == SheetState.ACCEPTED else None
    sheet.save()


def _content(dice: Dice, unit: Unit, month: date, present: int) -> dict[str, list[Row]]:
    """What the hospital has of a month, sheet by sheet."""
    log = list(_log(dice, unit, month, present))
    sums = {name: sum(int(row[name]) for row in log) for name in ("entered", "left", "present", "cvc", "uc", "vent")}
    devices = {
        **{f"{each}_days": sums[each] for each in ("cvc", "uc", "vent")},
        **{f"{each}_patients": max(1, sums[each] // 7) for each in ("cvc", "uc", "vent")},
    }
    return {
        "icu_log": log,
        "month": [{
            "admitted": sums["entered"], "transferred_in": 0, "discharged": sums["left"], "transferred_out": 0, "start": present,
            "end": log[-1]["present"], "patient_days": sums["present"], **devices,
        }],
        "case": [_case(dice, month, number) for number in range(dice.randint(1, 5))],
        "icu_severity": [
            {"day": month.replace(day=day).isoformat(), "class_a": 0, "class_b": 1, "class_c": 3, "class_d": 1, "class_e": 1}
            for day in (6, 13, 20, 27)
        ],
        "hygiene": [
            {"job": job, "opportunities": 100 + 10 * place, "acts": 70 + 10 * place + dice.randint(0, 20), "correct": 60 + 5 * place}
            for place, job in enumerate(RECORDS["hygiene"].field("job").choices)
        ],
        "drugs": [{
            "discharges": 900, "discharges_with": 360 + dice.randint(0, 60), "treated": 300, "sampled": 170 + dice.randint(0, 60),
            "restricted": 160, "restricted_sampled": 100, "special": 40, "special_sampled": 34,
        }],
        "exposure": [],
    }  # fmt: skip


def _log(dice: Dice, unit: Unit, month: date, present: int) -> Iterator[Row]:
    for day in days_of(month):
        entered, left = dice.randint(0, 3), dice.randint(0, min(3, present - 4))
        entered = min(entered, max(0, unit.beds - present + left))
        present += entered - left
        yield {
            "day": day.isoformat(), "entered": entered, "left": left, "present": present, "cvc": present * 3 // 5,
            "uc": present * 4 // 5, "vent": present * 2 // 5,
        }  # fmt: skip


def _case(dice: Dice, month: date, number: int, began: date | None = None, strain: str = "") -> Row:
    """An invented infection."""
    site, device, specimen = dice.choice(_SITES)
    organism, mdro = (strain, None) if strain else dice.choice(_STRAINS)
    onset = began or month.replace(day=dice.randint(8, 27))
    entered = onset - timedelta(days=dice.randint(4, 12))
    return {
        "inpatient_number": f"ZY{month:%y%m}{number + 1:03d}", "times": 1, "sex": dice.choice("12"),
        "born": date(dice.randint(1938, 1990), 3, dice.randint(1, 28)).isoformat(), "birth_weight": None,
        "admitted": entered.isoformat(), "onset": onset.isoformat(), "ward": "ICU1", "site": site, "origin": "HAI", "basis": "P",
        "device": device, "device_from": None if device == "NONE" else entered.isoformat(), "device_to": None,
        "specimen": specimen, "sampled": onset.isoformat(), "pathogen": organism, "mdro": mdro, "diagnosed": onset.isoformat(),
        "reported": onset.isoformat(), "outcome": None, "death": None, "missed": "0",
    }  # fmt: skip


def _outbreak(today: date, hospital: Scope) -> None:
    """Four patients of one ward with one organism within five days, typed and not yet handed up."""
    dice = Dice(today.toordinal())
    for number, back in enumerate((5, 4, 2, 1)):
        began = today - timedelta(days=back)
        month = began.replace(day=1)
        plan = Plan.objects.filter(subject=hospital.subject, record="case")
        sheet = next(each for each in open_month(hospital, plan, month) if each.record == "case")
        sheet.rows = [*sheet.rows, _case(dice, month, 40 + number, began, OUTBREAK)]
        sheet.save(update_fields=["rows"])
