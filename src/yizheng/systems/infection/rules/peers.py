"""A hospital among the others: a proportion outside the 99.8 % limits of the city's funnel is asked about (DQ34)."""

from __future__ import annotations

from collections.abc import Iterator

from yizheng.kernel.statistics.funnel import LEVELS, binomial_limits
from yizheng.systems.infection.rules.declaring import Finding, Reported, rule
from yizheng.systems.infection.statistics.counting import counted

PROPORTIONS = {
    "icu_log": (
        ("cvc_days", "days", "中央导管使用率"), ("uc_days", "days", "导尿管使用率"), ("vent_days", "days", "呼吸机使用率"),
    ),
    "operation": (("ssi", "all", "手术部位感染率"),),
    "hygiene": (("acts", "opportunities", "手卫生依从率"),),
    "drugs": (("discharges_with", "discharges", "抗菌药物使用率"), ("sampled", "treated", "治疗前送检率")),
    "survey": (("patients", "surveyed", "现患率"),),
}  # fmt: skip
"""What is compared: numerator and denominator as the sheet counts them, and what the proportion is called."""
LEAST_EXPECTED = 1.0


@rule("DQ34", *PROPORTIONS)
def among_peers(sheet: Reported) -> Iterator[Finding]:
    """The proportion lies within the limits that chance alone allows around the city's; asked where the city's is known."""
    own = counted(sheet.record, sheet.rows, sheet.known.units)
    for *items, label in PROPORTIONS[sheet.record.code]:
        part, whole = (f"{sheet.record.code}.{each}" for each in items)
        some, every = own.get(part, 0), own.get(whole, 0)
        peers, all_peers = sheet.known.peers.get(part, 0), sheet.known.peers.get(whole, 0)
        if not every or some > every or not 0 < peers < all_peers or every * peers / all_peers < LEAST_EXPECTED:
            continue
        low, high = binomial_limits(every, peers / all_peers, LEVELS["998"])
        if not low <= some / every <= high:
            side = "高" if some / every > high else "低"
            yield Finding("DQ34", f"{label} {some}/{every} 比全市偏{side}，在漏斗图 99.8% 界限之外")
