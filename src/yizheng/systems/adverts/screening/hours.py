"""接诊时间 in any words: days, parts of the day, clock times, days off, in Chinese and English."""

import re
from collections.abc import Iterator

_N = r"(?:[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3})"
_CLOCK = (
    rf"(?<![0-9]){_N}[:;.]\s*[0-9o]{{2}}(?:(?![0-9])|(?=0[0-9]{{2,3}}[-)]))\s*(?:[ap]\.?m\.?)?"
    rf"|{_N}\s*[ap]\.?m\b\.?"
    rf"|{_N}[点时](?!候)(?:[0-9]{{1,2}}分?|[一二三四五]?十?[一二三四五六七八九零十]?分|半|整|钟|一刻|三刻)*"
    r"|(?<![0-9])(?:[01][0-9]|2[0-4])[0-5][0-9]\s*[-~至到]\s*(?:[01][0-9]|2[0-4])[0-5][0-9](?![0-9])"
    rf"|{_N}\s*[-~至到—]+\s*{_N}\s*[点时]"
)
_WEEKDAY = (
    r"(?:每?(?:周|星期|礼拜)[一二三四五六七日天末1-7]"
    r"(?:\s*[、,和及]?\s*(?:周|星期|礼拜)?[一二三四五六日天](?![点时分]))*|周末|双休日?|单休)"
)
_ALWAYS = (
    r"(?:7\s*[x×*天]\s*)?(?:24|二十四|廿四)\s*(?:小时|个小时|钟头|h(?:ours?|rs?)?)(?!内?(?:见|止|消|治|愈|恢复|出院|起效|康复|退))"
    r"|24/7|全天候?|昼夜|不分昼夜|日夜|全年|每[天日]|天天|365天|三百六十五天|无假日|无节假日|不打烊"
)
_DAYS_OFF = (
    r"无休息?日?|不休息?|无休|年中无休|休息|休诊|(?<=[一二三四五六日天末])休(?![闲克养])|放假|停诊|不停诊|歇业|(?:国家|国定)?(?:法定)?(?:节假日|假日|节日|假期)|工作日|平日|公休日?"
    r"|春节|元旦|国庆节?|清明节?|(?<![零〇一二三四五六七八九])(?:五一|十一)(?![零〇一二三四五六七八九点时])|端午节?|中秋节?|劳动节|除夕|年三十|[正腊]月|初[一二三四五六七八九十]|大年|[0-9]{1,2}月[0-9]{1,2}日|冬令时|夏令时|[春夏秋冬]季"
)
_ENGLISH = (
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?|\bdaily\b|\bevery\s*day\b|\bweek(?:days?|ends?)\b"
    r"|\b(?:public\s+)?holidays?\b|\bclosed\b|\bnoon\b|\bmidnight\b|\ball\s+year\b|\baround the clock\b"
)
_PART = r"上午|下午|中午|早上|早晨|清晨|晚上|晚间|夜间|夜里|凌晨|傍晚|白天|日间|午间|午休|早|晚|夜|am|pm"
_FILLER = (
    r"开诊|接诊|应诊|出诊|看诊|夜诊|门急诊|门诊|急诊|营业|上班|下班|开门|关门|开放|服务|值班|照常|正常|除外|以外|之外|另行通知|提前|顺延|均|都|也|逢|不|有|为|可|全部|全体|时段|整|外|内"
    r"|和|及|与|或|至|到|从|起|止|的|至次日|次日|第二天|每周|每星期|单|双|\b(?:to|through|from|and|till|until|open|except|on)\b"
)
_SIGNS = r"[\s:,，、;/.\-~—–()（）|&+]*"
_CORE = f"{_CLOCK}|{_WEEKDAY}|{_ALWAYS}|{_DAYS_OFF}|{_ENGLISH}"
_RUN = re.compile(
    rf"(?:(?:{_PART}|{_FILLER}){_SIGNS})*(?:{_CORE})(?:{_SIGNS}(?:{_CORE}|{_PART}|(?:{_FILLER})(?![一-鿿])|(?:{_FILLER})(?={_SIGNS}(?:{_CORE}|{_PART}|{_FILLER}))))*"
)


def hours(plain: str) -> Iterator[tuple[int, int]]:
    """Where a text tells when patients are received."""
    for found in _RUN.finditer(plain):
        yield found.span()
