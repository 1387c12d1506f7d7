"""One person, one record: within one file every record gets at most one person, and every person at most one record.

Pairs are solved together, not one by one: the best sum over the file wins. A second record of a person is looked at by somebody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from yizheng.kernel.identifiers.citizen_numbers import read_citizen_number
from yizheng.kernel.lazily import lazily
from yizheng.kernel.linkage.comparing import Decision
from yizheng.kernel.linkage.scoring import Compared, Names, Record, compare
from yizheng.kernel.names import fold_pinyin, pinyin

optimize = lazily("scipy.optimize")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person a record may be of."""

    person: int
    compared: Compared


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was found for a record: the person if it is settled, and all candidates, the best first."""

    person: int | None
    candidates: tuple[Candidate, ...]

    @property
    def decision(self) -> Decision:
        """Settled, to be looked at, or nobody's."""
        if self.person is not None:
            return Decision.MATCH
        return Decision.REVIEW if self.candidates else Decision.NON_MATCH


def assign(records: Sequence[Record], register: Mapping[int, Record]) -> list[Assigned]:
    """The person of each record, in their order."""
    names = Names(each.name for each in register.values())
    blocks = _blocks(register)
    found = [_candidates(record, register, blocks, names) for record in records]
    chosen = _best(found)
    return [_settled(at, candidates, chosen) for at, candidates in enumerate(found)]


def _settled(at: int, candidates: list[Candidate], chosen: Mapping[int, int]) -> Assigned:
    ordered = tuple(sorted(candidates, key=lambda each: -each.compared.score))
    person = chosen.get(at)
    mine = next((each for each in ordered if each.person == person), None)
    rivals = [each for each in ordered if each.person != person and each.compared.decision is Decision.MATCH]
    if mine is None or mine.compared.decision is not Decision.MATCH or rivals:
        return Assigned(None, ordered)
    return Assigned(person, ordered)


def _best(found: Sequence[Sequence[Candidate]]) -> dict[int, int]:
    """The assignment of the greatest sum: record to person."""
    people = sorted({each.person for candidates in found for each in candidates})
    if not people:
        return {}
    place = {person: at for at, person in enumerate(people)}
    sums = np.zeros((len(found), len(people)))
    for at, candidates in enumerate(found):
        for each in candidates:
            sums[at, place[each.person]] = each.compared.score
    rows, columns = optimize.linear_sum_assignment(sums, maximize=True)
    return {int(row): people[int(column)] for row, column in zip(rows, columns, strict=True) if sums[row, column] > 0}


def _keys(record: Record) -> Iterator[str]:
    """Records that share one of these are compared."""
    if record.birth is not None:
        yield f"b{record.birth}"
        sound = fold_pinyin(pinyin(record.name)).split(" ")[0]
        yield f"y{sound}{record.birth.year}"
    if record.number:
        yield f"n{(read_citizen_number(record.number).number or record.number)[:14]}"
    if record.code:
        yield f"c{record.code.upper()}"
    yield f"s{fold_pinyin(pinyin(record.name)).replace(' ', '')}"


def _blocks(register: Mapping[int, Record]) -> dict[str, set[int]]:
    blocks: dict[str, set[int]] = defaultdict(set)
    for person, record in register.items():
        for key in _keys(record):
            blocks[key].add(person)
    return blocks


def _candidates(
    record: Record, register: Mapping[int, Record], blocks: Mapping[str, set[int]], names: Names
) -> list[Candidate]:
    near = {person for key in _keys(record) for person in blocks.get(key, ())}
    compared = [Candidate(person, compare(record, register[person], names)) for person in sorted(near)]
    return [each for each in compared if each.compared.decision is not Decision.NON_MATCH]
