"""护士执业证书: what it prints (护士条例 第八条)."""

from yizheng.documents.declarations import CertificateKind, Printed, declare

NURSE_CERTIFICATE = CertificateKind(
    "nurse_practice",
    "护士执业证书",
    (Printed("name", "姓名"), Printed("sex", "性别"), Printed("identity_number", "证件号码")),
    (
        Printed("place", "执业地点"),
        Printed("institution", "主要执业机构"),
        Printed("registered_on", "注册日期"),
        Printed("term_to", "注册有效期至"),
    ),
)
declare(NURSE_CERTIFICATE)
