"""What was answered before: `tongban inquiry search | suggestions | amendment`."""

from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.operations.agreements import kept_agreement
from tongban.app.operations.desk import OperatorDesk
from tongban.core.agreements.document import Agreement, document_bytes
from tongban.core.china_time import china_day
from tongban.node.alike_answers import Alike, alike_answers, amended
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
            "partner": each.partner,
            "item": each.suggested.item,
            "topic": each.suggested.topic,
            "answered_by": each.suggested.answerer,
            "answers": len(each.suggested.answers),
        }
        for each in alike_answers(desk.node)
    ]


def amendment(desk: OperatorDesk, arguments: Arguments) -> Any:
    """An agreement with one clause more, drawn from answers alike; nothing is kept or proposed."""
    old = kept_agreement(desk, arguments["agreement"])
    partner = _partner(desk, old)
    alike = _alike(desk, partner, arguments)
    draft = amended(desk.node, alike, old)
    return {
        "text": document_bytes(draft).decode(),
        "answers": len(alike.suggested.answers),
        "partner": partner,
    }


def _partner(desk: OperatorDesk, agreement: Agreement) -> str:
    others = agreement.nodes - {desk.node.name}
    if len(others) != 1:
        raise OperationRefused(
            "the agreement is between more than two, and answers are between two: write its "
            "amendment by hand. Nothing was drafted"
        )
    return next(iter(others))


def _alike(desk: OperatorDesk, partner: str, arguments: Arguments) -> Alike:
    topic = arguments.get("topic", "")
    for each in alike_answers(desk.node):
        found = each.suggested
        if (each.partner, found.item, found.topic) == (partner, arguments["item"], topic):
            return each
    raise OperationRefused(
        f"fewer than three answers between here and {partner} are alike on the item "
        f"{arguments['item']}; `tongban inquiry suggestions` shows where there are. Nothing was "
        "drafted"
    )


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
