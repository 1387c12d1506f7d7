"""Findings of what is loaded, and the words nobody has mapped: two persons say what they mean, for all that was and will be read."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.registry.writer.rows import insert_many
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.findings.dictionary import terms
from yizheng.systems.sequelae.findings.text import certainty_of, findings
from yizheng.systems.sequelae.models import Examination, FindingRow, Mapping, UnknownWords
from yizheng.systems.sequelae.office import office_key

NO_FINDING = "-"
"""What words are mapped to that are no finding."""
_CLAUSES = re.compile(r"[,，;；。.、\n]")
_NORMAL = re.compile(
    r"^(?:无(?!力|脉|尿|汗)|未(?!闭|愈|降))|未见(明显)?异常|未见明显|无异常|(?<![不欠非])(?<!超过)(正常|清晰|光滑|对称)$|^(建议|请|定期|随访|复查)"
)
"""Clauses that say that all is well, or only what to do; 超过正常大小 and 占位性病变建议复查 say something else."""


class Refused(Exception):
    """Why a mapping cannot be; the words are for who maps."""


def folded(clause: str) -> str:
    """The form under which clauses are the same."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", clause))


def unknown(text: str) -> list[str]:
    """The clauses in which the dictionary finds nothing and which do not say that all is well."""
    clauses = (folded(each) for each in _CLAUSES.split(text))
    return [each for each in clauses if len(each) > 1 and not _NORMAL.search(each) and not findings(each)]


def keep(rows: Sequence[tuple[Examination, str]]) -> None:
    """Keep what the words of examinations say, and what of them is not known."""
    said = [(examination, text) for examination, text in rows if text]
    found = [_row(examination, each.term.code, each) for examination, text in said for each in findings(text)]
    clauses = [(examination, clause) for examination, text in said for clause in unknown(text)]
    index = dict(zip((clause for _, clause in clauses), sealing.indexes("words", [c for _, c in clauses]), strict=True))
    known = _mapped(index.values())
    sealed = sealing.seal([(office_key(), clause) for _, clause in clauses])
    left = []
    for (examination, clause), secret in zip(clauses, sealed, strict=True):
        code = known.get(index[clause], "")
        left.append(UnknownWords(examination=examination, words_index=index[clause], sealed=secret, mapped=code))
        if code and code != NO_FINDING:
            found.append(_by_hand(examination, code, certainty_of(clause)))
    insert_many(found)
    insert_many(left)


def _row(examination: Examination, code: str, said: object) -> FindingRow:
    kept = {name: getattr(said, name) for name in ("side", "certainty", "grade", "stage", "size_mm", "change")}
    return FindingRow(examination=examination, code=code, **kept)


def _by_hand(examination: Examination, code: str, certainty: str) -> FindingRow:
    return FindingRow(examination=examination, code=code, certainty=certainty, by_hand=True)


def _mapped(indexes: Iterable[bytes]) -> dict[bytes, str]:
    """What is agreed of these words, by the last version."""
    rows = Mapping.objects.filter(words_index__in=set(indexes)).exclude(approver=None).order_by("version")
    return {bytes(each.words_index): each.code for each in rows}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Words to be mapped: how often they were read, one row of them, and what somebody proposed."""

    words: str
    count: int
    key: int
    proposed: Mapping | None


def waiting(account: Account) -> list[Waiting]:
    """The work list, the most frequent words first."""
    rows = list(UnknownWords.objects.visible_to(account).filter(mapped="", examination__withdrawn=False))
    counts = Counter(bytes(each.words_index) for each in rows)
    first = {bytes(each.words_index): each for each in reversed(rows)}
    proposals = Mapping.objects.visible_to(account).filter(approver=None).select_related("proposer")
    asked = {bytes(each.words_index): each for each in proposals}
    words = sealing.opened([(office_key(), first[index].sealed) for index, _ in counts.most_common()])
    return [
        Waiting(text, count, first[index].pk, asked.get(index))
        for text, (index, count) in zip(words, counts.most_common(), strict=True)
    ]


def propose(account: Account, key: int, code: str) -> Mapping:
    """Say what words mean; it counts when another person agrees. Raises Refused."""
    if code != NO_FINDING and code not in terms():
        raise Refused("请选择标准术语，或者“不是阳性体征”")
    index = _index_of(account, key)
    versions = Mapping.objects.visible_to(account).filter(words_index=index)
    if versions.filter(approver=None).exists():
        raise Refused("已有人提出，请先同意或者另提")
    try:
        with transaction.atomic():
            return Mapping.objects.create(words_index=index, code=code, version=versions.count() + 1, proposer=account)
    except IntegrityError:
        raise Refused("另一人刚刚提出，请刷新页面") from None


@transaction.atomic
def agree(account: Account, key: int) -> int:
    """Agree with what another proposed; every examination that has the words gets the finding. How many. Raises Refused."""
    index = _index_of(account, key)
    asked = Mapping.objects.select_for_update().filter(words_index=index, approver=None).first()
    if asked is None or asked.proposer_id == account.pk:
        raise Refused("由提出人以外的另一人同意")
    Mapping.objects.filter(pk=asked.pk).update(approver=account)
    rows = list(
        UnknownWords.objects.visible_to(account).filter(words_index=index, mapped="").select_related("examination")
    )
    if asked.code != NO_FINDING:
        words = sealing.opened([(office_key(), each.sealed) for each in rows])
        insert_many([
            _by_hand(each.examination, asked.code, certainty_of(said)) for each, said in zip(rows, words, strict=True)
        ])  # fmt: skip
    UnknownWords.objects.filter(pk__in=[each.pk for each in rows]).update(mapped=asked.code)
    audit.record(account, "sequelae.map", f"sequelae_mapping:{asked.pk}", {"code": asked.code, "rows": len(rows)})
    return len(rows)


def _index_of(account: Account, key: int) -> bytes:
    row = UnknownWords.objects.visible_to(account).filter(pk=key).first()
    if row is None:
        raise Refused("没有这条词")
    return bytes(row.words_index)
