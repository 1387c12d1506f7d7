"""What a forecast asks about the register of nurses: whose term will be over, and who may still apply to go on (护士条例 第十条).

Registrations of one institution whose terms end on one day are alike to every rule; young or barred nurses are asked about singly.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forecasts import ForecastKind, declare
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.models import REGISTERED, SUSPENDED, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.renewal import Limits, Renewing, applied_in_time
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.forecasting import Day, Registrations, WholeRegister
from yizheng.systems.practitioners.passing import identities_of

STANDING = (REGISTERED, SUSPENDED)
NUMBERS = "limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Renewing):
    """A registration that stands, as the rules see it."""

    level: str = ""
    employer: Employer | None = None


@check("N-LAPSE", nurse_regulation(10), nurse_regulation(21), title="注册有效期没有届满")
def within_the_term(nurse: Registered, on: date) -> Iterator[Finding]:
    """After the last day of the term nobody practises who did not renew it."""
    if nurse.term is not None and on > nurse.term.last:
        yield refuse("", f"注册有效期至{long_date(nurse.term.last)}，到时没有延续的不得执业")


def registered_on(day: date) -> int:
    """How many registrations stand on the day; call it as the system."""
    return int(NurseRegistration.objects.as_of(day).filter(status__in=STANDING).count())


def _in_common(term_to: date, held: object) -> Registered:
    return Registered(term=Term.ending(term_to))


def one_by_one(rows: Sequence[NurseRegistration]) -> list[Registrations]:
    """The people of a portion with their birth dates; call it as the system."""
    identities = identities_of({row.subject_id for row in rows})
    born = {subject: each.birth_date for subject, each in identities.items()}
    return [
        Registrations(
            Registered(term=Term.ending(row.term_to), birth_date=born.get(row.subject_id)),
            row.institution_id,
            row.authority_scope,
            [row.subject_id],
            NUMBERS,
        )
        for row in rows
    ]


REGISTER = WholeRegister(
    kind=NurseRegistration,
    columns=("term_to",),
    standing="q.status = any(%(standing)s)",
    singly="false",
    held="select null::bigint as subject_id, null::text[] as held where false",
    asked={"standing": list(STANDING)},
    in_common=_in_common,
    one_by_one=one_by_one,
    numbers=NUMBERS,
)
FORECAST = ForecastKind(
    register=NURSES,
    checks=(within_the_term, applied_in_time, rules.employer_may_practise, rules.of_full_capacity),
    rules="nurses.renewal_",
    day=lambda on, parameters: Day.of(on, Limits.among(parameters)),
    count=registered_on,
    portions=REGISTER.portions,
)
declare(FORECAST)
