"""Running an analysis: the data are collected and kept with the run, the figures computed from the kept data alone."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.analyses import diseases, healthy, trend
from yizheng.systems.sequelae.analyses.dataset import Dataset, collect, dataset_of
from yizheng.systems.sequelae.analyses.diseases import DISEASES, SMALL
from yizheng.systems.sequelae.models import Round, Run
from yizheng.systems.sequelae.models.runs import Kind
from yizheng.systems.sequelae.office import office_key

ALL = "all"
FEWER = 0.8
"""A round to which a smaller share of those invited came is warned of."""


class Refused(Exception):
    """Why an analysis cannot be run; the words are for the statistician."""


def choices() -> list[tuple[str, str]]:
    """What can be asked: kind and item, with words."""
    asked = [(f"{Kind.DISEASES}:{code}", f"{Kind.DISEASES.label}　{each.title}") for code, each in DISEASES.items()]
    asked += [(f"{Kind.TREND}:{code}", f"{Kind.TREND.label}　{title}") for code, title in trend.ITEMS.items()]
    return [*asked, (f"{Kind.HEALTHY}:{ALL}", Kind.HEALTHY.label)]


def title_of(run: Run) -> str:
    """What the run asked, in words."""
    return dict(choices()).get(f"{run.kind}:{run.item}", run.get_kind_display())


def run(account: Account, asked: str, until: int) -> Run:
    """Collect, keep, compute. Raises Refused."""
    if Role.COHORT_STATISTICIAN not in roles_of(account):
        raise Refused("统计分析由随访统计人员运行")
    if asked not in dict(choices()):
        raise Refused("请选择分析项目")
    if not Round.objects.visible_to(account).filter(year__lte=until).exists():
        raise Refused("截至这一年还没有轮次")
    kind, _, item = asked.partition(":")
    data = collect(account, _items(kind, item), until)
    text = json.dumps(data.kept(), ensure_ascii=False, sort_keys=True)
    with transaction.atomic():
        made = Run.objects.create(
            kind=kind, item=item, until=until, account=account, digest=hashlib.sha256(text.encode()).hexdigest(),
            data=sealing.seal([(office_key(), text)])[0], figures=figures(kind, item, dataset_of(json.loads(text))),
        )  # fmt: skip
        audit.record(account, "sequelae.analyse", f"sequelae_run:{made.pk}", {"digest": made.digest})
    return made


def again(row: Run) -> Mapping[str, Any]:
    """The figures computed anew from the data kept with the run."""
    text = sealing.opened([(office_key(), row.data)])[0]
    return figures(row.kind, row.item, dataset_of(json.loads(text)))


def _items(kind: str, item: str) -> list[str]:
    if kind == Kind.TREND:
        return [item]
    if kind == Kind.DISEASES:
        return list(DISEASES[item].items)
    return sorted({code for reference in healthy.references() for code in DISEASES[reference["condition"]].items})


def figures(kind: str, item: str, data: Dataset) -> dict[str, Any]:
    """The figures of an analysis from its data alone, with the warnings that belong to them."""
    ask: dict[str, Callable[[str, Dataset], dict[str, Any]]] = {
        Kind.DISEASES: _diseases, Kind.TREND: _trend, Kind.HEALTHY: _healthy,
    }  # fmt: skip
    found = ask[kind](item, data)
    found["warnings"] = [*found.get("warnings", []), *_selection(data)]
    return found


def _diseases(item: str, data: Dataset) -> dict[str, Any]:
    lines = diseases.by_year(data, DISEASES[item])
    told = [f"少于 {SMALL} 人的不显示。"] if any(line.get("hidden") for line in lines) else []
    return {"lines": lines, "warnings": ["同一批人每年重复检查，各年之间不是独立样本，不作线性趋势检验。", *told]}


def _trend(item: str, data: Dataset) -> dict[str, Any]:
    found: dict[str, Any] = {
        "lines": trend.by_year(data, item), "model": trend.model(data, item), "stayed": trend.stayed(data, item),
        "devices": [list(each) for each in data.devices], "warnings": [],
    }  # fmt: skip
    if data.devices:
        last = data.devices[-1][0]
        found["without"] = trend.model(data, item, last - 1)
        names = "、".join(f"{year} 年换{name}" for year, name in data.devices)
        found["warnings"].append(f"测定设备有变更（{names}）；另列最后一次变更以前的结果，两者不同的部分可能来自设备。")
    return found


def _healthy(item: str, data: Dataset) -> dict[str, Any]:
    """Of the last round that most have come to: one that still runs is half empty."""
    shares = [(year, _share(data, year)) for year in data.rounds]
    year = next((year for year, share in reversed(shares) if share >= 0.5), data.rounds[-1])
    lines = healthy.compared(data, year)
    return {"year": year, "lines": lines, "warnings": healthy.warnings(lines)}


def _share(data: Dataset, year: int) -> float:
    invited = sum(year in each.invited for each in data.subjects)
    return sum(year in each.attended for each in data.subjects) / invited if invited else 0.0


def _selection(data: Dataset) -> list[str]:
    """Who comes is selected: said by itself wherever fewer than most came."""
    few = [year for year in data.rounds if _share(data, year) < FEWER]
    if not few:
        return []
    said = f"{len(data.rounds)} 轮中有 {len(few)} 轮参检不足邀请人数的 {FEWER:.0%}"
    return [f"{said}；病情重的和轻的参检机会不同，各年数字的升降可能来自参检者变化，不等于病情变化。"]
