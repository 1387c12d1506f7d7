"""Accounts for every role of the demonstration city, with one password and one authenticator secret that are printed.

They are for showing the platform only; a production installation has no demonstration city.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from yizheng.demo.data_files import rows, tables
from yizheng.demo.institutions import HOSPITAL, Institution
from yizheng.demo.nurses import NAMES, Nurse
from yizheng.demo.people import Person, Population, long_absent
from yizheng.demo.plans import DEREGISTRATIONS
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, IdentityClaim, Scope
from yizheng.people.scopes import city as city_scope
from yizheng.people.scopes import jurisdiction
from yizheng.people.signing_in import totp
from yizheng.people.signing_in.backends import login_index

PASSWORD = "Yizheng-2026"  # noqa: S105  # printed for everybody, opens invented data only
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  # as the password
READY_DOCTOR = "doctor-ready"
READY_NAME = "许南乔"
HOSPITAL_ACCOUNT = "qinghe-hospital"

OFFICES: Mapping[str, str] = tables("city.toml")["offices"]
"""Beginning of the user names of each authority."""
DESKS = (("accept", Role.ACCEPTOR, "沈若谷"), ("review", Role.REVIEWER, "周明远"), ("decide", Role.DECIDER, "秦望舒"))
"""The three persons a licence needs; their names are the same everywhere so that demonstrations are easy to follow."""
SECOND_DECIDERS = (("110108", "haidian-decide-2", "林见微"), ("110000", "city-decide-2", "方知远"))
"""A further decider where an act that needs two signatures can be shown: a rollback, a batch."""
SECOND_REVIEWERS = (("110000", "city-review-2", "苏锦年"), ("TCM", "tcm-review-2", "何秋白"))
"""Adverts are reviewed by two."""
INFECTION = (("110108", "haidian-infection", "海淀感染监测 方砚秋"), ("110000", "city-infection", "市感染监测 叶秋棠"))
"""Who reviews what hospitals report of infections."""
EDITORS = (("site-editor", "网站编辑 黎书言"), ("site-review", "网站编辑 钟毓秀"))
"""Who write on the public sites, and agree to what the other wrote."""
INFECTION_HOSPITAL = "北京清源医院"
INFECTION_STAFF = (
    ("infection-nurse", Role.INFECTION_NURSE, "感控护士 何清芷"),
    ("infection-review", Role.INFECTION_APPROVER, "感控科主任 苏景行"),
)
"""Who reports them, at one hospital."""
WATCHERS = (
    ("city-inspect", AccountKind.INSPECTOR, Role.INSPECTOR, "监督员 贺知微"),
    ("city-analyse", AccountKind.ANALYST, Role.ANALYST, "分析员 陆景行"),
    ("city-engineer", AccountKind.ENGINEER, Role.ENGINEER, "运维工程师 顾怀瑾"),
    ("service-manager", AccountKind.ENGINEER, Role.SERVICE_MANAGER, "运维管理 段一鸣"),
    ("client-manager", AccountKind.CLERK, Role.CLIENT_MANAGER, "甲方运维监督 罗青野"),
    ("admin-system", AccountKind.SYSTEM_ADMIN, Role.SYSTEM_ADMIN, "系统管理员"),
    ("admin-security", AccountKind.SECURITY_ADMIN, Role.SECURITY_ADMIN, "安全管理员"),
    ("admin-audit", AccountKind.AUDIT_ADMIN, Role.AUDIT_ADMIN, "审计管理员"),
)


def accounts() -> list[tuple[str, str, str]]:
    """The accounts worth printing: user name, role in words, what to try."""
    told = [{name: cell.replace("{hospital}", HOSPITAL) for name, cell in row.items()} for row in rows("accounts.csv")]
    return [(row["name"], row["role"], row["said"]) for row in told]


def notes() -> list[str]:
    """The password and the second factor, in words, to be printed with the accounts."""
    return [f"密码均为 {PASSWORD}", f"工作人员另需动态口令，密钥 {TOTP_SECRET}（任何验证器可用）"]


def ready_person(population: Population, today: date) -> Person:
    """Qualified within two years, never registered, ready to apply."""
    qualified_on = today - timedelta(days=430)
    return population.person(qualified_on, level="1", category="clinical", name=READY_NAME)


class _Maker:
    """Makes accounts; the password is hashed once, since all are the same."""

    def __init__(self) -> None:
        self._encoded = make_password(PASSWORD)

    def account(self, username: str, kind: AccountKind, name: str, subject: int | None = None) -> Account:
        account = Account(username=username, kind=kind, display_name=name, subject_id=subject, password=self._encoded)
        account.save()
        return account

    def staff(self, username: str, kind: AccountKind, name: str, role: Role, scope: Scope) -> None:
        account = self.account(username, kind, name)
        Grant.objects.create(account=account, role=role, scope=scope)
        totp.enrol(account, TOTP_SECRET)

    def doctor(self, username: str, person: Person) -> None:
        account = self.account(username, AccountKind.INDIVIDUAL, person.name, person.subject)
        Account.objects.filter(pk=account.pk).update(login_index=login_index(person.mobile))
        IdentityClaim.objects.create(account=account, state=IdentityClaim.State.MATCHED)
        person.account = account.pk


def make(institutions: list[Institution], people: list[Person], today: date, changing: Iterable[Person]) -> None:
    """All accounts: staff of every authority, operators of every institution, the watchers, and the doctors.

    Those who are ``changing`` their registration have accounts too.
    """
    maker = _Maker()
    for code, prefix in OFFICES.items():
        for desk, role, name in DESKS:
            maker.staff(f"{prefix}-{desk}", AccountKind.CLERK, name, role, jurisdiction(code))
    for code, username, name in SECOND_DECIDERS:
        maker.staff(username, AccountKind.CLERK, name, Role.DECIDER, jurisdiction(code))
    for code, username, name in SECOND_REVIEWERS:
        maker.staff(username, AccountKind.CLERK, name, Role.REVIEWER, jurisdiction(code))
    for code, username, name in INFECTION:
        maker.staff(username, AccountKind.CLERK, name, Role.INFECTION_OFFICER, jurisdiction(code))
    for username, name in EDITORS:
        maker.staff(username, AccountKind.CLERK, name, Role.EDITOR, city_scope())
    for username, kind, role, name in WATCHERS:
        maker.staff(username, kind, name, role, city_scope())
    _operators(maker, institutions)
    _doctors(maker, people, today)
    for number, person in enumerate((each for each in changing if each.account is None), 1):
        maker.doctor(f"doctor-change-{number:02d}", person)


def nurses(registered: list[Nurse]) -> None:
    """Accounts of nurses: who may apply, who is registered, due, over, coming from elsewhere."""
    maker = _Maker()
    for username, name in NAMES.items():
        maker.doctor(username, next(each.person for each in registered if each.person.name == name))


def founder(username: str, name: str, subject: int) -> Account:
    """The account of somebody who founds an institution."""
    account = _Maker().account(username, AccountKind.INDIVIDUAL, name, subject)
    IdentityClaim.objects.create(account=account, state=IdentityClaim.State.NEW)
    return account


def _operators(maker: _Maker, institutions: list[Institution]) -> None:
    for number, institution in enumerate(institutions, 1):
        username = HOSPITAL_ACCOUNT if institution.name == HOSPITAL else f"hospital-{number:02d}"
        account = maker.account(username, AccountKind.INSTITUTION, f"{institution.name}经办人", institution.subject)
        Grant.objects.create(account=account, role=Role.INSTITUTION_OPERATOR, scope_id=institution.scope)


def infection(institutions: list[Institution]) -> None:
    """Who reports the infections of a hospital, after everybody else: an institution's cases go by its operators."""
    maker = _Maker()
    hospital = next(each for each in institutions if each.name == INFECTION_HOSPITAL)
    for username, role, name in INFECTION_STAFF:
        account = maker.account(username, AccountKind.INSTITUTION, name, hospital.subject)
        Grant.objects.create(account=account, role=role, scope_id=hospital.scope)


def _doctors(maker: _Maker, people: list[Person], today: date) -> None:
    candidates = [person for person in people if not person.career.segments]
    maker.doctor(READY_DOCTOR, next(person for person in candidates if person.name == READY_NAME))
    for number, person in enumerate((each for each in candidates if each.account is None), 1):
        maker.doctor(f"doctor-{number:03d}", person)
    for number, person in enumerate(long_absent(people, today)[:PARTIES], 1):
        maker.doctor(f"doctor-left-{number:02d}", person)
    practising = [each for each in people if _files_next(each)]
    for username, person in zip(("doctor-registered", *FILERS), practising, strict=False):
        maker.doctor(username, person)


PARTIES = sum(plan.count for plan in DEREGISTRATIONS)
"""As many who left have accounts as the authority acts against."""
FILERS = tuple(f"doctor-filing-{number}" for number in range(1, 9))
"""Registered physicians whose filings are among the cases."""


def _files_next(person: Person) -> bool:
    now = person.career.now
    return now.status == "REG" and person.level == "1" and "11" in now.scopes and not person.career.filings
