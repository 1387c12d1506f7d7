"""常用提问: what users of the register of nurses ask of its slices."""

from pathlib import Path

from yizheng.analysis.catalogue import declare

declare("nurses", "护士", Path(__file__).parent / "data" / "questions.csv")
