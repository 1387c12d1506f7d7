"""医疗机构登记名册 (`institution_register`): the register of an authority as it has it today, so that a new installation starts from it.

One row is one institution. Such lists come from a spreadsheet: numbers with or without their hyphen, level and class in one
cell, subjects in one text with their remarks in brackets. What the list says otherwise than the number is noted; what
contradicts itself is held for a person. Loaded again, a later list changes what it says and leaves the rest.
"""

import re

import polars as pl

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import TODAY, Format, Holder, Makes, RowCheck, Severity, declare, in_future
from yizheng.kernel import codes
from yizheng.kernel.calendar.clock import TODAY_IN_SQL
from yizheng.kernel.identifiers import check_institution_number, check_uscc
from yizheng.kernel.statutes import institution_regulation
from yizheng.systems.institutions.loading import follow
from yizheng.systems.institutions.models import (
    LINE,
    DuplicateRemark,
    InstitutionLicence,
    InstitutionNumber,
    InstitutionParty,
    VerificationPeriod,
)
from yizheng.systems.institutions.models.parties import FOUNDER, LEGAL_REPRESENTATIVE, PRINCIPAL
from yizheng.systems.institutions.models.verification import VERIFICATION

NUMBER = "registration_number"
SINCE = f"case when m.known is null then s.registered_on else {TODAY_IN_SQL} end"
"""An institution nobody knows begins with its registration; of one that is known the list says how it stands now."""
_PARTS = re.compile(r"[；;、，,/\n]|\s{2,}")
_REMARKED = re.compile(r"^(.+?)[（(](.+)[)）]$")
_LEVELS = {"一": "1", "二": "2", "三": "3"}
_CLASSES = {"特": "0", "甲": "1", "乙": "2", "丙": "3"}
_LEGACY = r"^([0-9]{12}|[0-9]{15}|[0-9]{18})$"

SUBJECTS = "coalesce(string_to_array(s.subject_codes, ','), '{}')"

KNOWN = """
select distinct on (number) subject_id, number from (
    select subject_id, registration_number as number from institutions_licence where closed is null and registration_number <> ''
    union select subject_id, filing_number from institutions_licence where closed is null and filing_number <> ''
    union select subject_id, number from institutions_number where closed is null
) borne order by number, subject_id
"""


def _read(block: pl.DataFrame) -> pl.DataFrame:
    """What the columns say together: codes of the subjects, their remarks, level and class, faults of the numbers."""
    subjects = [_subjects(text or "") for text in block["subjects"].to_list()]
    grades = [_grade(text or "") for text in block["grade"].to_list()]
    numbers = block[NUMBER].fill_null("").to_list()
    categories = block["category"].fill_null("").to_list()
    added: dict[str, list[str | None]] = {
        "subject_codes": [",".join(found) for found, _, _ in subjects],
        "subject_remarks": ["；".join(remarks)[:300] or None for _, remarks, _ in subjects],
        "subject_unknown": ["；".join(unknown)[:200] or None for _, _, unknown in subjects],
        "level": [level for level, _ in grades],
        "class": [rank for _, rank in grades],
        "number_fault": [_fault(number) for number in numbers],
        "category_in_number": [number[17:21] if len(number) == 22 else None for number in numbers],
        "uscc_fault": [
            "；".join(check_uscc(text).problems) or None if text else None for text in block["uscc"].to_list()
        ],
        "category_stem": [code.split(".")[0] or None for code in categories],
    }
    return block.with_columns(pl.Series(name, values, dtype=pl.String) for name, values in added.items())


def _fault(number: str) -> str | None:
    """What is wrong with a number of today; older ones say nothing that could be judged, those of filings are free."""
    if len(number) != 22:
        return None
    return "；".join(check_institution_number(number).problems) or None


def _grade(text: str) -> tuple[str, str]:
    """Level and class of 三级甲等; unreadable or none is 未定级, 未定等."""
    level = next((code for sign, code in _LEVELS.items() if sign in text), "0" if "社区" in text else "9")
    return level, next((code for sign, code in _CLASSES.items() if sign in text), "9")


def _subjects(text: str) -> tuple[list[str], list[str], list[str]]:
    """Codes, remarks in the words of the list, and names that no table knows."""
    table = codes.table("clinical_subject")
    found: list[str] = []
    remarks: list[str] = []
    unknown: list[str] = []
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        remarked = _REMARKED.match(part)
        name = remarked[1] if remarked else part
        code = table.get(name) or table.find_by_name(name) or table.find_by_name(f"{name}专业")
        if code is None:
            unknown.append(part)
            continue
        found.append(code.code)
        if remarked:
            remarks.append(part)
    return list(dict.fromkeys(found)), remarks, unknown


