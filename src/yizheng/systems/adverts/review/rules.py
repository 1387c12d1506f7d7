"""What is asked of an advert before it is approved: one rule a function, pure (医疗广告管理办法 第五条至第八条、第十九条).

The first six items are measured by the licence as it stands now, the texts by the screening; both are asked while the applicant
types, at the desk, and inside the decision.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import advert_rules, advertising_law, verification_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.adverts.review.files import FILES, READ, in_words
from yizheng.systems.adverts.review.filing import Filing
from yizheng.systems.adverts.review.passages import MOST_SHOWN, Passage, brief, grouped, hits_in, passages, shown
from yizheng.systems.adverts.review.steps import BROADCAST, FILM, subject_codes
from yizheng.systems.adverts.screening.screen import Hit

DEFERRED, OVERDUE = "check_suspended", "check_due"


@check("A-LICENCE", advert_rules(5), advert_rules(8), advert_rules(19), title="执业许可有效，可以发布广告")
def may_advertise(filing: Filing, on: date) -> Iterator[Finding]:
    """Only a licensed institution advertises, and not while it is suspended, closed or its verification is deferred."""
    if not filing.hindrance:
        return
    articles = (verification_rules(24),) if filing.status == DEFERRED else ()
    yield refuse("", f"医疗机构现为“{filing.hindrance}”，不得发布医疗广告", articles=articles)


@check("A-BAN", advertising_law(55), advertising_law(64), title="不在不受理广告申请的期限内")
def not_banned(filing: Filing, on: date) -> Iterator[Finding]:
    """For one or three years after a revocation or false papers no application is accepted; the last day is still barred."""
    if filing.barred_until and on <= filing.barred_until:
        yield refuse("", f"因{filing.barred_for}，{long_date(filing.barred_until)}以前不受理广告审查申请")


@check("A-SAME", advert_rules(6), advert_rules(14), title="前六项与执业许可证一致", needs=("content",))
def as_licensed(filing: Filing, on: date) -> Iterator[Finding]:
    """Name, address, ownership, category and beds are those of the licence; subjects are among its own."""
    if filing.licence is None or filing.licensed_codes is None or not filing.name:
        return
    licensed = filing.licensed_codes
    if filing.name != filing.licence.name:
        yield refuse("content.name", f"登记的第一名称为“{filing.licence.name}”，广告只能使用第一名称")
    if filing.address != filing.licence.address:
        yield refuse("content.address", f"登记的地址为“{filing.licence.address}”")
    for field, name, codes in (
        ("ownership", "所有制形式", "ownership_form"),
        ("category", "机构类别", "institution_category"),
    ):
        if getattr(filing, field) != licensed[field]:
            yield refuse(f"content.{field}", f"登记的{name}为“{name_of(codes, licensed[field])}”")
    if filing.beds is not None and filing.beds != licensed["beds"]:
        yield refuse("content.beds", f"登记的床位为 {licensed['beds']} 张，不含牙椅和观察床")
    yield from _subjects_as_licensed(subject_codes(filing.subjects)[0], licensed["subjects"])
    if filing.checked_to and filing.check_due and filing.checked_to != filing.check_due:
        yield refuse("content.checked_to", f"登记的校验有效期至{long_date(filing.check_due)}")


def _subjects_as_licensed(named: Sequence[str], licensed: Sequence[str]) -> Iterator[Finding]:
    """Only subjects of the licence, to the second level where it is registered there."""
    foreign = [code for code in named if code not in licensed]
    if foreign:
        names = "、".join(name_of("clinical_subject", code) for code in foreign)
        yield refuse("content.subjects", f"没有登记诊疗科目：{names}")
    for code in named:
        below = [each for each in licensed if each.startswith(f"{code}.")]
        if below and not set(below) & set(named):
            names = "、".join(name_of("clinical_subject", each) for each in below)
            yield refuse("content.subjects", f"“{name_of('clinical_subject', code)}”登记到二级科目，请写明：{names}")


@check("A-MEDIA", advert_rules(8), advert_rules(17), title="样件与媒体类别相符", needs=("content", "samples"))
def samples_fit_media(filing: Filing, on: date) -> Iterator[Finding]:
    """Every medium has a sample and every sample its medium; films and broadcasts say how long they are."""
    shown = {row["medium"] for row in filing.samples if row.get("medium")}
    for missing in sorted(set(filing.media) - shown):
        yield refuse("samples.samples", f"没有“{name_of('advert_media', missing)}”的样件")
    for other in sorted(shown - set(filing.media)):
        yield refuse("content.media_kinds", f"样件有“{name_of('advert_media', other)}”，拟发布媒体类别中没有选它")
    for number, row in enumerate(filing.samples, 1):
        if row.get("medium") in (FILM, BROADCAST) and not row.get("duration"):
            yield refuse("samples.samples", f"样件{number}“{row.get('title', '')}”没有填写时长")


@check("A-FILE", advert_rules(8), title="样件文件与媒体类别相符", needs=("samples",))
def files_fit_media(filing: Filing, on: date) -> Iterator[Finding]:
    """A film is filed as a film or its script, a broadcast as a recording or its text, what is printed as it is seen."""
    for file in filing.files:
        if file.number > len(filing.samples):
            continue
        row = filing.samples[file.number - 1]
        fitting = FILES.get(str(row.get("medium", "")), ())
        if fitting and file.media_type not in fitting:
            medium = name_of("advert_media", row["medium"])
            wanted = f"样件{file.number}“{row.get('title', '')}”是{medium}广告，请交{in_words(fitting)}"
            yield refuse(f"material:sample_{file.number}", wanted, evidence=file.name)


@check("A-SCRIPT", advert_rules(8), title="影视样件有镜头脚本", needs=("samples",))
def films_have_scripts(filing: Filing, on: date) -> Iterator[Finding]:
    """A film is filed with its script, whose shots last as long as the film."""
    for number, row in enumerate(filing.samples, 1):
        if row.get("medium") != FILM:
            continue
        seconds = [shot.get("seconds") or 0 for shot in filing.script if shot.get("sample") == number]
        if not seconds:
            yield refuse("samples.script", f"样件{number}“{row.get('title', '')}”没有镜头脚本")
        elif row.get("duration") and sum(seconds) != row["duration"]:
            yield advise(
                "samples.script",
                f"样件{number}“{row.get('title', '')}”脚本共 {sum(seconds)} 秒，样件为 {row['duration']} 秒",
            )


@check("A-DOC", advert_rules(8), advert_rules(17), title="样件文件中的文字已核对", needs=("samples",))
def files_say_the_same(filing: Filing, on: date) -> Iterator[Finding]:
    """What cannot be read by machine, or not yet, is held against the words of the form by a person."""
    for file in filing.files:
        if file.number > len(filing.samples) or file.words:
            continue
        # The digest is said so that another file handed in later is looked at anew.
        name = f"样件{file.number}“{filing.samples[file.number - 1].get('title', '')}”（文件 {file.digest[:8]}）"
        if file.media_type not in READ:
            yield advise(f"material:sample_{file.number}", f"{name}须播放全片，与填写的文字、脚本逐句核对")
        elif file.words is None:
            yield advise(f"material:sample_{file.number}", f"{name}还没有读取文字，稍候自动读取，或者人工核对")
        else:
            yield advise(f"material:sample_{file.number}", f"{name}没有读出文字，请与填写的文字人工核对")


@check("A-SCREEN", advert_rules(6), advert_rules(7), advertising_law(16), title="广告文字初筛", needs=("samples",))
def words_pass_screening(filing: Filing, on: date) -> Iterator[Finding]:
    """Every word of the samples, the script and the free items is screened; each rule hit is a finding at its place."""
    if filing.licence is None:
        return
    for passage in passages(filing):
        found = hits_in(passage, filing.licence, filing.exceptions, on)
        for (code, words), same in grouped(found).items():
            yield _finding(passage, code, words, same, contested=bool(filing.objection))


def _finding(passage: Passage, code: str, words: str, hits: Sequence[Hit], *, contested: bool) -> Finding:
    """One rule hit by the same words in one place. What a machine read, or the institution contests, a person weighs."""
    rule = hits[0].ban
    message = f"{passage.place}：“{brief(words)}”——{rule.title}（{code}）"
    evidence = " … ".join(shown(passage.text, hit) for hit in hits[:MOST_SHOWN])
    if rule.severity == "block" and not passage.recognised and not contested:
        return refuse(passage.field, message, evidence=evidence, articles=rule.articles)
    return advise(passage.field, message, evidence=evidence, articles=rule.articles, bars=rule.severity == "block")


@check("A-HELD", advert_rules(17), title="原审查证明属于本机构且有效", needs=("held",))
def held_stands(filing: Filing, on: date) -> Iterator[Finding]:
    """The approval that is renewed, changed or given up is the institution's own and has not ended otherwise."""
    if not filing.held_number:
        return
    if filing.held is None or filing.held.institution != filing.institution:
        yield refuse("held.number", "本机构没有这个文号的审查证明，请核对")
    elif filing.held.status not in ("valid", "expired"):
        yield refuse("held.number", f"文号 {filing.held.number} 的审查证明已收回、撤销、注销或者换发")


CONTENT = (
    may_advertise, not_banned, as_licensed, samples_fit_media, files_fit_media, films_have_scripts, words_pass_screening,
    files_say_the_same,
)  # fmt: skip
