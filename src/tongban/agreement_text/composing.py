"""The text of an agreement out of the document that is signed."""

from collections.abc import Iterator, Mapping

from tongban.agreement_text.clause_blocks import clause_blocks
from tongban.agreement_text.schedules import schedules_of
from tongban.agreement_text.text import AgreementText, Article, Mark, Paragraph, PartyText
from tongban.agreement_text.visible import visible
from tongban.agreement_text.wording import Wording, wording_of
from tongban.core.agreements.agreement import Agreement, PartyLine
from tongban.core.agreements.clauses import Clause
from tongban.core.agreements.document import document_digest
from tongban.core.cases.process import CARRIED_OUT, Power
from tongban.core.words import Language, Words


def compose(
    agreement: Agreement, language: Language, names: Mapping[str, Words] | None = None
) -> AgreementText:
    """The whole text of an agreement in one language.

    names: of items by implementation code, for agreements that name their items by code alone.
    Characters that nobody would see are spelled out.
    """
    wording = wording_of(agreement, language, names or {})
    told = AgreementText(
        language=language,
        title=wording.say(agreement.title),
        number=wording.either(
            f"协议编号：{agreement.number}　第{agreement.version}版",
            f"No. {agreement.number}, version {agreement.version}",
        ),
        notice=_notice(agreement, wording),
        parties=tuple(_party(line, wording) for line in agreement.parties),
        opening=wording.either(
            "上列各方协商一致，订立本协议，共同遵守。", "The parties named above agree as follows."
        ),
        articles=tuple(_articles(agreement, wording)),
        schedules=tuple(schedules_of(agreement, wording)),
        seal=wording.either("（盖章）", "(seal)"),
        signature=wording.either("签字：", "Signature:"),
        date=wording.either("签署日期：　　　　年　　月　　日", "Date:"),
        closing=wording.either(
            "本文由系统根据下列摘要所指的电子文件生成，各方签署的是该电子文件。"
            "中文与英文不一致的，以中文为准。",
            "This text was made from the electronic document of the digest below, which is what "
            "the parties sign. Where Chinese and English differ, the Chinese text prevails.",
        ),
        digest=document_digest(agreement),
    )
    return visible(told)


def _notice(agreement: Agreement, wording: Wording) -> str:
    if not agreement.illustrative:
        return ""
    return wording.either(
        "演示文本：本协议为演示而虚构，不产生任何效力。",
        "Demonstration: this agreement is made up and binds nobody.",
    )


def _party(line: PartyLine, wording: Wording) -> PartyText:
    return PartyText(
        label=wording.party(line.node),
        name=wording.say(line.name),
        detail=wording.either(
            f"{wording.value(line.level)}，行政区划代码{line.place}，节点 {line.node}",
            f"{wording.value(line.level)}, division code {line.place}, node {line.node}",
        ),
        office=wording.say(line.office),
    )


def _articles(agreement: Agreement, wording: Wording) -> Iterator[Article]:
    for number, clause in enumerate(agreement.clauses, 1):
        words = Paragraph(words=wording.say(clause.text))
        yield Article(
            ordinal=wording.article(number),
            title=wording.say(clause.title),
            clause=clause.number,
            mark=_mark(clause, wording),
            blocks=(words, *clause_blocks(clause, wording)),
        )
    yield _validity(agreement, wording, len(agreement.clauses) + 1)
    references = _references(agreement, wording)
    if references:
        yield Article(
            ordinal=wording.article(len(agreement.clauses) + 2),
            title=wording.either("文本", "The text"),
            clause="",
            mark=_unenforced(wording),
            blocks=references,
        )


def _mark(clause: Clause, wording: Wording) -> Mark:
    if not clause.enforced:
        return _unenforced(wording)
    parts = wording.join(
        part
        for part, stands in (
            (_granted(clause, wording), any(grant.enforced for grant in clause.grants)),
            (
                wording.either("发出以后各环节的时限", "the limits by leg"),
                any(limit.runs for limit in clause.limits),
            ),
            (
                wording.either("在办案件的处理", "the rule for running cases"),
                clause.run_off is not None,
            ),
            (
                wording.either("退出、终止的提前通知天数", "the notice before an end"),
                any(notice.ends for notice in clause.notices),
            ),
        )
        if stands
    )
    return _enforced(wording, parts)