def _party(role: str, column: str, line: str, kind: str = "'person'") -> Makes:
    """Somebody who answers for it, where the list names her."""
    values = {"role": f"'{role}'", "party_kind": kind, "name": f"s.{column}"}
    return Makes(InstitutionParty, f"'{line}'", SINCE, values, when=f"s.{column} is not null")


def _own(title: str, wanted: str) -> str:
    """A value that counts only under one regime."""
    return f"case when s.kind {wanted} ('clinic_filed', 'tcm_clinic_filed') then {title} end"


REGISTERED = {
    "kind": "s.kind", "name": "s.name", "registration_number": _own(f"s.{NUMBER}", "not in"),
    "filing_number": _own(f"s.{NUMBER}", "in"), "uscc": "s.uscc", "category": "s.category", "level": "s.level",
    "grade": "s.class", "ownership": "s.ownership", "economic_type": "s.economic_type",
    "business_nature": "s.business_nature", "affiliation": "s.affiliation", "subjects": SUBJECTS,
    "service_objects": "'{}'", "service_modes": "'{}'", "beds": "coalesce(s.beds, 0)",
    "dental_chairs": "coalesce(s.dental_chairs, 0)", "observation_beds": "0", "staff_total": "s.staff_total",
    "health_staff": "s.health_staff", "capital": "s.capital", "district": "s.district", "address": "s.address",
    "postcode": "s.postcode", "issued_on": "s.issued_on", "term_from": "s.term_from", "term_to": "s.term_to",
    "status": "coalesce(s.status, case when s.kind in ('clinic_filed', 'tcm_clinic_filed') then 'filed' else 'active' end)",
}  # fmt: skip

