"""The kinds of records (WS/T 312-2023): logs by the day, cases one row an episode, operations, exposures, monthly figures."""

from yizheng.systems.infection.records.declaring import Record, Shape

ICU_LOG = Record("icu_log", "ICU 患者日志", Shape.DAILY, ("icu",), day="day")
ICU_SEVERITY = Record(
    "icu_severity", "ICU 病情分级", Shape.EVENTS, ("icu",), key="day", day="day", none_words="本月没有评定"
)
NEWBORN_LOG = Record("newborn_log", "新生儿日志", Shape.DAILY, ("newborn",), key="weight", day="day")
CASES = Record(
    "case", "医院感染病例", Shape.EVENTS, day="onset", personal=("inpatient_number", "born"),
    headline=("inpatient_number", "onset", "site", "pathogen"),
    none_words="本月没有医院感染病例",
)  # fmt: skip
MONTH = Record("month", "科室月报", Shape.ONE, ("icu", "newborn", "surgery", "ward"))
OPERATIONS = Record(
    "operation", "外科手术监测", Shape.EVENTS, ("surgery",), key="number", day="day", personal=("inpatient_number", "number"),
    headline=("number", "day", "category", "ssi"),
    none_words="本月没有监测的手术",
)  # fmt: skip
EXPOSURES = Record(
    "exposure", "职业暴露", Shape.EVENTS, key="number", day="happened", personal=("number", "person"),
    headline=("number", "happened", "kind", "instrument"),
    none_words="本月没有职业暴露",
)  # fmt: skip
HYGIENE = Record("hygiene", "手卫生观察", Shape.EACH, key="job")
DIALYSIS = Record("dialysis", "血液透析月报", Shape.EACH, ("dialysis",), key="access")
DRUGS = Record("drugs", "抗菌药物使用月报", Shape.ONE)
SURVEY = Record("survey", "现患率调查", Shape.ONE)
STAYS = Record(
    "stay", "出院患者", Shape.EVENTS, key="number", day="discharged", personal=("number", "inpatient_number", "born"),
    headline=("inpatient_number", "admitted", "discharged", "diagnosis"),
    none_words="本月没有出院患者",
)  # fmt: skip
ISOLATES = Record(
    "isolate", "病原体和药敏", Shape.EVENTS, day="sampled", personal=("number", "inpatient_number"),
    headline=("number", "pathogen", "drug", "sir"),
    none_words="本月没有检出病原体",
)  # fmt: skip

RECORDS = {
    each.code: each
    for each in (
        ICU_LOG, ICU_SEVERITY, NEWBORN_LOG, CASES, MONTH, OPERATIONS, EXPOSURES, HYGIENE, DIALYSIS, DRUGS, SURVEY, STAYS,
        ISOLATES,
    )
}  # fmt: skip
TITLES = {code: each.title for code, each in RECORDS.items()}

BESIDES = ("survey", "stay", "isolate")
"""The sheets a hospital reports only where it was planned so."""