def _granted(clause: Clause, wording: Wording) -> str:
    limited = any(grant.daily_limit for grant in clause.grants)
    if any(not CARRIED_OUT.issuperset(grant.powers) for grant in clause.grants):
        also = wording.either("和每日上限", " and the daily limit") if limited else ""
        granted = {power for grant in clause.grants for power in grant.powers}
        kept = wording.values(power for power in Power if power in granted & CARRIED_OUT)
        return wording.either(
            f"{kept}的授权{also}（其他授权由人员履行）",
            f"the powers to {kept}{also} (not the others)",
        )
    if limited:
        return wording.either("授权和每日上限", "the powers granted and the daily limit")
    return wording.either("授权", "the powers granted")


def _enforced(wording: Wording, parts: str) -> Mark:
    return Mark(
        enforced=True,
        label=wording.either("系统执行", "Enforced by the system"),
        words=wording.either(
            f"本条的{parts}由系统自动执行，其余文字由各方人员履行。",
            f"The system enforces {parts} by itself; the rest of the words people carry out.",
        ),
    )


def _unenforced(wording: Wording) -> Mark:
    return Mark(
        enforced=False,
        label=wording.either("非系统执行", "Not enforced by the system"),
        words=wording.either(
            "本条不由系统自动执行，由各方人员履行。",
            "This article is not machine-enforced; people carry it out.",
        ),
    )


def _validity(agreement: Agreement, wording: Wording, number: int) -> Article:
    first, last = wording.day(agreement.valid_from), wording.day(agreement.valid_until)
    return Article(
        ordinal=wording.article(number),
        title=wording.either("有效期", "Validity"),
        clause="",
        mark=_enforced(wording, wording.either("起止日期", "the first and the last day")),
        blocks=(
            Paragraph(
                words=wording.either(
                    f"本协议经各方签署，自{first}起生效，至{last}止，首尾两日均包括在内，以中国时间为准。",
                    f"Signed by every party, this agreement is in force from {first} to {last}, "
                    "both days included, in China time.",
                )
            ),
            *_signing(agreement, wording),
        ),
    )


def _signing(agreement: Agreement, wording: Wording) -> Iterator[Paragraph]:
    if agreement.sign_by:
        last = wording.day(agreement.sign_by)
        yield Paragraph(
            words=wording.either(
                f"各方最迟于{last}签署；未在当日以前签署的，不能再签署。",
                f"Each party signs by {last}; who has not signed by that day signs no more.",
            )
        )


def _references(agreement: Agreement, wording: Wording) -> tuple[Paragraph, ...]:
    """What the document says of other documents, and of its own keeping."""
    sentences = []
    if agreement.supersedes:
        sentences.append(
            wording.either(
                f"本协议取代摘要为 {agreement.supersedes} 的协议。",
                f"This agreement replaces the one of digest {agreement.supersedes}.",
            )
        )
    sentences += [
        wording.either(
            f"本协议同时取代摘要为 {digest} 的协议。",
            f"It also replaces the one of digest {digest}.",
        )
        for digest in agreement.supersedes_also
    ]
    if agreement.template:
        sentences.append(
            wording.either(
                f"本协议依据摘要为 {agreement.template} 的范本拟订。",
                f"It was made from the template of digest {agreement.template}.",
            )
        )
    if agreement.depositary:
        keeper = wording.party(agreement.depositary)
        sentences.append(
            wording.either(
                f"本协议由{keeper}保管，{keeper}收存各方的签署。",
                f"{keeper} is the depositary and keeps the signatures of all.",
            )
        )
    return tuple(Paragraph(words=sentence) for sentence in sentences)