INSTITUTIONS = declare(
    Format(
        code="institution_register",
        title="医疗机构登记名册",
        purpose="登记机关现有的机构名册，一家一行；新的安装由此开始，以后的名册更新登记。",
        columns=(
            Column(
                NUMBER, "登记号", required=True, longest=40, synonyms=("医疗机构代码", "登记号码", "许可证登记号", "备案编号"),
                note="22位，带不带连字符都可以；备案的诊所填备案编号；旧号码（12、15、18位）照填",
            ),
            Column("name", "机构名称", required=True, longest=200, synonyms=("医疗机构名称", "单位名称", "第一名称")),
            Column("kind", "登记类型", Kind.CODE, required=True, table="registration_kind", synonyms=("登记备案类型",)),
            Column("uscc", "统一社会信用代码", Kind.TEXT, longest=18, synonyms=("信用代码", "社会信用代码")),
            Column("category", "机构类别", Kind.CODE, required=True, table="institution_category", synonyms=("类别", "机构类型")),
            Column("grade", "级别等次", longest=20, synonyms=("医院等级", "等级", "级别"), note="如：三级甲等；未定级的可以不填"),
            Column("ownership", "所有制形式", Kind.CODE, table="ownership_form", synonyms=("所有制",)),
            Column("economic_type", "经济类型", Kind.CODE, table="economic_type"),
            Column("business_nature", "经营性质", Kind.CODE, required=True, table="institution_business_nature"),
            Column("affiliation", "隶属关系", Kind.CODE, table="institution_affiliation"),
            Column(
                "subjects", "诊疗科目", longest=3000, synonyms=("核准诊疗科目",),
                note="名称或代码，以分号、顿号分开；备注写在括号里，如：外科（门诊）",
            ),
            Column("beds", "床位", Kind.WHOLE, low=0, high=20000, synonyms=("床位数", "核定床位", "编制床位")),
            Column("dental_chairs", "牙椅", Kind.WHOLE, low=0, high=2000, synonyms=("牙椅数",)),
            Column("staff_total", "职工人数", Kind.WHOLE, low=0, high=30000),
            Column("health_staff", "卫生技术人员", Kind.WHOLE, low=0, high=30000, synonyms=("卫技人员",)),
            Column("capital", "注册资金", Kind.NUMBER, low=0, high=999999999, decimals=2, note="万元", synonyms=("注册资金（资本）",)),
            Column("district", "所在区", Kind.CODE, required=True, table="district", synonyms=("区", "行政区划", "所属区")),
            Column("address", "地址", required=True, longest=200, synonyms=("执业地点", "机构地址", "详细地址")),
            Column("postcode", "邮政编码", Kind.DIGITS, longest=6, synonyms=("邮编",)),
            Column("founder", "设置单位（人）", longest=200, synonyms=("设置单位", "举办单位", "设置人")),
            Column("legal", "法定代表人", longest=200, synonyms=("法人代表", "法人")),
            Column("principal", "主要负责人", longest=200, synonyms=("负责人",)),
            Column("registered_on", "登记日期", Kind.DAY, required=True, synonyms=("批准日期", "首次登记日期", "备案日期")),
            Column("issued_on", "发证日期", Kind.DAY),
            Column("term_from", "有效期自", Kind.DAY, synonyms=("有效期起", "有效期开始")),
            Column("term_to", "有效期至", Kind.DAY, synonyms=("有效期止", "有效期截止")),
            Column("months", "校验期", Kind.WHOLE, low=12, high=36, note="月：12 或者 36", synonyms=("校验周期",)),
            Column("due_on", "下次校验日期", Kind.DAY, synonyms=("下次校验", "校验到期日")),
            Column("status", "状态", Kind.CODE, table="institution_status", synonyms=("登记状态", "执业状态")),
        ),
        holder=Holder(
            number=NUMBER, name="name", document="", identity=InstitutionLicence, line=LINE, compared={"name": "name"},
            new=REGISTERED, since="s.registered_on", kind="institution", known=KNOWN,
        ),
        makes=(
            Makes(InstitutionLicence, f"'{LINE}'", SINCE, REGISTERED),
            Makes(
                InstitutionNumber,
                f"'number:' || case when s.{NUMBER} ~ '{_LEGACY}' then 'legacy' else 'registration' end || ':' || s.{NUMBER}",
                SINCE,
                {
                    "kind": f"case when s.{NUMBER} ~ '{_LEGACY}' then 'legacy' else 'registration' end",
                    "number": f"s.{NUMBER}",
                },
                when="s.kind not in ('clinic_filed', 'tcm_clinic_filed')",
            ),
            _party(FOUNDER, "founder", f"{FOUNDER}:1", "case when length(s.founder) > 4 then 'legal_person' else 'person' end"),
            _party(LEGAL_REPRESENTATIVE, "legal", LEGAL_REPRESENTATIVE),
            _party(PRINCIPAL, "principal", PRINCIPAL),
            Makes(
                VerificationPeriod, f"'{VERIFICATION}'", SINCE,
                {"months": "coalesce(s.months, 12)", "due_on": "s.due_on"}, when="s.due_on is not null",
            ),
            Makes(
                DuplicateRemark, "'remark:subjects'", SINCE,
                {"kind": "'other'", "text": "'诊疗科目备注：' || s.subject_remarks"}, when="s.subject_remarks is not null",
            ),
        ),
        key=(NUMBER,),
        derive=_read,
        derived={
            "subject_codes": "text", "subject_remarks": "text", "subject_unknown": "text", "level": "text",
            "class": "text", "number_fault": "text", "category_in_number": "text", "uscc_fault": "text",
            "category_stem": "text",
        },
        checks=(
            in_future("registered_in_future", "registered_on", "登记日期晚于今天"),
            RowCheck(
                "number_wrong", NUMBER, "登记号的组成或者机构代码的校验位不对，请核对；已换新号的填新号",
                pl.col("number_fault").is_not_null(), Severity.QUARANTINE,
            ),
            RowCheck(
                "number_of_other_category", NUMBER, "登记号中的机构类别与“机构类别”不同；类别变更过的照登",
                pl.col("category_in_number") != pl.col("category_stem"), Severity.NOTE,
            ),
            RowCheck(
                "uscc_wrong", "uscc", "统一社会信用代码的位数或者校验位不对", pl.col("uscc_fault").is_not_null(), Severity.QUARANTINE,
            ),
            RowCheck(
                "nature_differs", "business_nature", "营利性机构的信用代码应以9开头，非营利性的不应是企业或者个体户，请核对",
                (pl.col("business_nature") == "3") != pl.col("uscc").str.starts_with("9"), Severity.NOTE,
            ),
            RowCheck(
                "subject_unknown", "subjects", "有诊疗科目不在代码表中，没有该科目的行不能接收；请按模板的代码页填写",
                pl.col("subject_unknown").is_not_null(),
            ),
            RowCheck(
                "no_subjects", "subjects", "没有诊疗科目", pl.col("subject_codes") == "", Severity.NOTE, institution_regulation(16),
            ),
            RowCheck("term_backwards", "term_to", "有效期止早于有效期起", pl.col("term_to") < pl.col("term_from")),
            RowCheck(
                "term_over", "term_to", "许可证有效期已过，状态仍是正常执业，请核对",
                (pl.col("term_to") < pl.col(TODAY)) & (pl.col("status").fill_null("active") == "active"), Severity.NOTE,
            ),
        ),
        follows=follow,
    )
)  # fmt: skip
