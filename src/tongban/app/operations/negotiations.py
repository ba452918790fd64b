"""Negotiations: `tongban negotiation propose | counter | comment | accept | … | list | show`."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.papers import papers_in
from tongban.app.operations.agreements import (
    AGREEMENT_OFFICER,
    check_parties,
    in_words,
    kept_agreement,
    read,
    require_done,
)
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.ground import check_ground
from tongban.app.operations.items import day_of
from tongban.core.agreements.commands import Offer
from tongban.core.agreements.differences import Passage, differences, passages
from tongban.core.agreements.document import (
    Agreement,
    document_bytes,
    document_digest,
    parse_agreement,
)
from tongban.core.body import Body
from tongban.core.china_time import china_day
from tongban.core.grounds import words_for
from tongban.core.negotiations.commands import (
    AcceptProposal,
    CommentClause,
    CounterProposal,
    NegotiationCommand,
    ProposeAgreement,
    RejectProposal,
    WithdrawProposal,
)
from tongban.core.negotiations.order import foreseen
from tongban.core.negotiations.permit import COMMENT
from tongban.core.negotiations.state import NegotiationState
from tongban.core.negotiations.statistics import AllTalks, TalkFigures, together
from tongban.core.refusal import Refusal
from tongban.node.agreement_acts import collectors
from tongban.node.desk import Executed
from tongban.node.library import AGREEMENT
from tongban.node.negotiation_figures import talk_figures
from tongban.node.negotiations import Told


def propose(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Begin a negotiation over the text in a file with the partner that it names.

    Of a text of many parties its depositary talks with each of them, and each of them with it.
    """
    agreement = _text(desk, arguments)
    answer_by = _answer_by(desk, arguments)
    tables = []
    for partner in collectors(desk.node, agreement):
        command = ProposeAgreement(
            negotiation=desk.node.negotiations.fresh_name(),
            actor=AGREEMENT_OFFICER,
            document=document_digest(agreement),
            answer_by=answer_by,
        )
        _act(desk, partner, command, arguments)
        tables.append({"negotiation": command.negotiation, "partner": partner})
    return {**tables[0], "title": agreement.title.zh, "tables": tables}


