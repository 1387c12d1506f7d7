"""The kinds of certificates and instruments every system of the platform shares.

医师执业证书, 执业助理医师执业证书 (医师法第十三条) and 医师资格证书 (第十二条): what the register says of a doctor, with her photo. The
paper form prints the identity number and the qualification number in full; so does the electronic one, which therefore
only its holder, her institutions and the authority can open. The public sees the register's public fields.

Instruments of a licence on application, from receipt to decision (行政许可法第三十二条、第三十八条、第四十二条、第四十五条).
"""

from yizheng.documents.declarations import PAGES, CertificateKind, InstrumentKind, Printed, declare

_NAME, _SEX, _IDENTITY = Printed("name", "姓名"), Printed("sex", "性别"), Printed("identity_number", "身份证件号码")
_LEVEL, _QUALIFICATION = Printed("level", "级别"), Printed("qualification_number", "资格证书编码")
_CATEGORY, _QUALIFIED_ON = Printed("category", "类别"), Printed("qualified_on", "签发日期")
_HOLDER = (_NAME, _SEX, _IDENTITY, _LEVEL, _QUALIFICATION)
_PRACTICE = (
    Printed("category", "执业类别"),
    Printed("scope", "执业范围"),
    Printed("place", "执业地点"),
    Printed("institution", "主要执业机构"),
    Printed("other_institutions", "其他执业机构", optional=True),
)

DOCTOR_PRACTICE = CertificateKind("doctor_practice", "医师执业证书", _HOLDER, _PRACTICE)
ASSISTANT_PRACTICE = CertificateKind("assistant_practice", "执业助理医师执业证书", _HOLDER, _PRACTICE)
QUALIFICATION = CertificateKind(
    "qualification",
    "医师资格证书",
    (_NAME, _SEX, Printed("birth_date", "出生日期"), _IDENTITY, Printed("qualification_number", "证书编码")),
    (
        _LEVEL,
        _CATEGORY,
        Printed("education", "学历", optional=True),
        Printed("school", "毕业院校", optional=True),
        Printed("major", "所学专业", optional=True),
        _QUALIFIED_ON,
    ),
)
"""Its number (证书编码) contains the identity number and is printed only; the certificate is filed under a serial of its own."""

QUALIFICATION_EXTRACT = CertificateKind(
    "qualification_extract",
    "医师资格信息查询证明",
    (_NAME, _SEX, _IDENTITY, _QUALIFICATION),
    (_LEVEL, _CATEGORY, Printed("way", "取得方式"), _QUALIFIED_ON, Printed("purpose", "用途")),
)


_CASE = frozenset({"addressee", "item", "case_number"})
_ANY = {"you": "你", "copies": ()}
_REMEDIES = {"review_channel": None, "court": "人民法院"}
_SCOPE_ARTICLE = "《中华人民共和国行政许可法》第三十二条第一款第（二）项"


def _kind(code: str, word: str, title: str, page: str, fields: str, **optional: object) -> InstrumentKind:
    """An instrument of a case; ``fields`` are those its page prints besides the case's own."""
    needed = _CASE | frozenset(fields.split())
    return InstrumentKind(code, word, title, PAGES / f"{page}.typ", needed, {**_ANY, **optional})


INSTRUMENTS = (
    _kind(
        "acceptance_notice", "受", "受理通知书", "acceptance", "applied_on accepted_on statutory_days due_on",
        promised_days=None, materials=(),
    ),
    _kind("correction_notice", "补", "补正告知书", "correction", "received_on points", reply_by=None),
    _kind(
        "non_acceptance", "不受", "不予受理通知书", "nonacceptance", "received_on reasons review_body",
        **_REMEDIES, articles=(_SCOPE_ARTICLE,), proper_authority=None,
    ),
    _kind(
        "grant", "许准", "准予{item}决定书", "grant", "applied_on accepted_on articles",
        contents=(), certificate=None,
    ),
    _kind(
        "refusal", "许不", "不予{item}决定书", "refusal", "applied_on accepted_on reasons articles review_body",
        **_REMEDIES,
    ),
    _kind("withdrawal", "撤", "撤回申请确认书", "withdrawal", "applied_on withdrawn_on"),
    _kind("extension_notice", "延", "延长办理期限告知书", "extension", "accepted_on reason due_on", days="十"),
    _kind("procedure_notice", "程", "特别程序告知书", "procedure", "accepted_on procedure needed_days", reason=None),
)  # fmt: skip

declare(DOCTOR_PRACTICE, ASSISTANT_PRACTICE, QUALIFICATION, QUALIFICATION_EXTRACT, *INSTRUMENTS)
