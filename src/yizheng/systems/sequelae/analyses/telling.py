"""What a run says, as sheets and pictures: the page and the printed report show the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yizheng.systems.sequelae.analyses import matching, surviving
from yizheng.systems.sequelae.consultation import charts
from yizheng.systems.sequelae.consultation.charts import ACCENT, GREY, OTHER, PAST, Line
from yizheng.systems.sequelae.models.runs import Kind

HIDDEN, NOTHING = "人数少，不显示", "—"
Figures = Mapping[str, Any]
COURSE = {"decade": "每过 10 年", "male": "男性比女性"}
COLOURS = (ACCENT, OTHER, PAST)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its title, what stands beside it, the heads, the rows (the first cell names the row) and a note below."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    beside: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its title and note."""

    title: str
    drawing: str
    note: str = ""


def sheets(kind: str, figures: Figures) -> list[Sheet]:
    """The tables of a run; those without a row are left out."""
    told = {
        Kind.DISEASES: _diseases, Kind.TREND: _trend, Kind.SURVIVAL: _survival, Kind.HEALTHY: _healthy,
        Kind.MATCHED: _matched, Kind.GROUPS: _groups,
    }[Kind(kind)](figures)  # fmt: skip
    return [each for each in told if each.rows]


def pictures(kind: str, figures: Figures) -> list[Picture]:
    """The pictures of a run; those with too few points are left out."""
    drawn: list[Picture] = []
    if kind == Kind.DISEASES:
        shown = [line for line in figures["lines"] if "share" in line]
        limits = [Line(end, [(line["year"], line[end]) for line in shown], GREY, limit=True) for end in ("low", "high")]
        share = Line("检出率", [(line["year"], line["share"]) for line in shown])
        drawn += [Picture("检出率（%）", charts.trend("检出率", [share, *limits]), "灰虚线为 95% 区间（Wilson）")]
    if kind == Kind.TREND:
        drawn += _trend_pictures(figures)
    if kind == Kind.SURVIVAL:
        curves = [
            Line(title, [(0, 0), *((step[0], step[1]) for step in steps)], colour, steps=True)
            for (title, steps), colour in zip(figures["curves"], COLOURS, strict=False)
        ]
        words = "；".join(
            f"{name}为{title}" for (title, _), name in zip(figures["curves"], ("蓝", "黄", "紫"), strict=False)
        )
        drawn += [Picture("2003 年以来累积发生率（%）", charts.trend("累积发生率", curves) if curves else "", words)]
    if kind in (Kind.DISEASES, Kind.TREND):
        came = [(line["year"], round(100 * line["came"], 1)) for line in figures["attendance"]]
        drawn += [Picture("参检率（%）", charts.trend("参检率", [Line("参检率", came)]), "参检人数除以邀请人数")]
    return [each for each in drawn if each.drawing]


def _trend_pictures(figures: Figures) -> list[Picture]:
    points = [(line["year"], line["mean"]) for line in figures["lines"] if "mean" in line]
    changes = [(year, name) for year, name in figures["devices"]]
    years = figures["stayed"]["years"]
    apart = [
        Line(title, [(year, mean) for year, mean in years[name]], colour)
        for name, title, colour in (("staying", "仍参检", ACCENT), ("gone", "不再参检", OTHER))
    ]
    return [
        Picture("各年均值", charts.trend("各年均值", [Line("均值", points)], changes), "紫虚线为换设备的年份"),
        Picture("仍参检者和不再参检者", charts.trend("仍参检者和不再参检者", apart), "蓝为仍参检，黄为不再参检；不足 5 人的年份不画"),
    ]  # fmt: skip


def _said(value: Any) -> str:
    return NOTHING if value is None else str(value)


def _p(value: float | None) -> str:
    return NOTHING if value is None else "<0.001" if value < 0.001 else f"{value:.3f}"


def _between(line: Figures) -> str:
    return f"{line['low']}～{line['high']}" if "low" in line else NOTHING


