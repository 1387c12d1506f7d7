"""Institutions of every district: names that differ, licences through the register, scopes for nobody."""

from functools import partial

from django.db import connection

from yizheng.cli.bench.scales import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import as_job, subjects_of, with_defaults
from yizheng.kernel.names import fold_name
from yizheng.people.models import Scope
from yizheng.registry import ChangeKind, SubjectKind, changing, load_states
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.models.licence import LINE

PORTION = 100_000
FIRST = "安和青禾康宁德济仁同广长永泰顺昌盛明华新兴东西南北中天宝福瑞祥嘉佳美善惠民益慈爱怡乐春夏秋晨曦松柏桐兰竹梅荷云山水江海湖泉石"
KINDS = (
    *("医院", "综合医院", "社区卫生服务中心", "社区卫生服务站", "中医医院", "口腔医院"),
    *("门诊部", "诊所", "中医诊所", "口腔诊所", "卫生院", "康复医院"),
)

_LICENCES = """
select h.subject as subject_id, %s as line, date '1996-01-01' + (h.number * 37 %% 7000) as valid_from,
       date '9999-12-31' as valid_to, h.scope as authority_scope, 'licensed' as kind, h.name,
       'PDY' || lpad(h.number::text, 8, '0') || h.district || 'A1001' as registration_number, '' as uscc,
       'A100' as category, (h.number %% 3 + 1)::text as level, '2' as grade, '1' as business_nature,
       array['03', '04', '05'] as subjects, h.district, '北京市示范路' || h.number || '号' as address, 'active' as status
from bench_house h where h.number >= %s and h.number < %s
"""


def build(steps: Steps, scale: Scale) -> None:
    """So many institutions, each with its licence."""
    for name, first, end in steps.portions("houses", scale.institutions, PORTION):
        steps.once(name, partial(_portion, first, end))


def _portion(first: int, end: int) -> int:
    districts = list(
        Scope.objects.filter(kind="district", code__regex="^[0-9]{6}$")
        .order_by("code")
        .values_list("pk", "code", "name")
    )
    with (
        as_job("bench: institutions"),
        changing(kind=ChangeKind.INTAKE, actor=None, cause=f"bench:houses:{first}", reason="测量用数据") as change,
    ):
        subjects = subjects_of(change, SubjectKind.INSTITUTION, end - first)
        with connection.cursor() as cursor, cursor.copy("copy bench_house from stdin") as copy:
            for number, subject in zip(range(first, end), subjects, strict=True):
                scope, code, district = districts[number % len(districts)]
                name = _name(number // len(districts), district)
                copy.write_row((number, subject, name, fold_name(name), scope, code))
        given = [LINE, first, end]
        whole = with_defaults(InstitutionLicence, _LICENCES, given)
        return load_states(change, InstitutionLicence, whole, given).stated


def _name(number: int, district: str) -> str:
    """Different for every number of a district."""
    pair, kind = divmod(number * 7919 % (len(FIRST) ** 2 * len(KINDS)), len(KINDS))
    first, second = divmod(pair, len(FIRST))
    return f"{district}{FIRST[first]}{FIRST[second]}{KINDS[kind]}"
