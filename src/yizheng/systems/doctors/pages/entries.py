"""What the register of doctors adds to the side of office pages."""

from yizheng.people.kinds import AccountKind, Role
from yizheng.shell.access import DESKS
from yizheng.shell.forecasts import ASKERS
from yizheng.shell.mine import port
from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.doctors.pages.corrections import READERS as CORRECTORS
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models.permit import standing_by
from yizheng.systems.practitioners.searching import READERS

WATCHERS = frozenset({AccountKind.INSTITUTION, Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR})


port.declare_standing(DOCTORS, standing_by)
declare(
    "doctors",
    "医师电子化注册",
    [
        NavEntry("工作", "规则推演", "bulb", "forecasts:list", ASKERS, order=70, arguments=(DOCTORS.code,)),
        NavEntry("登记簿", "本机构医师", "users", "doctors:roster", frozenset({AccountKind.INSTITUTION}), order=5),
        NavEntry("登记簿", "关注名单", "eye", "doctors:watch", WATCHERS, order=60),
        NavEntry("登记簿", "医师登记", "id-badge-2", "doctors:search", READERS, order=10),
        NavEntry("登记簿", "专项医师", "stethoscope", "doctors:special", READERS, order=20),
        NavEntry("登记簿", "短期行医", "id-badge-2", "doctors:short_term", READERS, order=30),
        NavEntry("登记簿", "资格修改月报", "file-text", "doctors:corrections", CORRECTORS, order=50),
        NavEntry("登记簿", "考试合格名单", "school", "doctors:passing", DESKS, order=45),
        NavEntry("登记簿", "机构登记", "building-hospital", "institutions:list", READERS, order=40),
    ],
    order=10,
)
