"""SF-36 (version 1): eight scales of 0 to 100 from recoded answers, and the reported change of health.

Half a scale's items suffice: the mean of the answered ones, as recoded, stands for those missing.
"""

from collections.abc import Iterator, Mapping

from yizheng.systems.sequelae.tables import rows

Answers = Mapping[str, int]
HEALTH = (5.0, 4.4, 3.4, 2.0, 1.0)
"""Item 1 recoded."""
PAIN = (6.0, 5.4, 4.2, 3.1, 2.2, 1.0)
"""Item 7 recoded."""
HINDERED = (5.0, 4.0, 3.0, 2.0, 1.0)
"""Item 8 recoded when item 7 is answered; without pain at all the first is 6."""
HINDERED_ALONE = (6.0, 4.75, 3.5, 2.25, 1.0)
"""Item 8 recoded when item 7 is not answered."""
RANGES = {
    "PF": (10, 20), "RP": (4, 4), "BP": (2, 10), "GH": (5, 20), "VT": (4, 20), "SF": (2, 8), "RE": (3, 3), "MH": (5, 25),
}  # fmt: skip
"""The lowest raw score of each scale and its range."""
CHANGE = "2"


def _scales() -> Iterator[dict[str, str]]:
    return (row for row in rows("scales") if row["scale"] == "SF-36")


def most(item: str) -> int | None:
    """The highest answer an item allows; nothing for an item there is not."""
    if item == "8":
        return len(HINDERED)
    return next((int(row["most"]) for row in _scales() if item in row["items"].split()), None)


def recoded(answers: Answers, item: str) -> float | None:
    """An answer as it counts."""
    answer = answers.get(item)
    if answer is None:
        return None
    if item == "1":
        return HEALTH[answer - 1]
    if item == "7":
        return PAIN[answer - 1]
    if item == "8":
        if "7" not in answers:
            return HINDERED_ALONE[answer - 1]
        return 6.0 if answer == answers["7"] == 1 else HINDERED[answer - 1]
    turned = any(item in row["reversed"].split() for row in _scales())
    return float((most(item) or 0) + 1 - answer) if turned else float(answer)


def scores(answers: Answers) -> dict[str, float | None]:
    """The eight scales; nothing where fewer than half the items are answered."""
    found: dict[str, float | None] = {}
    for row in _scales():
        name, items = row["part"], row["items"].split()
        if name not in RANGES:
            continue
        counted = [value for value in (recoded(answers, item) for item in items) if value is not None]
        lowest, span = RANGES[name]
        enough = 2 * len(counted) >= len(items)
        found[name] = (sum(counted) / len(counted) * len(items) - lowest) / span * 100 if enough else None
    return found
