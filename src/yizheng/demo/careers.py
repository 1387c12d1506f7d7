"""Working lives: registering, moving, adding a scope, leaving, being suspended, struck off, filing elsewhere, being assessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from yizheng.demo.data_files import tables
from yizheng.demo.dice import Dice
from yizheng.demo.institutions import Institution
from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.codes import name_of

DEPARTMENTS: Mapping[str, str] = tables("city.toml")["departments"]
YEARS_BETWEEN_EVENTS = 9.0
QUIET = timedelta(days=40)
"""Nothing of the invented past happens so close to today; the newest events are cases."""


@dataclass(frozen=True, slots=True)
class Segment:
    """How a registration stands from a day on."""

    since: date
    institution: Institution | None
    scopes: tuple[str, ...]
    status: str = "REG"
    reason: str = ""


NOWHERE = Segment(date.max, None, (), status="")


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing at a further institution over a period; without an end it is open."""

    institution: Institution
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Sanction:
    """A penalty with the bar that follows from it, if one does."""

    on: date
    kind: str
    behaviour: str
    article: str
    suspended: tuple[date, date] | None = None
    ground: str = ""


@dataclass(slots=True)
class Career:
    """A working life; empty for who never registered."""

    level: str = ""
    category: str = ""
    first: Institution | None = None
    segments: list[Segment] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    sanctions: list[Sanction] = field(default_factory=list)
    assessments: list[tuple[date, str, bool]] = field(default_factory=list)

    @property
    def now(self) -> Segment:
        """How the registration stands at last; somebody who never registered stands nowhere."""
        return self.segments[-1] if self.segments else NOWHERE

    def last_institution(self, by: date = date.max) -> Institution | None:
        """Where the person practised last by a day; whoever left is kept by its authority."""
        known = [each.institution for each in self.segments if each.since <= by and each.institution]
        return known[-1] if known else None


