"""The person every file about doctors speaks of: how she is found, compared, and made when nobody knows her yet."""

from yizheng.intake.columns import Column, Kind
from yizheng.intake.formats import Holder
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE

NAME = Column("name", "姓名", Kind.NAME, required=True, synonyms=("考生姓名", "持证人姓名"), longest=60)
SEX = Column("gender", "性别", Kind.CODE, required=True, table="gender", synonyms=("性别代码",))
BORN = Column("birth_date", "出生日期", Kind.DAY, required=True, synonyms=("出生年月日", "生日"))
DOCUMENT = Column(
    "id_type", "证件类型", Kind.CODE, required=True, table="id_document_type", synonyms=("证件类型代码", "证件名称")
)
NUMBER = Column(
    "id_number",
    "证件号码",
    Kind.IDENTIFIER,
    required=True,
    synonyms=("身份证号", "身份证号码", "公民身份号码", "证件编号"),
)
ETHNIC_GROUP = Column("ethnic_group", "民族", Kind.CODE, table="ethnic_group", synonyms=("民族代码",))
NATIONALITY = Column("nationality", "国籍", Kind.CODE, table="nationality", synonyms=("国籍代码", "国家或地区"))

PERSON = (NAME, SEX, BORN, DOCUMENT, NUMBER, ETHNIC_GROUP, NATIONALITY)
_COMPARED = {"name": "name", "gender": "sex", "birth_date": "birth_date"}
_IDENTITY = {
    "name": "s.name",
    "sex": "s.gender",
    "birth_date": "s.birth_date",
    "ethnic_group": "s.ethnic_group",
    "nationality": "coalesce(s.nationality, '156')",
}


def known_or_new() -> Holder:
    """A person nobody knows enters the register with what the file says of her, from her day of birth."""
    return Holder("id_number", "name", "id_type", PersonIdentity, LINE, _COMPARED, new=_IDENTITY, since="s.birth_date")


def known() -> Holder:
    """Only persons the register knows."""
    return Holder("id_number", "name", "id_type", PersonIdentity, LINE, _COMPARED)