def _diseases(figures: Figures) -> list[Sheet]:
    rows = [
        [str(line["year"]), *(str(line[name]) for name in ("alive", "invited", "attended", "examined")), *_share(line)]
        for line in figures["lines"]
    ]
    found = [
        Sheet(
            "各年",
            ("年", "登记在世", "邀请", "参检", "受检此项", "检出", "检出率（%）", "95% 区间"),
            rows,
            "Wilson 区间",
        )
    ]
    if course := figures["course"]:
        note = f"{course['people']} 人 {course['rows']} 人年，工作相关 {course['correlation']}" + (
            "；人数少，标准误已作小样本校正" if course["corrected"] else ""
        )
        lines = [[COURSE[line["term"]], str(line["ratio"]), _between(line), _p(line["p"])] for line in course["lines"]]
        found.append(Sheet("历年变化", ("项", "比值比", "95% 区间", "P"), lines, "广义估计方程，稳健标准误", note))
    if hips := figures["hips"]:
        cells = _share(hips)
        heads = ("年", "人", "髋", "检出髋", "检出率（%）", "95% 区间")
        line = [str(hips["year"]), str(hips["people"]), str(hips["hips"]), *cells]
        found.append(Sheet("按髋计", heads, [line], "以人为群；人工髋不计", "区间按人聚类（稳健方差）"))
    return found


def _share(line: Figures) -> list[str]:
    if line.get("hidden"):
        return [HIDDEN, NOTHING, NOTHING]
    return [_said(line.get("found")), _said(line.get("share")), _between(line)]


def _trend(figures: Figures) -> list[Sheet]:
    stayed, found = figures["stayed"], []
    for caption, lines in (("全部年份", figures["model"]), ("最后一次换设备以前", figures.get("without", []))):
        rows = [[line["term"], str(line["estimate"]), _between(line), _p(line["p"])] for line in lines]
        kind = "每人随机截距和斜率" if lines and lines[0]["sloped"] else "每人随机截距"
        found.append(Sheet(f"混合线性模型：{caption}", ("项", "估计", "95% 区间", "P"), rows, f"{kind}，REML"))
    rows = [
        ["最近三轮仍参检", str(stayed["staying"]), _said(stayed.get("mean"))],
        ["不再参检", str(stayed["gone"]), _said(stayed.get("mean_gone"))],
    ]
    note = f"不再参检者中 {stayed['dead']} 人已故" + (
        f"；首次测定差异的效应量 Hedges g = {stayed['g']}" if stayed.get("g") is not None else ""
    )
    found.append(Sheet("仍参检的人和不再参检的人", ("人员", "人数", "首次测定均值"), rows, note=note))
    years = [
        [
            str(line["year"]),
            str(line["invited"]),
            HIDDEN if line["n"] is None else str(line["n"]),
            _said(line.get("mean")),
            _said(line.get("sd")),
        ]
        for line in figures["lines"]
    ]
    return [*found, Sheet("各年", ("年", "邀请", "测定人数", "均值", "标准差"), years)]


def _survival(figures: Figures) -> list[Sheet]:
    facts = [
        [
            str(figures["people"]),
            str(figures["hips"]),
            HIDDEN if figures.get("hidden") else str(figures["events"]),
            str(figures["competing"]),
        ]
    ]
    rows = [
        [f"{line['years']} 年", str(line["at_risk"]), *_estimate(line.get("km")), *_estimate(line.get("aj"))]
        for line in figures["lines"]
    ]
    heads = ("2003 年以后", "仍观察的髋", "未发生（%）", "95% 区间", "累积发生（%）", "95% 区间")
    note = "未发生按 Kaplan–Meier，死亡作截尾；累积发生按 Aalen–Johansen，死亡作竞争事件。两者之和超过 100% 的部分是死亡造成的。"
    return [
        Sheet("观察", ("人", "髋", "发生", "此前死亡（髋）"), facts),
        Sheet("各时点", heads, rows, f"按激素分组以 {surviving.HIGH_DOSE:g} g 为界", note),
    ]


def _estimate(told: Sequence[float] | None) -> list[str]:
    return [str(told[0]), f"{told[1]}～{told[2]}"] if told else [NOTHING, NOTHING]


