"""The instruments of a licence on application, from receipt to decision (行政许可法第三十二条、第三十八条、第四十二条、第四十五条)."""

from yizheng.documents.declarations import PAGES, InstrumentKind

_CASE = frozenset({"addressee", "item", "case_number"})
_ANY = {"you": "你", "copies": ()}
_REMEDIES = {"review_channel": None, "court": "人民法院"}
_SCOPE_ARTICLE = "《中华人民共和国行政许可法》第三十二条第一款第（二）项"

INSTRUMENTS = (
    InstrumentKind(
        "acceptance_notice",
        "受",
        "受理通知书",
        PAGES / "acceptance.typ",
        _CASE | {"applied_on", "accepted_on", "statutory_days", "due_on"},
        {**_ANY, "promised_days": None, "materials": ()},
    ),
    InstrumentKind(
        "correction_notice",
        "补",
        "补正告知书",
        PAGES / "correction.typ",
        _CASE | {"received_on", "points"},
        {**_ANY, "reply_by": None},
    ),
    InstrumentKind(
        "non_acceptance",
        "不受",
        "不予受理通知书",
        PAGES / "nonacceptance.typ",
        _CASE | {"received_on", "reasons", "review_body"},
        {**_ANY, **_REMEDIES, "articles": (_SCOPE_ARTICLE,), "proper_authority": None},
    ),
    InstrumentKind(
        "grant",
        "许准",
        "准予{item}决定书",
        PAGES / "grant.typ",
        _CASE | {"applied_on", "accepted_on", "articles"},
        {**_ANY, "contents": (), "certificate": None},
    ),
    InstrumentKind(
        "refusal",
        "许不",
        "不予{item}决定书",
        PAGES / "refusal.typ",
        _CASE | {"applied_on", "accepted_on", "reasons", "articles", "review_body"},
        {**_ANY, **_REMEDIES},
    ),
    InstrumentKind(
        "withdrawal", "撤", "撤回申请确认书", PAGES / "withdrawal.typ", _CASE | {"applied_on", "withdrawn_on"}, {**_ANY}
    ),
    InstrumentKind(
        "extension_notice",
        "延",
        "延长办理期限告知书",
        PAGES / "extension.typ",
        _CASE | {"accepted_on", "reason", "due_on"},
        {**_ANY, "days": "十"},
    ),
    InstrumentKind(
        "procedure_notice",
        "程",
        "特别程序告知书",
        PAGES / "procedure.typ",
        _CASE | {"accepted_on", "procedure", "needed_days"},
        {**_ANY, "reason": None},
    ),
)
