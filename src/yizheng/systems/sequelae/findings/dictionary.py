"""The dictionary of findings: terms with their synonyms, and terms whose organ and lesion stand apart in a text."""

import re
from dataclasses import dataclass
from functools import cache

from yizheng.systems.sequelae.tables import rows

CATEGORY_ALONE = re.compile(r"(?:TI|BI)-RADS")
"""A category of imaging says something of a finding; by itself it is none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A standard term; sided when the finding is of a left or right part."""

    code: str
    name: str
    sided: bool


@dataclass(frozen=True, slots=True)
class Apart:
    """A term written as an organ and, within the sentence, what was found there."""

    code: str
    organ: re.Pattern[str]
    lesion: re.Pattern[str]


_RAISED = r"(?:升高|偏高|增高|高于正常|↑)"
_LOWERED = r"(?:减少|降低|减低|下降|偏低|↓)"
_POSITIVE = r"(?:阳性|\(?\++\)?|[1-4]\+)"
_APART = (
    ("PF001", r"肺", r"间质(?:性)?(?:纤维化|改变|病变)|纤维化|网格状?影|蜂窝状?影"),
    ("PF002", r"肺", r"磨玻璃(?:样)?(?:密度)?(?:影|改变|灶)"),
    ("PF003", r"肺", r"条索状?(?:影|灶|高密度影)|索条状?(?:影|灶)|纤维(?:索条|条索)"),
    ("PF004", r"肺", r"陈旧性?(?:病变|病灶|灶|结核)|钙化灶"),
    ("PF005", r"肺", r"(?:小|微小|实性|磨玻璃)?结节(?:影|灶)?"),
    ("PF006", r"肺", r"大[疱泡]"),
    ("PF007", r"肺", r"气肿"),
    ("PF008", r"肺|支气管", r"支气管(?:\S{0,4})扩张|扩张"),
    ("PF009", r"胸膜", r"增厚|肥厚|粘连|钙化"),
    ("PF010", r"胸腔|胸膜腔", r"积液"),
    ("PF014", r"弥散(?:功能|量)?|DLCO", rf"障碍|减退|异常|{_LOWERED}"),
    ("PF015", r"小气道(?:功能)?|MMEF", rf"障碍|减退|异常|{_LOWERED}"),
    ("PF011", r"限制性?", r"通气功能障碍|通气障碍"),
    ("PF012", r"阻塞性?", r"通气功能障碍|通气障碍"),
    ("PF013", r"混合[性型]", r"通气功能障碍|通气障碍"),
    ("PF016", r"股骨头", r"(?:缺血性?|无菌性)?(?:骨)?坏死"),
    ("PF017", r"股骨头|髋(?:关节)?关节面", r"塌陷|变扁|变平|新月征"),
    ("PF019", r"髋(?:关节)?(?:腔|囊)?", r"积液"),
    ("PF020", r"髋(?:关节)?", r"置换术?后"),
    ("PF021", r"股骨(?:内|外)?(?:侧)?(?:髁|远端)", r"(?:缺血性?)?(?:骨)?(?:坏死|梗死)"),
    ("PF022", r"胫骨", r"(?:缺血性?)?(?:骨)?(?:坏死|梗死)"),
    ("PF023", r"肱骨头", r"(?:缺血性?|无菌性)?(?:骨)?坏死"),
    ("PF024", r"距骨", r"(?:缺血性?)?(?:骨)?坏死"),
    ("PF027", r"血压", _RAISED),
    ("PF031", r"甘油三酯|胆固醇|低密度脂蛋白|血脂|TG|TC|LDL(?:-C)?", rf"{_RAISED}|异常"),
    ("PF032", r"血糖|GLU|FPG", _RAISED),
    ("PF034", r"尿酸|UA", _RAISED),
    ("PF035", r"转氨酶|ALT|AST", _RAISED),
    ("PF036", r"肌酐|CREA|Cr", _RAISED),
    ("PF037", r"白细胞(?:计数)?|WBC", rf"{_LOWERED}|低"),
    ("PF038", r"血红蛋白|血色素|HGB|Hb", rf"{_LOWERED}|低"),
    ("PF039", r"血小板(?:计数)?|PLT", rf"{_LOWERED}|低"),
    ("PF040", r"尿蛋白|PRO", _POSITIVE),
    ("PF041", r"潜血|隐血|BLD", _POSITIVE),
    ("PF042", r"肝", r"脂肪(?:浸润|变性?|样变)"),
    ("PF043", r"胆囊", r"结石"),
    ("PF044", r"胆囊", r"息肉(?:样病变)?|隆起样病变"),
    ("PF045", r"肝", r"囊肿"),
    ("PF046", r"肾", r"囊肿"),
    ("PF047", r"肾", r"结石"),
    ("PF048", r"甲状腺", r"结节"),
    ("PF049", r"乳腺|乳房|双乳|[左右]乳", r"结节"),
    ("PF050", r"前列腺", r"增生|增大|肥大"),
    ("PF051", r"颈(?:总|内|外)?动脉", r"斑块"),
    ("PF052", r"子宫", r"肌瘤"),
    ("PF054", r"ST(?:-T|段)?|T波", r"改变|异常|低平|压低"),
    ("PF057", r"束支", r"阻滞"),
    ("PF058", r"晶状?体", r"混浊|浑浊"),
    ("PF059", r"眼压", _RAISED),
    ("PF061", r"抑郁", r"症状|状态|倾向|情绪"),
    ("PF062", r"焦虑", r"症状|状态|倾向|情绪"),
    ("PF063", r"创伤后应激", r"症状|障碍|反应"),
    ("PF064", r"睡眠", r"障碍|质量差|困难"),
)  # fmt: skip