class Careers:
    """Invents working lives in the institutions of the city."""

    def __init__(self, dice: Dice, institutions: list[Institution], today: date) -> None:
        self._dice = dice
        self._institutions = institutions
        self._today = today

    def career(self, level: str, category: str, qualified_on: date) -> Career:
        """A life from the qualification to today."""
        begins = qualified_on + timedelta(days=self._dice.randint(20, 480))
        institution = self._institution(category, begins, None)
        if begins > self._today - QUIET or institution is None:
            return Career()
        career = Career(level, category, institution)
        career.segments.append(Segment(begins, institution, self._scopes(institution, category)))
        self._live(career)
        self._close(career)
        self._file(career)
        self._assess(career)
        return career

    def left(self, institution: Institution, qualified_on: date, at_least: timedelta) -> Career:
        """A life that ended in a leave filing longer ago than ``at_least``."""
        since = self._today - at_least - timedelta(days=self._dice.randint(1, 300))
        first = Segment(qualified_on + timedelta(days=60), institution, self._scopes(institution, "clinical"))
        return Career("1", "clinical", institution, [first, _gone(first, since, "L01")])

    def _live(self, career: Career) -> None:
        day = career.segments[0].since
        while True:
            day += timedelta(days=200 + int(self._dice.expovariate(1 / (365 * YEARS_BETWEEN_EVENTS))))
            if day > self._today - QUIET or career.segments[-1].status in ("DEREG", "REVOKED", "ANNULLED"):
                return
            happens = self._dice.weighted(
                (
                    (self._move, 72), (self._scope, 14), (self._leave, 8), (self._suspend, 3.4), (self._end, 2),
                    (self._revoke, 0.6),
                )
            )  # fmt: skip
            day = happens(career, day)

    def _move(self, career: Career, day: date) -> date:
        here = career.segments[-1]
        district = here.institution.district if career.level == "2" and here.institution else ""
        institution = self._institution(career.category, day, here.institution, district=district)
        if institution is None or institution is here.institution:
            return day
        if self._dice.happens(0.4):
            career.segments.append(_gone(here, day, "L01"))
            day += timedelta(days=self._dice.randint(10, 150))
            if day > self._today - QUIET:
                return day
        career.segments.append(Segment(day, institution, self._keep_scopes(here, institution, career.category)))
        return day

    def _scope(self, career: Career, day: date) -> date:
        here = career.segments[-1]
        grassroots = here.institution is not None and here.institution.grassroots
        if grassroots and career.category == "clinical" and "21" not in here.scopes:
            career.segments.append(replace(here, since=day, scopes=(*here.scopes, "21")))
        return day

    def _leave(self, career: Career, day: date) -> date:
        """Left for good: the register strikes off who stays away, later than it should."""
        here = career.segments[-1]
        career.segments.append(_gone(here, day, "L02"))
        struck = add_years(day, 2) + timedelta(days=self._dice.randint(20, 400))
        if struck < self._today - QUIET and self._dice.happens(0.65):
            career.segments.append(_gone(here, struck, "D12", "DEREG"))
        return self._today

    def _suspend(self, career: Career, day: date) -> date:
        here = career.segments[-1]
        back = add_months(day, self._dice.randint(6, 12))
        term, article = (day, back - timedelta(days=1)), "《中华人民共和国医师法》第五十七条"
        career.sanctions.append(Sanction(day, "suspension", "未按照注册的执业范围执业，情节严重", article, term))
        career.segments.append(replace(here, since=day, status="SUSP_PENAL"))
        if back < self._today - QUIET:
            career.segments.append(replace(here, since=back))
        return max(back, day)

    def _end(self, career: Career, day: date) -> date:
        reason = self._dice.choice(("D01", "D07", "D08", "D11"))
        career.segments.append(replace(career.segments[-1], since=day, status="DEREG", reason=reason))
        return self._today

    def _revoke(self, career: Career, day: date) -> date:
        article = "《中华人民共和国医师法》第五十六条"
        career.sanctions.append(Sanction(day, "revocation", "出具虚假医学证明文件，情节严重", article, ground="R04"))
        career.segments.append(replace(career.segments[-1], since=day, status="REVOKED", reason="D04"))
        return self._today

    def _close(self, career: Career) -> None:
        """Whoever stayed in an institution that closed left it by filing on that day."""
        here = career.segments[-1]
        if here.institution is not None and here.institution.closed_on is not None and here.status == "REG":
            since = max(here.institution.closed_on, here.since + timedelta(days=1))
            career.segments.append(_gone(here, since, "L01"))

    def _file(self, career: Career) -> None:
        here = career.segments[-1]
        if here.status != "REG" or career.level != "1" or not self._dice.happens(0.14):
            return
        since = self._dice.day_between(max(here.since, self._today - timedelta(days=900)), self._today - QUIET)
        institution = self._institution(career.category, since, here.institution, wanted=here.scopes[0])
        if institution is not None and institution is not here.institution and since > here.since:
            until = add_years(since, 3) if self._dice.happens(0.7) else None
            career.filings.append(Filing(institution, since, until))

    def _assess(self, career: Career) -> None:
        """Every three years, on whom the cycle finds in practice."""
        for year in range(2013, self._today.year + 1, 3):
            day = date(year, 11, 20)
            standing = [each for each in career.segments if each.since <= date(year - 1, 1, 1)]
            if day < self._today - QUIET and standing and standing[-1].status == "REG":
                career.assessments.append((day, f"{year - 2}—{year}", self._dice.happens(0.995)))

    def _institution(
        self, category: str, on: date, but: Institution | None, *, district: str = "", wanted: str = ""
    ) -> Institution | None:
        fitting = [
            (institution, institution.weight)
            for institution in self._institutions
            if institution.takes(on)
            and institution is not but
            and district in ("", institution.district)
            and institution.scopes(category)
            and (not wanted or wanted in institution.scopes(category))
        ]
        return self._dice.weighted(fitting) if fitting else None

    def _scopes(self, institution: Institution, category: str) -> tuple[str, ...]:
        offered = institution.scopes(category)
        common = [scope for scope in offered if scope in ("11", "12", "13", "14", "51", "31")]
        return (self._dice.choice(common if common and self._dice.happens(0.6) else offered),)

    def _keep_scopes(self, here: Segment, institution: Institution, category: str) -> tuple[str, ...]:
        kept = tuple(scope for scope in here.scopes if scope in institution.scopes(category))
        return kept[: 3 if institution.grassroots else 1] or self._scopes(institution, category)


def _gone(here: Segment, since: date, reason: str, status: str = "LEFT") -> Segment:
    """Out of the institution from a day on."""
    return replace(here, since=since, institution=None, status=status, reason=reason)


def department(scopes: tuple[str, ...]) -> str:
    """The department a scope is worked in."""
    return DEPARTMENTS.get(scopes[0], name_of("practice_scope", scopes[0]).removesuffix("专业")) if scopes else ""
