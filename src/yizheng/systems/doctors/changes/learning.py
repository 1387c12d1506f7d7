"""Another scope: a higher education in it, or two years of training in it with an examination passed; added by training.

医师法 第十四条第三款、第十八条; 《关于医师执业注册中执业范围的暂行规定》. The scope stays inside the category, save
where a doctor of a community centre or township hospital holds the qualifications of clinical and public health.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from yizheng.kernel.calendar import add_months, full_months
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import physicians_law, scope_provisions
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.changes.rules import Changer, Learning
from yizheng.systems.doctors.checks.scope import GRASSROOTS, belongs_to, most_scopes

EDUCATION_RANK = ("41", "31", "28", "21", "17", "14", "11")
"""Completed educations from the lowest to the highest."""
GENERAL_PRACTICE = frozenset({"21", "58"})
DUAL = frozenset({"clinical", "public_health"})
EDUCATION = "education"
ONE_DAY = timedelta(days=1)


def asks_for_general_practice(changer: Changer, on: date) -> bool:
    """Whether general practice is among the scopes asked for, which needs a certificate of its own."""
    return bool(GENERAL_PRACTICE & set(changer.scopes))


def by_education(changer: Changer, on: date) -> bool:
    """Whether the change rests on a higher education."""
    return changer.learning.ground == EDUCATION


def by_training(changer: Changer, on: date) -> bool:
    """Whether the change rests on training."""
    return changer.learning.ground != EDUCATION


@check("D-LN00", physicians_law(18), title="由现在的主要执业机构确认", needs=("practice",))
def at_the_main_institution(changer: Changer, on: date) -> Iterator[Finding]:
    """Who moved while the application was a draft begins anew at the new institution."""
    now, employer = changer.now, changer.employer
    if now is not None and employer is not None and employer.name != now.institution:
        yield refuse("", "主要执业机构已经变更，请放弃这份申请，重新申请")


@check("D-LN01", physicians_law(18), title="拟变更的执业范围与现在的不同", needs=("practice",))
def another_scope(changer: Changer, on: date) -> Iterator[Finding]:
    """Something changes."""
    if changer.now is not None and changer.scopes and set(changer.scopes) <= set(changer.now.scopes):
        yield refuse("practice.scope", "所选的执业范围已经注册，不需要变更或者增加")


@check("D-LN02", physicians_law(14), scope_provisions(2), title="执业范围在同一执业类别之内", needs=("practice",))
def inside_the_category(changer: Changer, on: date) -> Iterator[Finding]:
    """The scope asked for belongs to the registered category, or to the other of the dual ones at the grass roots."""
    now = changer.now
    if now is None:
        return
    for wanted in filter(None, map(table("practice_scope").get, changer.scopes)):
        if not belongs_to(wanted, now.category) and not _dual(changer, now.category, wanted.parent or ""):
            sentence = f"{wanted.name}不属于{name_of('practice_category', now.category)}类别，只能在本类别内选择"
            yield refuse("practice.scope", sentence)


def _dual(changer: Changer, category: str, wanted: str) -> bool:
    """Clinical and public health together, in a grassroots institution, with both qualifications."""
    employer = changer.employer
    held = {each.category for each in changer.qualifications}
    at_grassroots = employer is not None and employer.category.startswith(GRASSROOTS)
    return at_grassroots and {category, wanted} == DUAL and wanted in held


@check("D-LN03", physicians_law(14), title="执业范围数在规定之内", needs=("practice",))
def not_too_many(changer: Changer, on: date) -> Iterator[Finding]:
    """What is held and what is added together stay within the number the kind of institution allows."""
    now = changer.now
    if now is None or not changer.scopes:
        return
    together = len({*now.scopes, *changer.scopes})
    allowed = most_scopes(changer)
    if together > allowed:
        yield refuse("practice.scope", f"在该机构最多可有 {allowed} 个执业范围，增加后为 {together} 个")


@check("D-LN04", physicians_law(14), physicians_law(18), title="学历或者培训符合变更条件", needs=("learning",))
def entitled_by_learning(changer: Changer, on: date) -> Iterator[Finding]:
    """A higher education in the discipline, or two years of systematic training and study, examined and passed."""
    learning = changer.learning
    if learning.ground == EDUCATION:
        yield from _higher(learning)
    elif learning.ground:
        yield from _trained(learning, changer.periods.scope_training_months, on)


def _higher(learning: Learning) -> Iterator[Finding]:
    if not learning.education or not learning.best_education:
        return
    if _rank(learning.education) <= _rank(learning.best_education):
        had = name_of("education_level", learning.best_education)
        yield refuse("learning.education", f"须取得高于已登记学历（{had}）的学历，才能以学历变更执业范围")
    else:
        yield advise("learning.major", "须核对所学专业与拟变更的执业范围属于同一学科，学历经主管部门认可")


def _rank(code: str) -> int:
    return EDUCATION_RANK.index(code) if code in EDUCATION_RANK else -1


def _trained(learning: Learning, needed: int, on: date) -> Iterator[Finding]:
    months = _months((learning.started_on, learning.ended_on), (learning.second_started_on, learning.second_ended_on))
    if learning.ended_on is not None and months < needed:
        sentence = f"系统培训和专业进修共 {months} 个月，须满 {needed} 个月"
        yield refuse("learning.ended_on", sentence)
    yield from _passed(learning, on)


def _passed(learning: Learning, on: date) -> Iterator[Finding]:
    last = max(filter(None, (learning.ended_on, learning.second_ended_on)), default=None)
    if last is not None and last > on:
        yield refuse("learning.ended_on", "培训还没有结束，结束并考核合格后再申请")
    if learning.passed is False:
        yield refuse("learning.result", "培训考核结果为不合格，须考核合格后再申请")


def _months(*periods: tuple[date | None, date | None]) -> int:
    """Full months of all periods together: days over lengthen the next period; a day in two of them counts once."""
    months, left, reached = 0, timedelta(), date.min
    for begun, over in sorted((begun, over) for begun, over in periods if begun and over):
        begins = max(begun, reached + ONE_DAY)
        if begins <= over:
            begins -= left
            whole = full_months(begins, over)
            months, left, reached = months + whole, over - add_months(begins, whole) + ONE_DAY, over
    return months


@check("D-LN05", physicians_law(14), title="经相关专业培训和考核合格", needs=("learning",))
def trained_for_the_addition(changer: Changer, on: date) -> Iterator[Finding]:
    """A scope is added after training in it, with the examination passed; how long it takes the law does not say."""
    yield from _passed(changer.learning, on)
