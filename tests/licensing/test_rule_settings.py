"""Dated values set by two persons: rules, the calendar with the due days that follow it, promised periods."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from yizheng.kernel.calendar import parse_notice, state_council_calendar
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing import rules
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.models import CalendarYear, Case, Promise, RuleValue
from yizheng.licensing.rule_settings import Refused, load_year, promise, recomputing, set_rule
from yizheng.people.models import Account, AuditEntry
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work import approval
from yizheng.work.approval import ApprovalRefused
from yizheng.work.jobs import defer
from yizheng.work.models import Job, Notice
from yizheng.work.running import run

ARTICLE = "《医师执业注册管理办法》第九条"
TODAY = timezone.localdate
CODE = "tests.idle_years"


@pytest.fixture
def rule(monkeypatch: pytest.MonkeyPatch) -> rules.RuleDeclaration:
    monkeypatch.setattr(rules, "_declared", dict(rules._declared))
    return rules.declare_rule(CODE, "多久未注册须培训", 2, "年", registration_rules(9))


def notice_text(year: int, *, off: tuple[str, ...] = (), worked: tuple[str, ...] = ()) -> str:
    """Two weeks off in May and whatever else is named."""
    days = [f"{year}-05-{day:02d}" for day in range(1, 15)]
    lines = [f"{day},放假,劳动节" for day in sorted({*days, *off})] + [f"{day},上班," for day in worked]
    return "日期,类别,名称\n" + "\n".join(lines)


class TestRule:
    def ask(self, account: Account, value: int = 3, valid_from: date | None = None, article: str = ARTICLE):
        return set_rule.propose(account, CODE, value, valid_from or TODAY(), article, "办法修订")

    def test_two_persons_set_a_value_from_a_day_on(self, rule, system_admin, security_admin) -> None:
        start = TODAY() + timedelta(days=10)
        made = self.ask(system_admin, 3, start)
        assert rules.value(CODE, start) == 2
        approval.approve(made.pk, security_admin)
        assert rules.value(CODE, start - timedelta(days=1)) == 2
        assert rules.value(CODE, start) == 3
        assert rules.values(start, "tests.") == {CODE: 3}
        assert RuleValue.objects.get(code=CODE).added_by == system_admin
        entry = AuditEntry.objects.get(verb="rule.set")
        assert entry.actor == security_admin
        assert entry.detail["value"] == 3

    def test_the_second_person_is_told_and_then_the_first(self, rule, system_admin, security_admin) -> None:
        made = self.ask(system_admin)
        assert Notice.objects.visible_to(security_admin).get(kind="approval").title.startswith("待批准")
        approval.approve(made.pk, security_admin)
        assert Notice.objects.visible_to(system_admin).get(kind="approval").title.startswith("已批准")

    @pytest.mark.parametrize("name", ["system_admin", "audit_admin", "decider", "engineer", "stranger"])
    def test_nobody_else_approves(self, rule, system_admin, request, name) -> None:
        made = self.ask(system_admin)
        with pytest.raises(ApprovalRefused):
            approval.approve(made.pk, request.getfixturevalue(name))
        assert not RuleValue.objects.exists()

    @pytest.mark.parametrize("name", ["security_admin", "audit_admin", "decider", "stranger"])
    def test_nobody_else_proposes(self, rule, request, name) -> None:
        with pytest.raises(Refused, match="系统管理员"):
            self.ask(request.getfixturevalue(name))

    @pytest.mark.parametrize(
        ("value", "days", "article", "field", "words"),
        [
            (3, -1, ARTICLE, "valid_from", "不追溯"),
            (-1, 0, ARTICLE, "value", "0 到 9999"),
            (10_000, 0, ARTICLE, "value", "0 到 9999"),
            (2, 0, ARTICLE, "value", "与那一天本来的值相同"),
            (3, 0, "", "article", "全名和条款"),
            (3, 0, "办法第九条", "article", "全名和条款"),
        ],
    )
    def test_what_is_wrong_is_said_where(self, rule, system_admin, value, days, article, field, words) -> None:
        with pytest.raises(Refused, match=words) as refusal:
            self.ask(system_admin, value, TODAY() + timedelta(days=days), article)
        assert refusal.value.field == field

    def test_a_rule_has_its_own_limits(self, monkeypatch, system_admin) -> None:
        monkeypatch.setattr(rules, "_declared", {})
        rules.declare_rule(CODE, "当日计入（1 是，0 否）", 1, "", registration_rules(6), limits=(0, 1))
        with pytest.raises(Refused, match="0 到 1"):
            self.ask(system_admin, 2)
        assert self.ask(system_admin, 0).payload["value"] == 0

    def test_a_value_begins_after_the_last_one(self, rule, system_admin, security_admin) -> None:
        last = TODAY() + timedelta(days=30)
        approval.approve(self.ask(system_admin, 3, last).pk, security_admin)
        for day in (last, last - timedelta(days=1)):
            with pytest.raises(Refused, match="之后"):
                self.ask(system_admin, 4, day)
        self.ask(system_admin, 4, last + timedelta(days=1))

    def test_an_approval_that_comes_too_late_changes_nothing(self, rule, system_admin, security_admin) -> None:
        made = self.ask(system_admin)
        made.payload["valid_from"] = (TODAY() - timedelta(days=1)).isoformat()
        made.save()
        with pytest.raises(ApprovalRefused, match="不追溯"):
            approval.approve(made.pk, security_admin)
        made.refresh_from_db()
        assert made.state == "proposed"
        assert not RuleValue.objects.exists()

    def test_one_proposal_a_rule_at_a_time(self, rule, system_admin) -> None:
        self.ask(system_admin)
        with pytest.raises(ApprovalRefused, match="已有待批准"):
            self.ask(system_admin, 5)

    def test_an_unknown_rule_is_no_rule(self, system_admin) -> None:
        with pytest.raises(rules.UnknownRuleError):
            set_rule.propose(system_admin, "no.such", 1, TODAY(), ARTICLE, "理由")


class TestYear:
    YEAR = timezone.localdate().year + 1

    def ask(self, account: Account, text: str = ""):
        notice = parse_notice(text or notice_text(self.YEAR), self.YEAR)
        return load_year.propose(account, notice, "国务院办公厅关于放假安排的通知", "通知已公布")

    def test_two_persons_load_a_year(self, system_admin, security_admin) -> None:
        assert not working_calendar().announced(self.YEAR)
        made = self.ask(system_admin)
        assert not working_calendar().announced(self.YEAR)
        approval.approve(made.pk, security_admin)
        calendar = working_calendar()
        assert calendar.announced(self.YEAR)
        assert not calendar.is_working_day(date(self.YEAR, 5, 12))
        assert AuditEntry.objects.get(verb="calendar.load").actor == security_admin

    def test_a_later_row_replaces_the_year(self, system_admin, security_admin) -> None:
        approval.approve(self.ask(system_admin).pk, security_admin)
        again = notice_text(self.YEAR, off=(f"{self.YEAR}-06-01",))
        approval.approve(self.ask(system_admin, again).pk, security_admin)
        assert date(self.YEAR, 6, 1) in working_calendar().notice(self.YEAR).holidays
        assert CalendarYear.objects.filter(year=self.YEAR).count() == 2

    def test_reading_the_calendar_is_one_query(self, db, django_assert_num_queries) -> None:
        working_calendar()
        with django_assert_num_queries(1):
            working_calendar()

    def test_the_difference_names_every_day(self, db) -> None:
        found = load_year.compare(parse_notice(notice_text(self.YEAR), self.YEAR))
        assert len(found.off_added) == 14
        assert found.first_day == date(self.YEAR, 5, 1)
        assert found.effect.moved == 0

    def test_an_unchanged_year_is_refused(self, db) -> None:
        year = TODAY().year
        shipped = state_council_calendar().notice(year)
        assert shipped is not None
        with pytest.raises(Refused, match="完全相同"):
            load_year.compare(shipped)

    def test_a_part_of_a_year_is_refused(self, db) -> None:
        with pytest.raises(Refused, match="全年的安排"):
            load_year.compare(parse_notice(f"{self.YEAR}-01-01,放假", self.YEAR))

    def test_a_past_year_is_refused(self, db) -> None:
        year = TODAY().year - 1
        with pytest.raises(Refused, match="过去的年份"):
            load_year.compare(parse_notice(notice_text(year), year))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_files_as_offices_write_them(self, encoding) -> None:
        assert len(load_year.read(notice_text(self.YEAR).encode(encoding), self.YEAR).holidays) == 14

    def test_a_file_that_cannot_be_read_says_each_line(self) -> None:
        with pytest.raises(Refused, match=r"第1行.*第2行"):
            load_year.read("某日,放假\n2027-01-01,不知道", 2027)


@pytest.fixture
def running(draft, on_its_way, acceptor) -> Case:
    """A case accepted today, whose twenty working days run."""
    case = on_its_way(draft(), "reviewing")
    with acting_as(acceptor):
        return Case.objects.get(pk=case.pk)


def with_day_off(day: date) -> str:
    """This year's or next year's notice with one more day off."""
    notice = working_calendar().notice(day.year)
    off = {*(notice.holidays if notice else ()), day}
    worked = notice.workdays if notice else ()
    if len(off) < 13:
        off |= {date(day.year, 12, number) for number in range(1, 15)}
    lines = [f"{each},放假" for each in sorted(off)] + [f"{each},上班" for each in sorted(worked)]
    return "\n".join(lines)


def due(case: Case) -> date:
    with acting_as_system("test"):
        found = Case.objects.get(pk=case.pk).due_on
    assert found is not None
    return found


class TestRewinding:
    def load(self, day: date, system_admin: Account):
        notice = load_year.read(with_day_off(day), day.year)
        return load_year.propose(system_admin, notice, "国务院办公厅通知", "增加放假一天")

    def test_open_cases_follow_the_new_calendar(self, running, system_admin, security_admin) -> None:
        before = due(running)
        made = self.load(before, system_admin)
        assert load_year.compare(load_year.proposed(made)).effect.moved == 1
        assert load_year.compare(load_year.proposed(made)).effect.later == 1
        assert due(running) == before
        approval.approve(made.pk, security_admin)
        after = due(running)
        assert after > before
        with acting_as_system("test"):
            case = Case.objects.get(pk=running.pk)
            assert timekeeping.read(case, case.item).due_on == after
            assert case.revision == running.revision

    def test_a_day_after_the_due_day_moves_nothing(self, running, system_admin) -> None:
        day = working_calendar().next_working_day(due(running) + timedelta(days=40))
        effect = load_year.compare(load_year.read(with_day_off(day), day.year)).effect
        assert effect.moved == 0

    def test_many_are_a_job_of_the_one_who_approved(self, running, system_admin, security_admin, monkeypatch) -> None:
        monkeypatch.setattr(recomputing, "AT_ONCE", 0)
        before = due(running)
        approval.approve(self.load(before, system_admin).pk, security_admin)
        row = Job.objects.get(name="licensing.recompute_due_days")
        assert row.account == security_admin
        assert due(running) == before

    def test_promises_count_in_the_new_reckoning(self, running, decider, system_admin, security_admin) -> None:
        with acting_as_system("test"):
            Promise.objects.create(
                item_code="sample_licence", authority_scope=running.authority_scope, days=5, valid_from=running.rules_on
            )
            case = Case.objects.get(pk=running.pk)
            timekeeping.wind(case, case.item)
        before = due(running)
        approval.approve(self.load(before, system_admin).pk, security_admin)
        with acting_as_system("test"):
            case = Case.objects.get(pk=running.pk)
            assert case.due_on == timekeeping.read(case, case.item).due_on == due(running) > before

    def test_a_case_moved_meanwhile_is_looked_at_again(self, running, monkeypatch) -> None:
        CalendarYear.objects.create(**self.row(due(running)))
        original, first = recomputing._write, [True]

        def overtaken(moves: list[recomputing.Move]) -> set[int]:
            if first.pop() if first else False:
                with acting_as_system("test"):
                    Case.objects.filter(pk=running.pk).update(revision=running.revision + 1)
            return original(moves)

        monkeypatch.setattr(recomputing, "_write", overtaken)
        before = due(running)
        assert recomputing.recompute(before) == 1
        assert due(running) > before

    def row(self, day: date) -> dict[str, object]:
        notice = load_year.read(with_day_off(day), day.year)
        return {
            "year": day.year,
            "days_off": sorted(notice.holidays),
            "working_weekends": sorted(notice.workdays),
            "notice": "通知",
        }

    def test_a_thousand_cases_cost_few_queries(self, running, django_assert_max_num_queries) -> None:
        CalendarYear.objects.create(**self.row(due(running)))
        with django_assert_max_num_queries(14):
            recomputing.recompute(due(running))


@pytest.mark.django_db(transaction=True)
def test_the_job_moves_them_and_leads_back(draft, on_its_way, security_admin) -> None:
    case = on_its_way(draft(), "reviewing")
    before = due(case)
    CalendarYear.objects.create(**TestRewinding().row(before))
    row = defer("licensing.recompute_due_days", account=security_admin, first_day=before.isoformat(), year=before.year)
    run(row.pk)
    row.refresh_from_db()
    assert row.state == "done", row.message
    assert row.result_url.endswith(f"/{before.year}/")
    assert due(case) > before
    connection.close()


class TestPromise:
    def tomorrow(self) -> date:
        return TODAY() + timedelta(days=1)

    def test_the_decider_promises_fewer_days(self, decider, haidian, draft, on_its_way) -> None:
        made = promise.make(decider, "sample_licence", haidian.pk, 10, self.tomorrow())
        assert made.days == 10
        assert AuditEntry.objects.get(verb="promise.make").actor == decider
        case = on_its_way(draft(), "reviewing")
        with acting_as(decider):
            assert Case.objects.get(pk=case.pk).clock_total == 20

    @pytest.mark.parametrize(
        "name", ["acceptor", "reviewer", "city_clerk", "other_district_clerk", "system_admin", "stranger"]
    )
    def test_nobody_else_promises(self, haidian, request, name) -> None:
        with pytest.raises(Refused, match="决定人员"):
            promise.make(request.getfixturevalue(name), "sample_licence", haidian.pk, 10, self.tomorrow())
        assert not Promise.objects.exists()

    @pytest.mark.parametrize(
        ("item", "days", "ahead", "field"),
        [
            ("sample_licence", 21, 1, "days"),
            ("sample_licence", 0, 1, "days"),
            ("sample_licence", 20, 1, "days"),
            ("sample_licence", 10, 0, "valid_from"),
            ("sample_filing", 10, 1, "item"),
            ("no_such", 10, 1, "item"),
        ],
    )
    def test_what_is_wrong_is_said_where(self, decider, haidian, item, days, ahead, field) -> None:
        with pytest.raises(Refused) as refusal:
            promise.make(decider, item, haidian.pk, days, TODAY() + timedelta(days=ahead))
        assert refusal.value.field == field

    def test_a_promise_begins_after_the_last_one(self, decider, haidian) -> None:
        promise.make(decider, "sample_licence", haidian.pk, 10, self.tomorrow())
        for day in (self.tomorrow(), TODAY()):
            with pytest.raises(Refused):
                promise.make(decider, "sample_licence", haidian.pk, 12, day)
        later = self.tomorrow() + timedelta(days=1)
        assert promise.make(decider, "sample_licence", haidian.pk, 20, later).days == 20


@pytest.fixture(autouse=True)
def nothing_left_of_editions() -> Iterator[None]:
    yield
    from yizheng.licensing.case_clock import calendars

    calendars._edition.cache_clear()