OTHER_ORGANS = re.compile(
    r"膝|肩|踝|肘|腕|腹腔|盆腔|心包|鼻窦|鼻|颅|脑|脾|胰|腮腺|淋巴|脊柱|腰椎|颈椎|椎|膀胱|输尿管|卵巢|附件|皮下|声带|胃|肠|食管|垂体|肾上腺|"
    r"主动脉|冠状动脉|下肢动脉|阑尾|骶髂|髌"
)
"""Parts of the body whose lesions are no terms of the dictionary: a nodule there is not one of the lung."""


@cache
def terms() -> dict[str, Term]:
    """The standard terms by code."""
    return {
        row["code"]: Term(row["code"], row["term"], "side" in row["attributes"].split()) for row in rows("findings")
    }


@cache
def written() -> tuple[tuple[str, str], ...]:
    """Every way a term is written as one word, the longest first, with its code."""
    found: dict[str, str] = {}
    for row in rows("findings"):
        for word in (row["term"], *filter(None, row["synonyms"].split(";"))):
            if not CATEGORY_ALONE.match(word):
                found.setdefault(word, row["code"])
    return tuple(sorted(found.items(), key=lambda each: -len(each[0])))


@cache
def apart() -> tuple[Apart, ...]:
    """The terms whose organ and lesion may stand apart."""
    return tuple(Apart(code, re.compile(organ), re.compile(lesion)) for code, organ, lesion in _APART)


LESIONS_ALONE = frozenset({
    "小结节", "微小结节", "结节影", "实性结节", "磨玻璃结节", "少量积液", "关节腔积液", "钙化灶", "陈旧灶", "陈旧病灶", "索条影", "条索影",
    "纤维索条", "纤维条索灶", "索条状影", "网格影", "蜂窝影", "磨玻璃影", "毛玻璃影", "间质性改变", "骨梗死", "骨髓水肿", "陈旧性病变",
    "胸膜钙化", "关节面塌陷",
})  # fmt: skip
"""Words that name a lesion without its organ: elsewhere in the body they are not the term."""
