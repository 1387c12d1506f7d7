"""Hospital infection of the demonstration city: forty hospitals, two years accepted, a month in every state, three hidden outbreaks."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from yizheng.demo import sign_ins
from yizheng.demo.dice import Dice
from yizheng.demo.infection_months import case, content, operation
from yizheng.demo.institutions import Institution
from yizheng.demo.sign_ins import INFECTION_HOSPITAL
from yizheng.kernel.calendar import BEIJING
from yizheng.people.models import Account, Scope
from yizheng.registry import ChangeKind, changing
from yizheng.systems.infection.models import AcceptedSheet, Plan, Sheet, SheetEvent, SheetVersion, Unit
from yizheng.systems.infection.outbreaks.watching import watch
from yizheng.systems.infection.outbreaks.weekly import watch_city
from yizheng.systems.infection.records.declaring import Row, month_after, month_before
from yizheng.systems.infection.reporting.content import RULE_SET, digest_of
from yizheng.systems.infection.reporting.lifecycle import SheetState
from yizheng.systems.infection.reporting.plans import add_unit, due_day, open_month
from yizheng.systems.infection.statistics.counting import counted

FIRST_HOSPITALS = (
    INFECTION_HOSPITAL, "北京安和医院", "北京明德医院", "北京同泽医院", "北京仁泽医院", "海淀区学院路示范医院",
)  # fmt: skip
HOSPITALS, MONTHS, UNLOCKED = 40, 24, 6
"""How many hospitals report, for how many months, of which the newest are not locked."""
NURSE, REVIEWER, OFFICER = "infection-nurse", "infection-review", "city-infection"
OUTBREAK, RISING, SURGEON = "BAC-GN-022", "BAC-GP-010", "D004"
"""The three that are hidden: an organism in one ward within days, one that rises over a hospital by the week, a surgeon."""
RISING_AT, SURGEON_AT = 2, 3
"""At which of the hospitals the second and the third are."""
_LINKED = """
update infection_sheet s set version_id = v.id, accepted_id = v.id
from infection_sheetversion v where v.sheet_id = s.id and s.state in ('40', '90') and s.version_id is null
"""
"""Points every accepted sheet to its one version, in one statement."""


def write(dice: Dice, institutions: list[Institution], today: date) -> None:
    """Units, plans, months, and what the detection finds tonight and this week."""
    sign_ins.infection(institutions)
    accounts = {each.username: each for each in Account.objects.filter(username__in=(NURSE, REVIEWER, OFFICER))}
    months = [today.replace(day=1)]
    while len(months) <= MONTHS:
        months.insert(0, month_before(months[0]))
    hospitals = _hospitals(institutions)
    units = {hospital.pk: _units(hospital, number, months[0]) for number, hospital in enumerate(hospitals)}
    present = {hospital.pk: 8 + number % 6 for number, hospital in enumerate(hospitals)}
    plans: defaultdict[int, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.select_related("unit"):
        plans[plan.subject_id].append(plan)
    for place, month in enumerate(months[:-2]):
        state = SheetState.ACCEPTED if place >= len(months) - 2 - UNLOCKED else SheetState.LOCKED
        _past(dice, hospitals, units, plans, month, present, accounts, state)
    for number, hospital in enumerate(hospitals):
        rows = content(dice, units[hospital.pk], months[-2], present[hospital.pk])
        _now(hospital, units[hospital.pk], plans[hospital.subject_id or 0], months[-2], rows, accounts, number)
    _within_days(today, hospitals[0])
    _by_the_week(today, hospitals[RISING_AT])
    _after_one_surgeon(today, hospitals[SURGEON_AT])
    watch(today)
    watch_city(today)


def _hospitals(institutions: list[Institution]) -> list[Scope]:
    """Those named first, then the other hospitals, then centres of communities, as many as report."""
    named = {each.name: each for each in institutions}
    others = [name for name in named if "医院" in name and "互联网" not in name and name not in FIRST_HOSPITALS]
    centres = [name for name in named if name.endswith(("社区卫生服务中心", "卫生院"))]
    scopes = [named[name].scope for name in (*FIRST_HOSPITALS, *others, *centres)][:HOSPITALS]
    found = Scope.objects.in_bulk(scopes)
    return [found[each] for each in scopes]


def _units(hospital: Scope, number: int, first: date) -> list[Unit]:
    """Intensive care everywhere, surgery in every third, newborns in every fifth."""
    found = [add_unit(hospital, "ICU1", "综合 ICU", "icu", "GICU", 12 + 2 * (number % 6), first)]
    if number % 3 == 0:
        found.append(add_unit(hospital, "SUR1", "普通外科", "surgery", "", 40, first))
    if number % 5 == 0:
        found.append(add_unit(hospital, "NICU1", "新生儿病房", "newborn", "", 16, first))
    return found


def _past(
    dice: Dice, hospitals: list[Scope], units: dict[int, list[Unit]], plans: dict[int, list[Plan]], month: date,
    present: dict[int, int], accounts: dict[str, Account], state: SheetState,
) -> None:  # fmt: skip
    """A month the city accepted, of every hospital in a few statements; the census it ended with is kept."""
    sheets, versions = [], []
    handed = datetime.combine(due_day(month) - timedelta(days=3), time(15), BEIJING)
    for hospital in hospitals:
        rows = content(dice, units[hospital.pk], month, present[hospital.pk])
        present[hospital.pk] = int(rows["icu_log", "ICU1"][-1]["present"])
        kinds = {unit.code: unit.kind for unit in units[hospital.pk]}
        for plan in plans[hospital.subject_id or 0]:
            sheet = _sheet(hospital, plan, month, rows[plan.record, plan.unit.code if plan.unit else ""])
            sheet.state, sheet.submitted = state, handed
            sheets.append(sheet)
            versions.append(_version(sheet, kinds, accounts))
    Sheet.objects.bulk_create(sheets, batch_size=500)
    SheetVersion.objects.bulk_create(versions, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute(_LINKED)
    with changing(kind=ChangeKind.DECISION, actor=accounts[OFFICER].pk, cause=f"infection:{sheets[0].pk}") as change:
        for sheet, version in zip(sheets, versions, strict=True):
            said = {
                "record": sheet.record, "unit": sheet.unit.name if sheet.unit else "", "version": 1, "rows": len(version.rows),
                "digest": version.digest, "rules": RULE_SET,
            }  # fmt: skip
            change.state(
                AcceptedSheet, sheet.subject_id, sheet.line, said, valid_from=month, valid_to=month_after(month),
                authority_scope=sheet.authority_scope,
            )  # fmt: skip


def _sheet(hospital: Scope, plan: Plan, month: date, rows: list[Row]) -> Sheet:
    sheet = Sheet(
        subject_id=plan.subject_id, institution_scope=hospital.pk, authority_scope=plan.authority_scope, unit=plan.unit,
        record=plan.record, period=month, rows=rows, due=due_day(month),
    )  # fmt: skip
    sheet.none = sheet.kind.events and not rows
    return sheet


def _version(sheet: Sheet, kinds: dict[str, str], accounts: dict[str, Account]) -> SheetVersion:
    return SheetVersion(
        sheet=sheet, number=1, rows=sheet.rows, none=sheet.none, digest=digest_of(sheet.record, sheet.rows, none=sheet.none),
        counts=counted(sheet.kind, sheet.rows, kinds), rules=RULE_SET, account=accounts[NURSE],
    )  # fmt: skip


def _now(
    hospital: Scope, units: list[Unit], plans: list[Plan], month: date, content_: dict[tuple[str, str], list[Row]],
    accounts: dict[str, Account], number: int,
) -> None:  # fmt: skip
    """The month that is reported now: of the first hospital typed and partly wrong, of the others on its way."""
    kinds = {unit.code: unit.kind for unit in units}
    for place, sheet in enumerate(open_month(hospital, plans, month)):
        rows = content_[sheet.record, sheet.unit.code if sheet.unit else ""]
        if number == 0:
            _of_first(sheet, rows, kinds, accounts)
            continue
        hidden = (number, sheet.record) in ((RISING_AT, "case"), (SURGEON_AT, "operation"))
        states = (SheetState.APPROVED, SheetState.PASSED, SheetState.APPROVED, SheetState.DRAFT)
        _handed_up(sheet, rows, kinds, accounts, SheetState.DRAFT if hidden else states[place % 4])


def _of_first(sheet: Sheet, rows: list[Row], kinds: dict[str, str], accounts: dict[str, Account]) -> None:
    if sheet.record == "icu_log":
        rows[4]["cvc"], rows[11]["present"] = rows[4]["present"] + 3, rows[11]["present"] + 1
        rows[19] = {**dict.fromkeys(rows[19]), "day": rows[19]["day"]}
        Sheet.objects.filter(pk=sheet.pk).update(rows=rows)
    elif sheet.record == "hygiene":
        _handed_up(sheet, rows, kinds, accounts, SheetState.RETURNED)
        SheetEvent.objects.create(
            sheet=sheet, act="退回医院", text="保洁人员的时机数与上月完全相同，请核对", account=accounts[OFFICER]
        )


def _handed_up(
    sheet: Sheet, rows: list[Row], kinds: dict[str, str], accounts: dict[str, Account], state: SheetState
) -> None:
    sheet.rows, sheet.none, sheet.state = rows, sheet.kind.events and not rows, state
    if state != SheetState.DRAFT:
        sheet.version = _version(sheet, kinds, accounts)
        sheet.version.save()
        handed = datetime.combine(due_day(sheet.period) - timedelta(days=3), time(15), BEIJING)
        sheet.submitted = min(handed, timezone.now())
    sheet.save()


def _add(hospital: Scope, record: str, period: date, row: Row) -> None:
    """Type a row into the sheet of its month, which is opened where it is not there."""
    plan = Plan.objects.filter(subject=hospital.subject, record=record)
    sheet = next(each for each in open_month(hospital, plan, period) if each.record == record)
    sheet.rows = [*sheet.rows, row]
    sheet.save(update_fields=["rows"])


def _within_days(today: date, hospital: Scope) -> None:
    """Four patients of one ward with one organism within five days, typed and not yet handed up."""
    dice = Dice(today.toordinal())
    for number, back in enumerate((5, 4, 2, 1)):
        began = today - timedelta(days=back)
        _add(hospital, "case", began.replace(day=1), case(dice, began.replace(day=1), 40 + number, began, OUTBREAK))


def _by_the_week(today: date, hospital: Scope) -> None:
    """One organism over a whole hospital: a case three weeks and two weeks ago, five in the week that ended."""
    dice = Dice(today.toordinal() + 1)
    monday = today - timedelta(days=today.weekday() + 7)
    for number, days in enumerate((-14, -7, 0, 1, 2, 4, 6)):
        began = monday + timedelta(days=days)
        _add(hospital, "case", began.replace(day=1), case(dice, began.replace(day=1), 60 + number, began, RISING))


def _after_one_surgeon(today: date, hospital: Scope) -> None:
    """Two infections after hips by one surgeon."""
    for number, (back, found) in enumerate(((12, 3), (10, 2))):
        day = today - timedelta(days=back)
        row = operation(day, 70 + number, SURGEON, infected=True, found=today - timedelta(days=found))
        _add(hospital, "operation", day.replace(day=1), row)
