"""常用提问: what users of the register of doctors ask of its slices."""

from pathlib import Path

from yizheng.analysis.catalogue import declare

declare("doctors", "医师", Path(__file__).parent / "data" / "questions.csv")
