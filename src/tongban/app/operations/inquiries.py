"""Inquiries with partners: `tongban inquiry ask | message | answer | decide | … | list | show`."""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.papers import papers_in
from tongban.app.operations.agreements import in_words, kept_document
from tongban.app.operations.cases import unknown_case
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.ground import check_ground
from tongban.app.operations.items import day_of
from tongban.core.agreements.document import Agreement, Document, document_digest
from tongban.core.body import BYTES_MAX, Body
from tongban.core.china_time import china_day
from tongban.core.entry import Actor, ActorKind
from tongban.core.grounds import words_for
from tongban.core.inquiries.commands import (
    AnswerQuestion,
    AskQuestion,
    DecideOneOff,
    InquiryCommand,
    ReadInquiry,
    SendMessage,
    WithdrawAnswer,
    WithdrawQuestion,
)
from tongban.core.inquiries.evolve import foreseen
from tongban.core.inquiries.state import InquiryState, Line
from tongban.core.refusal import Refusal
from tongban.logs import wire
from tongban.node.desk import Executed
from tongban.node.inquiries import Said

OFFICE = "liaison_officer"


def ask(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Ask a partner about a case, about an item of either, or about an agreement as a whole."""
    agreement = _agreement(desk, arguments)
    partner, item = _about(desk, arguments, agreement)
    name = desk.node.inquiries.fresh_name()
    command = AskQuestion(
        inquiry=name,
        actor=_actor(arguments),
        bodies=_bodies("question", arguments),
        item=item,
        case=arguments.get("case", ""),
        agreement=document_digest(agreement) if agreement else "",
        reports=arguments.get("reports", ""),
    )
    waiting = _act(desk, partner, command).waiting
    return {"inquiry": name, "partner": partner, "item": item, "waiting": waiting}


def message(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Say something more."""
    command = SendMessage(
        inquiry=arguments["inquiry"],
        actor=_actor(arguments),
        bodies=_bodies("message", arguments),
    )
    return _done(desk, arguments, command)


def give_answer(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Answer for all such cases: a precedent for that item between the two."""
    today = china_day(desk.node.kernel.clock.now())
    command = AnswerQuestion(
        inquiry=arguments["inquiry"],
        actor=_actor(arguments),
        bodies=(*_bodies("answer", arguments), *papers_in(arguments)),
        from_day=day_of(arguments.get("from_day", ""), today).isoformat(),
        topic=arguments.get("topic", ""),
        replaces=arguments.get("replaces", ""),
    )
    return _done(desk, arguments, command)


def decide(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Decide the one case that was asked about, under a recorded authorisation."""
    command = DecideOneOff(
        inquiry=arguments["inquiry"],
        actor=_actor(arguments),
        bodies=(*_bodies("answer", arguments), *papers_in(arguments)),
        authority=arguments["authority"],
        topic=arguments.get("topic", ""),
    )
    return _done(desk, arguments, command)


def retract(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Let an answer count no more for what comes."""
    check_ground(arguments["ground"])
    command = WithdrawAnswer(
        inquiry=arguments["inquiry"],
        actor=_actor(arguments),
        bodies=papers_in(arguments),
        answer=arguments["answer"],
        ground=arguments["ground"],
    )
    return _done(desk, arguments, command)


def withdraw(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Need no answer any more."""
    command = WithdrawQuestion(inquiry=arguments["inquiry"], actor=_actor(arguments))
    return _done(desk, arguments, command)


def list_inquiries(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Inquiries, oldest first; open: only those that nobody has answered yet."""
    found = [inquiry_line(desk, peer, state) for peer, state in desk.node.inquiries.every()]
    asked = [line for line in found if line["item"] or line["agreement"]]
    return [line for line in asked if line["standing"] == "open" or not arguments.get("open")]


def show_inquiry(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Everything that was said; the other side learns that it was read, unless keep_unread."""
    partner, state = _found(desk, arguments)
    unread = state.unread(desk.node.name)
    if unread and not arguments.get("keep_unread"):
        command = ReadInquiry(inquiry=state.id, actor=_actor(arguments), until=unread[-1].entry)
        _act(desk, partner, command)
    told = desk.node.inquiries.history(partner, state.id)
    known = {line.entry: line for line in foreseen(state).lines}
    counts = {line.entry for line in foreseen(state).answers()}
    return {
        **inquiry_line(desk, partner, state),
        "read_by_partner_until": state.read_until(partner),
        "lines": [
            _line(desk, partner, each, known.get(each.entry.id), counts=each.entry.id in counts)
            for each in told
        ],
    }


def attachment(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The bytes of an attachment, as base64."""
    partner, state = _found(desk, arguments)
    content = desk.node.inquiries.attachment(
        partner, state.id, entry=arguments["entry"], body=arguments["attachment"]
    )
    if content is None:
        raise OperationRefused(
            f"the line {arguments['entry']} has no {arguments['attachment']} here; "
            "`tongban inquiry show` names those that there are"
        )
    return {"content": b64encode(content).decode()}


def inquiry_line(desk: OperatorDesk, partner: str, state: InquiryState) -> dict[str, Any]:
    """One inquiry in a list; age_days: since it was asked."""
    ahead, now = foreseen(state), desk.node.kernel.clock.now()
    question = ahead.question
    return {
        "inquiry": state.id,
        "partner": partner,
        "asked_by": state.asker,
        "item": question.item if question else "",
        "case": question.case if question else "",
        "agreement": question.agreement if question else "",
        "reports": question.reports if question else "",
        "standing": ahead.standing.value,
        "your_turn": ahead.standing.value == "open" and state.answerer == desk.node.name,
        "age_days": (now - question.at).days if question else 0,
        "unread": len(state.unread(desk.node.name)),
        "waits": [line.kind.value for line in state.pending],
    }


def _agreement(desk: OperatorDesk, arguments: Arguments) -> Document | None:
    """The document that the question names, if it names any; raises OperationRefused."""
    named = arguments.get("agreement", "")
    return kept_document(desk, named) if named else None


def _about(desk: OperatorDesk, arguments: Arguments, agreement: Document | None) -> tuple[str, str]:
    """With whom and on which item: the case says both, else the operator does.

    An agreement as a whole needs no item, and one of two says by itself who is asked.
    """
    partner, item = arguments.get("partner", ""), arguments.get("item", "")
    if arguments.get("case"):
        case = desk.node.case_state(arguments["case"])
        if case is None:
            raise unknown_case(arguments["case"])
        partner, item = partner or case.partner(desk.node.name), item or case.item
    if isinstance(agreement, Agreement) and not partner:
        others = agreement.nodes - {desk.node.name}
        partner = next(iter(others)) if len(others) == 1 else ""
    if partner and agreement is not None and not item:
        _check_between(desk, partner, agreement)
        return partner, ""
    if not partner or not item:
        raise OperationRefused(
            "a question goes to a partner and is about something: name a case with --case, an item "
            "with --item and --partner, or an agreement with --agreement, and with --partner where "
            "it has more than two parties. Nothing was asked"
        )
    if desk.node.published.find(item) is None and not arguments.get("case"):
        raise OperationRefused(
            f"no item {item} is published here; `tongban item list --all` shows those that are. "
            "Nothing was asked"
        )
    return partner, item


def _check_between(desk: OperatorDesk, partner: str, document: Document) -> None:
    """A partner can only answer for a text that it knows; raises OperationRefused."""
    stands = partner in desk.node.kernel.peers.names() and any(
        state.document == document_digest(document) for state in desk.node.agreements_with(partner)
    )
    if not stands:
        raise OperationRefused(
            f"《{document.title.zh}》 does not stand between here and {partner}; `tongban "
            "agreement list` shows with whom it does. Nothing was asked"
        )


def _bodies(name: str, arguments: Arguments) -> tuple[Body, ...]:
    words = arguments["words"].strip()
    said = (Body(name=name, media="text/plain", content=words.encode()),) if words else ()
    return (*said, *_attachments(arguments.get("attachments", ())))


def _attachments(files: Iterable[dict[str, str]]) -> Iterable[Body]:
    for number, file in enumerate(files, 1):
        content = b64decode(file["content"])
        if len(content) > BYTES_MAX:
            raise OperationRefused(
                f"attachment {number} has {len(content)} bytes, and {BYTES_MAX} is the most that "
                "a line carries. Make it smaller; nothing was sent"
            )
        yield Body(name=f"attachment:{number}", media=file["media"], content=content)


def _actor(arguments: Arguments) -> Actor:
    return Actor(kind=ActorKind.OFFICER, role=arguments.get("office") or OFFICE)


def _found(desk: OperatorDesk, arguments: Arguments) -> tuple[str, InquiryState]:
    found = desk.node.inquiries.find(arguments["inquiry"])
    if found is None:
        raise OperationRefused(
            f"there is no inquiry {arguments['inquiry']} here; `tongban inquiry list` shows those "
            "that are"
        )
    return found


def _done(desk: OperatorDesk, arguments: Arguments, command: InquiryCommand) -> Any:
    partner, state = _found(desk, arguments)
    waiting = _act(desk, partner, command).waiting
    return {"inquiry": state.id, "partner": partner, "waiting": waiting}


def _act(desk: OperatorDesk, partner: str, command: InquiryCommand) -> Executed:
    answer = desk.node.execute(command, partner=partner)
    if isinstance(answer, Refusal):
        raise in_words(answer)
    return answer


def _line(
    desk: OperatorDesk, partner: str, said: Said, line: Line | None, *, counts: bool
) -> dict[str, Any]:
    """counts: an answer that was neither withdrawn nor replaced."""
    words = words_for(said.ground) if said.ground else None
    return {
        "entry": said.entry.id,
        "by": desk.node.name if said.own else partner,
        "office": said.entry.actor.role or "",
        "type": wire.type_name(said.entry.event),
        "at": said.entry.at.isoformat(timespec="seconds"),
        "words": said.words,
        "attachments": list(said.attachments),
        "gone": list(said.gone),
        "counts": counts,
        "from_day": line.from_day if line else "",
        "authority": line.authority if line else "",
        "topic": line.topic if line else "",
        "refused": f"{words.why.zh}{words.why.en}" if words else "",
    }
