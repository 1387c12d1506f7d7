"""Institutions of every district: names that differ, licences through the register, scopes for nobody."""

from yizheng.cli.bench.laboratory import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import copied, inventing, load, subjects_of
from yizheng.kernel.names import fold_name
from yizheng.people.models import Scope
from yizheng.registry import SubjectKind
from yizheng.systems.institutions.models import LINE, InstitutionLicence

PORTION = 100_000
FIRST = "安和青禾康宁德济仁同广长永泰顺昌盛明华新兴东西南北中天宝福瑞祥嘉佳美善惠民益慈爱怡乐春夏秋晨曦松柏桐兰竹梅荷云山水江海湖泉石"
KINDS = (
    *("医院", "综合医院", "社区卫生服务中心", "社区卫生服务站", "中医医院", "口腔医院"),
    *("门诊部", "诊所", "中医诊所", "口腔诊所", "卫生院", "康复医院"),
)


def build(steps: Steps, scale: Scale) -> None:
    """So many institutions, each with its licence."""
    steps.portions("houses", scale.institutions, PORTION, _portion)


def _portion(first: int, end: int) -> int:
    offices = Scope.objects.filter(kind="district", code__regex="^[0-9]{6}$").order_by("code")
    districts = list(offices.values_list("pk", "code", "name"))
    with inventing("houses", first) as change:
        subjects = subjects_of(change, SubjectKind.INSTITUTION, end - first)
        copied(
            "bench_house",
            (
                _row(number, subject, *districts[number % len(districts)], number // len(districts))
                for number, subject in zip(range(first, end), subjects, strict=True)
            ),
        )
        return load(change, InstitutionLicence, "licence", [LINE, first, end])


def _row(number: int, subject: int, scope: int, code: str, district: str, of_district: int) -> tuple[object, ...]:
    name = _name(of_district, district)
    return number, subject, name, fold_name(name), scope, code


def _name(number: int, district: str) -> str:
    """Different for every number of a district."""
    pair, kind = divmod(number * 7919 % (len(FIRST) ** 2 * len(KINDS)), len(KINDS))
    first, second = divmod(pair, len(FIRST))
    return f"{district}{FIRST[first]}{FIRST[second]}{KINDS[kind]}"
