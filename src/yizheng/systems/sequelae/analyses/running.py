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
from yizheng.systems.sequelae.analyses import directly, diseases, groups, healthy, matching, surviving, trend
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
    asked += [(f"{Kind.SURVIVAL}:{code}", f"{Kind.SURVIVAL.label}　{title}") for code, title in surviving.ITEMS.items()]
    return [*asked, *((f"{kind}:{ALL}", str(kind.label)) for kind in (Kind.HEALTHY, Kind.MATCHED, Kind.GROUPS))]


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
    data = collect(account, _items(kind, item), until, with_controls=kind == Kind.MATCHED)
    if kind == Kind.MATCHED and not data.controls:
        raise Refused(f"{data.last_attended} 年度还没有健康对照，请体检校对人员先接收对照文件")
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
    """The items an analysis is made of."""
    if kind in (Kind.TREND, Kind.DISEASES):
        return [item] if kind == Kind.TREND else list(DISEASES[item].items)
    if kind == Kind.SURVIVAL:
        return ["necrosis_vol_l", "necrosis_vol_r", "collapse_l", "collapse_r"]
    if kind in (Kind.MATCHED, Kind.GROUPS):
        return list(matching.ITEMS if kind == Kind.MATCHED else groups.ITEMS)
    return sorted({code for disease in DISEASES.values() for code in disease.items})


def figures(kind: str, item: str, data: Dataset) -> dict[str, Any]:
    """The figures of an analysis from its data alone, with the warnings that belong to them."""
    ask: dict[str, Callable[[str, Dataset], dict[str, Any]]] = {
        Kind.DISEASES: _diseases, Kind.TREND: _trend, Kind.SURVIVAL: _survival, Kind.HEALTHY: _healthy,
        Kind.MATCHED: _matched, Kind.GROUPS: _groups,
    }  # fmt: skip
    found = ask[kind](item, data)
    found["warnings"] = [*found.get("warnings", []), *_selection(data)]
    found["attendance"] = [{"year": year, "came": round(data.share(year), 3)} for year in data.rounds]
    return found


def _diseases(item: str, data: Dataset) -> dict[str, Any]:
    lines = diseases.by_year(data, DISEASES[item])
    told = [f"少于 {SMALL} 人的不显示。"] if any(line.get("hidden") for line in lines) else []
    told.insert(0, "同一批人每年重复检查，各年之间不是独立样本：趋势用广义估计方程，不用率的趋势检验。")
    return {
        "lines": lines, "warnings": told, "course": diseases.course(data, DISEASES[item]), "hips": diseases.by_hip(data, item),
    }  # fmt: skip


def _trend(item: str, data: Dataset) -> dict[str, Any]:
    found: dict[str, Any] = {
        "lines": trend.by_year(data, item), "model": trend.model(data, item), "stayed": trend.stayed(data, item),
        "devices": [list(each) for each in data.devices],
        "warnings": ["不再参检的人不是随机的：下图并列仍参检者和不再参检者离开以前的各年均值；缺失的年份不用末次值填补。"],
    }  # fmt: skip
    if data.devices:
        last = data.devices[-1][0]
        found["without"] = trend.model(data, item, last - 1)
        names = "、".join(f"{year} 年换{name}" for year, name in data.devices)
        found["warnings"].append(f"测定设备有变更（{names}）；另列最后一次变更以前的结果，两者不同的部分可能来自设备。")
    return found


def _survival(item: str, data: Dataset) -> dict[str, Any]:
    found = surviving.figures(data, item)
    told = ["事件在两次检查之间发生，时间取两次的中点；左右髋分别计，同一人的两髋并不独立，区间偏窄。"]
    if found.get("hidden"):
        told.append(f"事件少于 {SMALL} 例，不作估计。")
    return found | {"warnings": told}


def _healthy(item: str, data: Dataset) -> dict[str, Any]:
    year = data.last_attended
    lines = healthy.compared(data, year)
    told = {"year": year, "lines": lines, "direct": directly.compared(data, year), "population": directly.population()}
    return told | {"warnings": healthy.warnings(lines)}


def _matched(item: str, data: Dataset) -> dict[str, Any]:
    found = matching.figures(data)
    told = ["健康对照是来体检的人，比一般人群健康；匹配消除不了没有测量的差别。"]
    if found["matched"] < found["came"]:
        told.append(
            f"{found['came']} 名受检人员中 {found['came'] - found['matched']} 名没有找到对照，结果只代表找到的。"
        )
    if any(abs(line["after"] or 0) >= matching.GOOD for line in found["balance"]):
        told.append(f"匹配后仍有标准化差异达到 {matching.GOOD} 的特征，两组在这一特征上不可比。")
    return found | {"warnings": told}


def _groups(item: str, data: Dataset) -> dict[str, Any]:
    told = ["因公与非因公人员的年龄、性别和激素用量不同，差别不能都归于类别；同时检验多项，看校正后的 P 值。"]
    return groups.figures(data) | {"warnings": told}


def _selection(data: Dataset) -> list[str]:
    """Who comes is selected: said by itself wherever fewer than most came."""
    few = [year for year in data.rounds if data.share(year) < FEWER]
    if not few:
        return []
    said = f"{len(data.rounds)} 轮中有 {len(few)} 轮参检不足邀请人数的 {FEWER:.0%}"
    return [f"{said}；病情重的和轻的参检机会不同，各年数字的升降可能来自参检者变化，不等于病情变化。"]