def _healthy(figures: Figures) -> list[Sheet]:
    rows = []
    for line in figures["lines"]:
        cells = [HIDDEN] + [NOTHING] * 3 if line.get("hidden") else [NOTHING] * 4
        if "ratio" in line:
            cells = [str(line["observed"]), str(line["expected"]), str(line["ratio"]), _between(line)]
        rows.append([line["title"], f"{line['examined']:.0f}", *cells, line["population"], line["source"]])
    heads = ("情形", "受检", "实际", "期望", "比值", "95% 区间", "参考人群", "出处")
    year = figures["year"]
    direct = [
        [line["title"], line["group"], str(line["examined"]), *_direct(line), line["ages"]]
        for line in figures["direct"]
    ]
    return [
        Sheet(f"{year} 年度与健康人群", heads, rows, "间接标化，精确区间"),
        Sheet(
            f"{year} 年度因公与非因公",
            ("情形", "类别", "受检", "检出", "粗率（%）", "标化率（%）", "95% 区间", "年龄组"),
            direct,
            "直接标化，可以互相比较",
            f"标准人口：{figures['population']}；任一组不足 10 人的年龄组并入相邻组",
        ),
    ]


def _direct(line: Figures) -> list[str]:
    if "rate" not in line:
        return [HIDDEN if line.get("hidden") else NOTHING, *[NOTHING] * 3]
    return [str(line["found"]), str(line["crude"]), str(line["rate"]), _between(line)]


def _matched(figures: Figures) -> list[Sheet]:
    facts = [[str(figures[name]) for name in ("came", "matched", "pool", "controls")]]
    balance = [
        [line["title"], str(line["cases"]), str(line["controls"]), _said(line["before"]), _said(line["after"])]
        for line in figures["balance"]
    ]
    findings = [
        [
            line["title"],
            str(line["sets"]),
            *([HIDDEN, NOTHING] if line.get("hidden") else [str(line["share"]), str(line["share_controls"])]),
            *_effect(line),
        ]
        for line in figures["findings"]
    ]
    values = [
        [f"{line['title']}（{line['unit']}）" if line["unit"] else line["title"], str(line["sets"]), str(line["mean"]),
         str(line["mean_controls"]), *_effect(line), _said(line["size"])]
        for line in figures["values"]
    ]  # fmt: skip
    many = f"共检验 {figures.get('tests', 0)} 项，校正按 Benjamini–Hochberg"
    rule = f"同年同中心，性别相同，年龄相差不超过 {matching.REACH} 岁，每人至多 {matching.MOST} 名对照"
    return [
        Sheet(f"{figures['year']} 年度匹配", ("受检人员", "找到对照的", "可选对照", "选入对照"), facts, rule),
        Sheet("均衡", ("特征", "人员", "对照", "匹配前标准化差异", "匹配后标准化差异"), balance, "小于 0.1 为均衡"),
        Sheet("检出", ("情形", "匹配组", "人员（%）", "对照（%）", "比值比", "95% 区间", "P", "校正 P"), findings,
              "条件 logistic 回归", many),
        Sheet("测定值", ("项目", "匹配组", "人员", "对照", "差", "95% 区间", "P", "校正 P", "标准化差异"), values, "组内差", many),
    ]  # fmt: skip


def _effect(line: Figures) -> list[str]:
    return [_said(line.get("value")), _between(line), _p(line.get("p")), _p(line.get("adjusted"))]


def _groups(figures: Figures) -> list[Sheet]:
    rows = [
        [
            f"{line['title']}（{line['unit']}）" if line["unit"] else line["title"],
            f"{line['n']}／{line['n_others']}",
            f"{line['mean']} ± {line['sd']}",
            f"{line['mean_others']} ± {line['sd_others']}",
            str(line["difference"]),
            _between(line),
            str(line["g"]),
            str(line["delta"]),
            line["test"],
            _p(line["p"]),
            _p(line["adjusted"]),
        ]
        for line in figures["lines"]
    ]
    heads = ("项目", "人数", "因公", "非因公", "差", "95% 区间", "Hedges g", "Cliff δ", "检验", "P", "校正 P")
    note = "偏度达到 1 的用 Mann–Whitney 检验"
    return [
        Sheet(f"{figures['year']} 年度", heads, rows, f"共检验 {figures['tests']} 项，Benjamini–Hochberg 校正", note)
    ]
