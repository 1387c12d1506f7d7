"""What examiners write, and what it comes to."""

import pytest

from yizheng.systems.sequelae.findings import keeping
from yizheng.systems.sequelae.findings.text import certainty_of, findings


def told(text):
    """Code, side, certainty and what else is said of each finding."""
    return [
        " ".join(
            str(part)
            for part in (
                each.term.code, each.side, each.certainty, each.grade, each.stage, each.category, each.size_mm or "",
                each.change,
            )
            if part
        )
        for each in findings(text)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "双侧股骨头坏死，ARCO ⅢA期，较前进展",
            ["PF016 left present ARCO IIIA worse", "PF016 right present ARCO IIIA worse"],
        ),
        ("左右股骨头坏死，左侧Ficat 2期", ["PF016 left present Ficat II", "PF016 right present"]),
        ("左侧肱骨头、右侧股骨头缺血性坏死", ["PF023 left present", "PF016 right present"]),
        ("股骨头坏死（左侧），右侧未见异常", ["PF016 left present"]),
        ("股骨头无菌性坏死", ["PF016 present"]),
        ("右侧全髋关节置换术后", ["PF020 right present"]),
        ("可疑右侧股骨头塌陷约2mm", ["PF017 right uncertain 2.0"]),
    ],
)
def test_hips(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("右肺上叶尖段见磨玻璃结节，直径约0.6cm，较前相仿", ["PF005 right present 6.0 same"]),
        ("双肺间质改变，未见明显变化", ["PF001 left present same", "PF001 right present same"]),
        ("右肺中叶条索影、左肺下叶钙化灶", ["PF003 right present", "PF004 left present"]),
        ("左肺小结节3mm同前，右肺新见结节5mm", ["PF005 left present 3.0 same", "PF005 right present 5.0"]),
        ("轻度限制性通气功能障碍，弥散功能中度减低", ["PF011 present mild", "PF014 present moderate"]),
        ("心包少量积液，膝关节少量积液", []),
        ("右肺下叶支气管轻度扩张，较前好转", ["PF008 right present mild better"]),
    ],
)
def test_lungs(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲状腺右叶见低回声结节，大小约8×6mm，TI-RADS 3类", ["PF048 right present TI-RADS 3 8.0"]),
        ("左乳腺结节，BI-RADS 4a类", ["PF049 left present BI-RADS 4A"]),
        ("BI-RADS 3类", []),
        ("肝、肾囊肿", ["PF045 present", "PF046 present"]),
        ("肝右叶囊肿0.8×0.6cm，右肾囊肿1.1cm", ["PF045 present 8.0", "PF046 right present 11.0"]),
        ("前列腺增大，前列腺钙化灶", ["PF050 present"]),
        ("胆囊切除术后", []),
    ],
)
def test_organs_of_the_belly_and_neck(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("尿蛋白（＋），尿潜血（－）", ["PF040 present"]),
        ("尿酸 486μmol/L↑，甘油三酯2.5mmol/L↑，胆固醇升高", ["PF034 present", "PF031 present"]),
        ("血压 150/95mmHg↑", ["PF027 present"]),
        ("白细胞 3.2×10^9/L↓", ["PF037 present"]),
        ("双能X线骨密度检查示骨质疏松", ["PF025 present"]),
        ("血糖正常，肌酐正常", []),
    ],
)
def test_values_with_a_sign_are_the_term_of_the_abnormality(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "certainties"),
    [
        ("未见股骨头坏死", ["absent"]),
        ("无骨质疏松", ["absent"]),
        ("否认高血压、糖尿病史", ["absent", "absent"]),
        ("未见肺气肿，胸膜增厚", ["absent", "present"]),
        ("未见肺气肿但有胸膜增厚", ["absent", "present"]),
        ("除脂肪肝外未见异常", ["present"]),
        ("不除外骨质疏松", ["uncertain"]),
        ("骨质疏松不能排除", ["uncertain"]),
        ("考虑骨质疏松", ["uncertain"]),
        ("骨质疏松？", ["uncertain"]),
        ("肺结节，建议复查", ["present"]),
        ("糖尿病史10年", ["history"]),
        ("既往股骨头坏死", ["history"]),
        ("右侧股骨头坏死保髋术后", ["history"]),
        ("母亲患糖尿病", ["family"]),
        ("高血压家族史", ["family"]),
    ],
)
def test_words_around_a_finding_say_how_sure_it_is_and_whose(text, certainties):
    assert [each.certainty for each in findings(text)] == certainties


def test_a_normal_report_has_no_finding():
    assert findings("窦性心律，肝脏大小正常；心肺膈未见异常") == []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("颈动脉斑块未见", "absent"),
        ("肺纤维化不明显", "absent"),
        ("肾囊肿除外", "absent"),
        ("肾囊肿不除外", "uncertain"),
        ("肾囊肿未见明显变化", "present"),
        ("肾囊肿", "present"),
    ],
)
def test_what_stands_behind_a_finding_denies_it_or_not(text: str, certainty: str) -> None:
    assert {each.certainty.value for each in findings(text)} == {certainty}


@pytest.mark.parametrize(
    ("clause", "listed"),
    [
        ("脾脏超过正常大小", True),
        ("占位性病变建议复查", True),
        ("肝脏大小正常", False),
        ("建议半年后复查", False),
        ("边界欠清晰", True),
        ("左髋关节间隙不清晰", True),
        ("下肢不对称萎缩", True),
        ("双下肢无力", True),
        ("无力", True),
        ("未闭卵圆孔", True),
        ("无不适", False),
    ],
)
def test_words_that_say_something_reach_the_work_list(clause: str, listed: bool) -> None:
    assert bool(keeping.unknown(clause)) is listed


def test_a_clause_that_is_not_sure_is_mapped_as_not_sure() -> None:
    assert (certainty_of("奇异征象"), certainty_of("不除外奇异征象")) == ("present", "uncertain")