def counter(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Answer what lies on the table with the text in a file."""
    partner, version = _before(desk, arguments)
    agreement = _text(desk, arguments)
    command = CounterProposal(
        negotiation=arguments["negotiation"],
        actor=AGREEMENT_OFFICER,
        version=version,
        document=document_digest(agreement),
        answer_by=_answer_by(desk, arguments),
    )
    _act(desk, partner, command, arguments)
    return {"negotiation": arguments["negotiation"], "version": version + 1}


def comment(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Say something on a clause; the words travel beside the entry and not in it."""
    partner, version = _before(desk, arguments)
    words = Body(name=COMMENT, media="text/plain", content=arguments["words"].encode())
    command = CommentClause(
        negotiation=arguments["negotiation"],
        actor=AGREEMENT_OFFICER,
        version=version,
        clause=arguments["clause"],
        bodies=(words,) if arguments["words"].strip() else (),
    )
    _act(desk, partner, command, arguments)
    return {"negotiation": arguments["negotiation"], "version": version}


def accept(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Agree to what lies on the table, and lay it before the partner for signature."""
    partner, version = _before(desk, arguments)
    command = AcceptProposal(
        negotiation=arguments["negotiation"], actor=AGREEMENT_OFFICER, version=version
    )
    done = _act(desk, partner, command, arguments)
    document = foreseen(_found(desk, arguments)[1]).accepted
    if not done.waiting:
        papers = papers_in(arguments)
        offer = Offer(document=document, actor=AGREEMENT_OFFICER, bodies=papers)
        require_done({partner: desk.node.execute(offer, partner=partner)})
    return {"negotiation": arguments["negotiation"], "document": document}


def reject(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Want no agreement on this."""
    check_ground(arguments["ground"])
    partner, version = _before(desk, arguments)
    command = RejectProposal(
        negotiation=arguments["negotiation"],
        actor=AGREEMENT_OFFICER,
        version=version,
        ground=arguments["ground"],
    )
    _act(desk, partner, command, arguments)
    return {"negotiation": arguments["negotiation"]}


def withdraw(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Go no further with what lies on the table."""
    partner, version = _before(desk, arguments)
    command = WithdrawProposal(
        negotiation=arguments["negotiation"], actor=AGREEMENT_OFFICER, version=version
    )
    _act(desk, partner, command, arguments)
    return {"negotiation": arguments["negotiation"]}


def list_negotiations(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """Every negotiation, with whom it is, how it stands and whose turn it is."""
    return [
        _line(desk, row.peer, state)
        for row in desk.node.channels()
        for state in desk.node.negotiations.with_partner(row.peer)
    ]


def show_negotiation(desk: OperatorDesk, arguments: Arguments) -> Any:
    """A negotiation with its versions and comments, and what of this node's acts was refused.

    diff: also what the newest version changes in the one before, or in what it would replace.
    """
    partner, state = _found(desk, arguments)
    told = desk.node.negotiations.history(partner, state.id)
    shown = {
        **_line(desk, partner, state),
        "versions": list(_versions(desk, state)),
        "comments": list(_comments(state, told)),
        "refused": [_refused(line) for line in told if line.own and line.ground],
    }
    if arguments.get("diff"):
        shown["diff"] = _diff(desk, state)
    return shown


def statistics(desk: OperatorDesk, _arguments: Arguments) -> Any:
    """What this node's negotiations took: each, and all together."""
    figures = talk_figures(desk.node)
    return {"negotiations": [_figures(each) for each in figures], "all": _all(together(figures))}


def _figures(talk: TalkFigures) -> dict[str, Any]:
    return {
        "negotiation": talk.negotiation,
        "parties": list(talk.parties),
        "standing": talk.standing.value,
        "hours": _hours(talk.took),
        "counters": talk.counters,
        "comments": talk.comments,
        "fought": dict(talk.fought),
    }


def _all(talks: AllTalks) -> dict[str, Any]:
    return {
        "by_standing": {standing.value: count for standing, count in talks.by_standing.items()},
        "median_hours": None if talks.median is None else _hours(talks.median),
        "counters": talks.counters,
        "comments": talks.comments,
        "fought": [
            {"text": each.text, "clause": each.clause, "times": each.times} for each in talks.fought
        ],
    }


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 2)


def _text(desk: OperatorDesk, arguments: Arguments) -> Agreement:
    """The agreement in the operator's file, kept; this node is a party of it."""
    agreement = read(arguments["text"], parse_agreement)
    check_parties(desk, agreement)
    with desk.node.kernel.database.write() as connection:
        desk.node.kernel.library.put(connection, document_bytes(agreement), kind=AGREEMENT)
    return agreement


def _answer_by(desk: OperatorDesk, arguments: Arguments) -> str:
    today = china_day(desk.node.kernel.clock.now())
    return day_of(arguments["answer_by"], today).isoformat()


def _found(desk: OperatorDesk, arguments: Arguments) -> tuple[str, NegotiationState]:
    found = desk.node.negotiations.find(arguments["negotiation"])
    if found is None:
        raise OperationRefused(
            f"there is no negotiation {arguments['negotiation']} here; `tongban negotiation list` "
            "shows those that are"
        )
    return found


def _before(desk: OperatorDesk, arguments: Arguments) -> tuple[str, int]:
    """The partner, and the version that the operator has in view: the newest unless it is said."""
    partner, state = _found(desk, arguments)
    return partner, arguments.get("version") or len(foreseen(state).versions)


def _act(
    desk: OperatorDesk, partner: str, command: NegotiationCommand, arguments: Arguments
) -> Executed:
    """Do it, with the paper that came along."""
    papered = replace(command, bodies=(*command.bodies, *papers_in(arguments)))
    answer = desk.node.execute(papered, partner=partner)
    if isinstance(answer, Refusal):
        raise in_words(answer)
    return answer


def _line(desk: OperatorDesk, partner: str, state: NegotiationState) -> dict[str, Any]:
    """waits: what this node did and does not know the partner's outcome of yet."""
    ahead = foreseen(state)
    table = ahead.on_table
    document = desk.node.document(table.document) if table else None
    return {
        "negotiation": state.id,
        "partner": partner,
        "title": document.title.zh if document else "",
        "standing": state.standing(china_day(desk.node.kernel.clock.now())).value,
        "holder": ahead.holder,
        "your_turn": ahead.holder == desk.node.name,
        "version": len(ahead.versions),
        "document": table.document if table else "",
        "answer_by": table.answer_by if table else "",
        "ground": ahead.closing.ground if ahead.closing else "",
        "waits": [move.kind.value for move in state.pending],
    }


def _versions(desk: OperatorDesk, state: NegotiationState) -> Iterator[dict[str, Any]]:
    for number, version in enumerate(foreseen(state).versions, 1):
        yield {
            "number": number,
            "title": kept_agreement(desk, version.document).title.zh,
            "document": version.document,
            "by": version.by,
            "at": version.at.isoformat(timespec="seconds"),
            "answer_by": version.answer_by,
        }


def _comments(state: NegotiationState, told: Sequence[Told]) -> Iterator[dict[str, Any]]:
    words = {line.entry.id: line.words for line in told}
    for each in foreseen(state).comments:
        yield {
            "entry": each.entry,
            "version": each.version,
            "clause": each.clause,
            "by": each.by,
            "words": words.get(each.entry, ""),
        }


def _refused(line: Told) -> dict[str, Any]:
    words = words_for(line.ground)
    return {
        "at": line.entry.at.isoformat(timespec="seconds"),
        "ground": line.ground,
        "zh": f"{words.what.zh}{words.why.zh}{words.next.zh}",
        "en": f"{words.what.en} {words.why.en} {words.next.en}",
    }


def _diff(desk: OperatorDesk, state: NegotiationState) -> dict[str, Any]:
    versions = foreseen(state).versions
    after = kept_agreement(desk, versions[-1].document)
    before = versions[-2].document if len(versions) > 1 else after.supersedes
    if not before:
        raise OperationRefused(
            "this is the first version, and it replaces no agreement: there is nothing to compare "
            "it with. `tongban agreement show` has its words"
        )
    old = kept_agreement(desk, before)
    return {
        "before": before,
        "after": versions[-1].document,
        "fields": [asdict(line) for line in differences(old, after)],
        "texts": list(_texts(old, after)),
    }


def _texts(before: Agreement, after: Agreement) -> Iterator[dict[str, Any]]:
    """Clauses that both have, in other words."""
    for clause in after.clauses:
        old = before.clause(clause.number)
        if old is not None and old.text.zh != clause.text.zh:
            parts = passages(old.text.zh, clause.text.zh)
            yield {"clause": clause.number, "passages": [_passage(part) for part in parts]}


def _passage(part: Passage) -> dict[str, str]:
    return {"before": part.before, "after": part.after}
