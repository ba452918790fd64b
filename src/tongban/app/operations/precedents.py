"""What was answered before: `tongban inquiry search | suggestions | amendment`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.agreements import kept_agreement
from tongban.app.operations.desk import OperatorDesk
from tongban.core.agreements.document import Agreement, Clause, document_bytes
from tongban.core.china_time import china_day
from tongban.core.inquiries.precedents import AmendmentSuggested, suggestions
from tongban.core.words import Words
from tongban.node.inquiries import Found


def search(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Precedents (口径库) by item, partner and words, newest first."""
    found = desk.node.inquiries.search(
        item=arguments.get("item", ""),
        partner=arguments.get("partner", ""),
        words=tuple(arguments.get("words", ())),
    )
    return [_line(desk, each) for each in found]


def list_suggestions(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Items on which three answers or more are alike, so that a clause should say it."""
    return [
        {
            "partner": peer,
            "item": each.item,
            "topic": each.topic,
            "answered_by": each.answerer,
            "answers": len(each.answers),
        }
        for peer in sorted(desk.node.kernel.peers.names())
        for each in suggestions(desk.node.inquiries.with_partner(peer))
    ]


def amendment(desk: OperatorDesk, arguments: Arguments) -> Any:
    """An agreement with one clause more, drawn from answers alike; nothing is kept or proposed."""
    old = kept_agreement(desk, arguments["agreement"])
    partner = _partner(desk, old)
    alike = _suggested(desk, partner, arguments)
    found = desk.node.inquiries.search(item=alike.item, partner=partner)
    entries = {each.line.entry for each in alike.answers}
    taken = [each for each in found if each.precedent.line.entry in entries]
    draft = replace(
        old,
        version=old.version + 1,
        supersedes=arguments["agreement"],
        clauses=(*old.clauses, _clause(old, alike.item, taken)),
    )
    return {"text": document_bytes(draft).decode(), "answers": len(taken), "partner": partner}


def _partner(desk: OperatorDesk, agreement: Agreement) -> str:
    others = agreement.nodes - {desk.node.name}
    if len(others) != 1:
        raise OperationRefused(
            "the agreement is between more than two, and answers are between two: write its "
            "amendment by hand. Nothing was drafted"
        )
    return next(iter(others))


def _suggested(desk: OperatorDesk, partner: str, arguments: Arguments) -> AmendmentSuggested:
    topic = arguments.get("topic", "")
    for each in suggestions(desk.node.inquiries.with_partner(partner)):
        if (each.item, each.topic) == (arguments["item"], topic):
            return each
    raise OperationRefused(
        f"fewer than three answers between here and {partner} are alike on the item "
        f"{arguments['item']}; `tongban inquiry suggestions` shows where there are. Nothing was "
        "drafted"
    )


def _clause(agreement: Agreement, item: str, found: Sequence[Found]) -> Clause:
    """Between people: no words that officers wrote become powers by being copied."""
    chapter = max(int(clause.number.split(".")[0]) for clause in agreement.clauses) + 1
    return Clause(
        number=f"{chapter}.1",
        title=Words(zh=f"事项 {item} 的统一口径", en=f"Common answers on the item {item}"),
        text=Words(
            zh="双方就该事项的咨询，按下列口径办理：" + "".join(_points(found)),
            en=f"On inquiries about this item both go by these answers: {''.join(_points(found))}",
        ),
    )


def _points(found: Iterable[Found]) -> Iterable[str]:
    """A one-off was about one person's case, so its words stay out of a text that lasts."""
    for number, each in enumerate(found, 1):
        words = each.answer if each.precedent.general else "一事一议 (one-off)"
        yield f"（{number}）{words}［{each.precedent.inquiry}］"


def _line(desk: OperatorDesk, found: Found) -> dict[str, Any]:
    precedent, today = found.precedent, china_day(desk.node.kernel.clock.now())
    return {
        "inquiry": precedent.inquiry,
        "entry": precedent.line.entry,
        "item": precedent.item,
        "partner": found.partner,
        "answered_by": precedent.answerer,
        "general": precedent.general,
        "holds": precedent.holds(today),
        "from_day": precedent.line.from_day,
        "topic": precedent.line.topic,
        "question": found.question,
        "answer": found.answer,
    }
