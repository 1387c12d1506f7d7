"""Names of people who do not exist: common, compound, rare beyond the basic plane, and of several peoples."""

from __future__ import annotations

from dataclasses import dataclass

from yizheng.demo.dice import Dice
from yizheng.kernel.codes import table

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "慕容", "令狐", "尉迟", "东方", "皇甫", "公孙", "夏侯", "单于")
MALE = (
    "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林志远景行书言致和承泽文博思源子墨嘉树怀瑾亦安"
)
FEMALE = (
    "芳娜敏静丽艳娟霞秀玲燕红萍雪琳倩颖洁梅莉兰凤云晓知夏南乔望舒清越若兮语桐书瑶雨晴思齐诗涵婉宁沐妍可昕"
)
RARE = ("\U0002cc56", "\U0002c62d", "\U0002b5af", "\U0002b36f", "䶮", "㛃", "堃", "喆", "翀", "璟")
"""Characters that old systems lose: several lie beyond the basic multilingual plane."""
OTHER_PEOPLES = {
    "维吾尔族": (
        ("艾尔肯·吐尔逊", "阿迪力·买买提", "库尔班·赛买提"),
        ("阿依古丽·艾山", "古丽娜尔·玉素甫", "祖丽菲娅·阿不都"),
    ),
    "哈萨克族": (("叶尔兰·巴合提", "赛力克·胡安别克"), ("阿依努尔·木拉提", "加依娜·叶尔肯")),
    "藏族": (("扎西多吉", "洛桑平措", "旦增曲扎"), ("卓玛央金", "德吉措姆", "格桑拉姆")),
    "蒙古族": (("巴特尔夫", "那日松图", "苏和巴图"), ("乌云塔娜", "萨仁高娃", "其其格日")),
}
NORTHERN_PEOPLES = ("满族", "回族", "朝鲜族", "蒙古族")
_UNLUCKY = frozenset({"王伟", "李强", "张杰", "李娜", "刘翔"})
"""Two-character names of well-known people are not given."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name with the ethnic group it goes with (a code of the table)."""

    name: str
    ethnic_group: str


def name(dice: Dice, sex: str) -> Named:
    """A name for a man (``1``) or a woman (``2``)."""
    if dice.happens(0.02):
        people = dice.choice(sorted(OTHER_PEOPLES))
        men, women = OTHER_PEOPLES[people]
        return Named(dice.choice(men if sex == "1" else women), _code(people))
    group = dice.choice(NORTHERN_PEOPLES) if dice.happens(0.06) else "汉族"
    made = _han_name(dice, sex)
    while made in _UNLUCKY:
        made = _han_name(dice, sex)
    return Named(made, _code(group))


def _han_name(dice: Dice, sex: str) -> str:
    surname = dice.choice(COMPOUND) if dice.happens(0.015) else _surname(dice)
    given = MALE if sex == "1" else FEMALE
    if dice.happens(0.012):
        return surname + dice.choice(RARE)
    first = dice.choice(given)
    return surname + first + (dice.choice(given) if dice.happens(0.72) else "")


def _surname(dice: Dice) -> str:
    """The frequent ones far more often than the rest."""
    return SURNAMES[min(int(dice.expovariate(1 / 22)), len(SURNAMES) - 1)]


def _code(people: str) -> str:
    found = table("ethnic_group").find_by_name(people)
    assert found is not None, people
    return found.code
