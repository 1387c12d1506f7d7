"""医师执业证书, 执业助理医师执业证书 (医师法第十三条) and 医师资格证书 (第十二条): what the register says of a doctor, with her photo.

The paper form prints the identity number and the qualification number in full; so does the electronic one, which
therefore only its holder, her institutions and the authority can open. The public sees the register's public fields.
"""

from yizheng.documents.declarations import CertificateKind, Printed

_HOLDER = (
    Printed("name", "姓名"),
    Printed("sex", "性别"),
    Printed("identity_number", "身份证件号码"),
    Printed("level", "级别"),
    Printed("qualification_number", "资格证书编码"),
)
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
    (
        Printed("name", "姓名"),
        Printed("sex", "性别"),
        Printed("birth_date", "出生日期"),
        Printed("identity_number", "身份证件号码"),
        Printed("qualification_number", "证书编码"),
    ),
    (
        Printed("level", "级别"),
        Printed("category", "类别"),
        Printed("education", "学历", optional=True),
        Printed("school", "毕业院校", optional=True),
        Printed("major", "所学专业", optional=True),
        Printed("qualified_on", "签发日期"),
    ),
)
"""Its number (证书编码) contains the identity number and is printed only; the certificate is filed under a serial of its own."""

QUALIFICATION_EXTRACT = CertificateKind(
    "qualification_extract",
    "医师资格信息查询证明",
    (
        Printed("name", "姓名"),
        Printed("sex", "性别"),
        Printed("identity_number", "身份证件号码"),
        Printed("qualification_number", "资格证书编码"),
    ),
    (
        Printed("level", "级别"),
        Printed("category", "类别"),
        Printed("way", "取得方式"),
        Printed("qualified_on", "签发日期"),
        Printed("purpose", "用途"),
    ),
)
