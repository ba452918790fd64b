"""From answers that are alike to a clause that says them for good (修订建议)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tongban.core.agreements.document import Agreement, Clause, document_digest
from tongban.core.inquiries.precedents import AmendmentSuggested, suggestions
from tongban.core.words import Words
from tongban.node.inquiries import Found
from tongban.node.node import Node

#: The answer stands on record, and its words were erased here by what a node keeps for how long.
_ERASED = "原话已经删除 (words erased)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Three answers or more that are alike, between this node and a partner."""

    partner: str
    suggested: AmendmentSuggested

    def said_in(self, agreement: Agreement) -> bool:
        """Whether a clause was drawn from every one of these answers already."""
        names = [f"［{each.inquiry}］" for each in self.suggested.answers]
        return any(
            all(name in clause.text.zh for name in names)
            for clause in agreement.clauses
            if not clause.grants
        )


def alike_answers(node: Node) -> Iterator[Alike]:
    """Where answers between this node and a partner are alike, partner by partner."""
    for peer in sorted(node.kernel.peers.names()):
        for each in suggestions(node.inquiries.with_partner(peer)):
            yield Alike(partner=peer, suggested=each)


def with_clause(node: Node, alike: Alike, text: Agreement) -> Agreement:
    """A text with one clause more, drawn from the answers; it grants no power."""
    item, entries = alike.suggested.item, {each.line.entry for each in alike.suggested.answers}
    found = node.inquiries.search(item=item, partner=alike.partner)
    taken = [each for each in found if each.precedent.line.entry in entries]
    return replace(text, clauses=(*text.clauses, _clause(node, text, item, taken)))


def amended(node: Node, alike: Alike, agreement: Agreement) -> Agreement:
    """The next version of an agreement with the clause."""
    newer = replace(
        agreement,
        version=agreement.version + 1,
        supersedes=document_digest(agreement),
        supersedes_also=(),
        sign_by=None,
    )
    return with_clause(node, alike, newer)


def _clause(node: Node, text: Agreement, code: str, found: Sequence[Found]) -> Clause:
    """Between people: no words that officers wrote become powers by being copied."""
    chapters = (clause.number.partition(".")[0] for clause in text.clauses)
    chapter = 1 + max((int(each) for each in chapters if each.isdecimal()), default=0)
    item = node.published.find(code)
    name = item.name if item else Words(zh=code, en=code)
    return Clause(
        number=f"{chapter}.1",
        title=Words(zh=f"“{name.zh}”的统一口径", en=f"Common answers on “{name.en}”"),
        text=Words(
            zh=f"双方就该事项（{code}）的咨询，按下列口径办理：{''.join(_points(found))}",
            en=(
                f"On inquiries about this item ({code}) both go by these answers: "
                f"{''.join(_points(found))}"
            ),
        ),
    )


def _points(found: Iterable[Found]) -> Iterator[str]:
    """A one-off was about one person's case, so its words stay out of a text that lasts."""
    for number, each in enumerate(found, 1):
        words = (each.answer or _ERASED) if each.precedent.general else "一事一议 (one-off)"
        yield f"（{number}）{words}［{each.precedent.inquiry}］"
