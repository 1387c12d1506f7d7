"""常用提问: what users of the register of adverts ask of its slices."""

from pathlib import Path

from yizheng.analysis.catalogue import declare

declare("adverts", "医疗广告", Path(__file__).parent / "data" / "questions.csv")
