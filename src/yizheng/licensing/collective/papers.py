"""Papers of a list of people at once: one file for all of them, or an archive with a file for each, named after her."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath

from yizheng.documents.attachments import RefusedFile
from yizheng.kernel.archives import Archive, BadArchive, Limits, open_archive
from yizheng.kernel.names import fold_name
from yizheng.licensing import catalogue
from yizheng.licensing.collective.dossiers import MOST_ROWS, drafts_of, head_of, rows_of
from yizheng.licensing.collective.faults import weigh_again
from yizheng.licensing.item import Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Dossier
from yizheng.licensing.verbs.drafting import hand_in
from yizheng.people.models import Account

MOST_BYTES = 200 * 1024 * 1024
LIMITS = Limits(members=2 * MOST_ROWS, unpacked=1024**3)
_PARTS = re.compile(r"[-_　\\s（）()]+")
_UTF8 = 0x800


@dataclass(slots=True)
class HandedIn:
    """How many papers were kept, and what could not be, in words."""

    kept: int = 0
    problems: list[str] = field(default_factory=list)


def hand_in_papers(dossier: Dossier, account: Account, material: Material, name: str, content: bytes) -> HandedIn:
    """Keep the paper for every draft, or each paper of an archive for the draft it is named after. Raises NotPossibleError."""
    done = _taken_in(dossier, account, material, name, content)
    weigh_again(dossier, account)
    return done


def _taken_in(dossier: Dossier, account: Account, material: Material, name: str, content: bytes) -> HandedIn:
    cases = {case.pk: case for case in drafts_of(dossier, account)}
    if not name.lower().endswith(".zip"):
        return _kept(account, material, [(case, name, content) for case in cases.values()])
    try:
        with open_archive(content, LIMITS) as archive:
            files = list(_files(archive, material.max_bytes))
    except BadArchive as fault:
        raise NotPossibleError("压缩包打不开、加了密或者太大，请重新压缩为 zip") from fault
    by_word = _words(dossier, cases)
    found: list[tuple[Case, str, bytes]] = []
    problems = []
    for file_name, file_content in files:
        hers = _named(by_word, file_name)
        if len(hers) == 1:
            found.append((cases[hers.pop()], file_name, file_content))
        else:
            why = "对应不止一人，请用证件号码命名" if hers else "没有对上人员，请用姓名或者证件号码命名"
            problems.append(f"{file_name}：{why}")
    done = _kept(account, material, found)
    return HandedIn(done.kept, [*problems, *done.problems])


def _files(archive: Archive, most: int) -> Iterator[tuple[str, bytes]]:
    """The files with their names; older programs write Chinese names in GBK without saying so."""
    for member, entry in archive.members.items():
        name = member
        if not entry.flag_bits & _UTF8:
            try:
                name = member.encode("cp437").decode("gbk")
            except UnicodeError:
                name = member
        last = PurePath(name).name
        if name.startswith("__MACOSX") or last.startswith("."):
            continue
        with archive.open(member) as stream:
            yield last, stream.read(most + 1)


def _words(dossier: Dossier, cases: dict[int, Case]) -> dict[str, set[int]]:
    """By name and number of each person, her case."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    titles = head_of(catalogue.item(dossier.item_code, dossier.rules_on))
    for case, _, written in rows_of(dossier, cases.values()):
        for title in titles:
            if word := fold_name(written.get(title, "")):
                found[word].add(case.pk)
    return found


def _named(by_word: dict[str, set[int]], file_name: str) -> set[int]:
    """The cases a file is named after; a number in the name is stronger than the name."""
    words = [fold_name(part) for part in _PARTS.split(PurePath(file_name).stem) if part]
    hits = [by_word[word] for word in words if word in by_word]
    return set.intersection(*hits) if hits else set()


def _kept(account: Account, material: Material, papers: Sequence[tuple[Case, str, bytes]]) -> HandedIn:
    done = HandedIn()
    for case, name, content in papers:
        try:
            paper = hand_in(case, account, material, BytesIO(content), name)
        except (RefusedFile, NotPossibleError) as refused:
            done.problems.append(f"{case.applicant_name}：{refused}")
            continue
        if paper.problem:
            done.problems.append(f"{case.applicant_name}：{paper.problem}")
        done.kept += 1
    return done
