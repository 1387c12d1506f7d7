"""The shapes of the open interface. Nothing leaves that is not a field here."""

from datetime import date

from ninja import Field, Schema


class ProblemOut(Schema):
    """What went wrong (RFC 9457), in Chinese words meant for a person."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    field: str | None = Field(default=None, description="出错的参数名")


class ScopeOut(Schema):
    """执业范围."""

    name: str = Field(description="执业范围名称")
    added: date | None = Field(description="增加日期，随首次注册取得的为空")


class PlaceOut(Schema):
    """执业机构."""

    name: str = Field(description="机构名称")
    since: date = Field(description="起始日期")
    until: date | None = Field(description="有效的最后一天，长期的为空")


class PractitionerOut(Schema):
    """一人在一个登记簿中的公示内容."""

    name: str = Field(description="姓名")
    sex: str = Field(description="性别")
    level: str = Field(description="级别；没有级别之分的登记簿为空")
    category: str = Field(description="执业类别；没有类别之分的登记簿为空")
    scopes: list[ScopeOut] = Field(description="执业范围")
    place: str = Field(description="执业地点")
    main_institution: PlaceOut | None = Field(description="主要执业机构；离岗备案期间为空")
    other_institutions: list[PlaceOut] = Field(description="现行的多机构备案")
    authority: str = Field(description="批准机关")
    practice_number: str = Field(description="执业证书编码，中段遮盖")
    first_registered: date = Field(description="首次注册日期")
    status: str = Field(description="注册状态")
    may_practise: bool = Field(description="查询当日可否执业")
    valid_until: date | None = Field(description="现行注册有效期的最后一天；没有有效期或者现在不可执业的为空")
    verdict: str = Field(description="查询当日的结论")
    link: str = Field(description="公示页的固定地址")


class PractitionersOut(Schema):
    """查询结果：查到与查不到形式相同."""

    count: int = Field(description="返回条数，最多 20")
    more: bool = Field(description="是否还有未返回的结果；有时请把机构名称写完整")
    results: list[PractitionerOut]


class PractitionersQuestion(Schema):
    """按姓名加机构，或者按执业证书编码。"""

    name: str = Field(default="", description="姓名全名", max_length=200)
    institution: str = Field(default="", description="执业机构名称，可只写有区别的一部分", max_length=200)
    practice_number: str = Field(default="", description="执业证书编码，与姓名加机构二选一", max_length=200)


class QualificationNumberIn(Schema):
    """按医师资格证书编码查询的请求."""

    qualification_number: str = Field(description="医师资格证书编码，27 位或旧编码 24 位", max_length=64)


class CertificateOut(Schema):
    """证照核验结果：查到与查不到形式相同."""

    verdict: str = Field(
        description="valid 有效、superseded 已换发、revoked 已失效、forged 非本机关签发、unknown 未查到"
    )
    sentence: str = Field(description="结论")
    title: str | None = Field(default=None, description="证照名称")
    issuer: str | None = Field(default=None, description="签发机关")
    issued_on: date | None = Field(default=None, description="签发日期")
    version: int | None = Field(default=None, description="版本")
    status: str | None = Field(default=None, description="证照状态")
    ended_on: date | None = Field(default=None, description="失效日期")
