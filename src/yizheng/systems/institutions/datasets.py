"""常用提问: what users of the register of institutions ask of its slices."""

from pathlib import Path

from yizheng.analysis.catalogue import declare

declare("institutions", "医疗机构", Path(__file__).parent / "data" / "questions.csv")
