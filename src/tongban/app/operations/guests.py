"""A guest's cases by post: `tongban guest packet | record`."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import time
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.packet import Packet, write_letter
from tongban.app.guests.papers import paper
from tongban.app.guests.reply import LINES, Mistake, Reply, check
from tongban.app.guests.sheet import read_cells, write_sheet
from tongban.app.operations.cases import unknown_case
from tongban.app.operations.desk import OPERATOR, OperatorDesk
from tongban.core.body import Body
from tongban.core.cases.commands import (
    Accept,
    CaseCommand,
    Decide,
    NotifyCorrection,
    RefuseAcceptance,
)
from tongban.core.cases.events import CorrectionLine, Reported, Verdict
from tongban.core.cases.state import CaseState
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.deadlines.running import deadlines_of
from tongban.core.entry import Actor, ActorKind, BasisKind
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.core.one_sided import PACKET_PURPOSE
from tongban.core.refusal import Refusal

#: The system of a fact that no system reported but a sheet of paper.
_BY_POST = "post"


def packet(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The letter and the empty reply sheet of one case, in base64; that it was read is recorded."""
    state, item = _case(desk, arguments["case"])
    files = {
        f"{state.id}.docx": write_letter(_packet(desk, state, item)),
        f"{state.id}-reply.xlsx": write_sheet(state.id),
    }
    return {
        "case": state.id,
        "files": {name: b64encode(data).decode() for name, data in files.items()},
    }


def record(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Record what a filled-in sheet says, with its paper; or every mistake in it."""
    cells = read_cells(b64decode(arguments["sheet"]))
    state, item = _case(desk, cells[LINES["case"].cell])
    reply = check(
        cells,
        case=state.id,
        materials=frozenset(material.code for material in item.materials),
        today=china_day(desk.node.kernel.clock.now()),
    )
    if not isinstance(reply, Reply):
        return {"recorded": False, "mistakes": [said(each) for each in reply]}
    done = desk.node.execute(_command(desk, state, reply, tuple(_papers(arguments))))
    if isinstance(done, Refusal):
        words = words_for(done.ground)
        raise OperationRefused(f"{words.what.en} {words.why.en} {words.next.en}")
    return {"recorded": True, "case": state.id, "act": reply.act, "waiting": done.waiting}


def said(mistake: Mistake) -> dict[str, str]:
    """A mistake as the command line tells it."""
    return {
        "cell": mistake.cell,
        "zh": f"{mistake.what.zh}；{mistake.remedy.zh}",
        "en": f"{mistake.what.en}; {mistake.remedy.en}",
    }


def require_kept(desk: OperatorDesk) -> None:
    """Raises OperationRefused in a node whose officers act for themselves."""
    if not desk.node.kernel.identity.kept_by:
        raise OperationRefused(
            f"{desk.node.name} is not kept for a guest; its officers act on their own pages. "
            "Name the folder of the guest's node with --folder"
        )


def _case(desk: OperatorDesk, case: str) -> tuple[CaseState, Item]:
    require_kept(desk)
    state = desk.node.case_state(case)
    item = desk.node.item_version(state.item_digest) if state else None
    if state is None or item is None:
        raise unknown_case(case)
    return state, item


def _packet(desk: OperatorDesk, state: CaseState, item: Item) -> Packet:
    names = {material.code: material.name.zh for material in item.materials}
    received = state.available_at or state.intake.taken_in_at
    return Packet(
        title=f"{item.name.zh}　转办函",
        facts=(
            ("办件编号", state.id),
            ("事项", f"{item.name.zh} {item.code}"),
            ("实施主体", item.organisation.name.zh),
            ("收件方", state.intake_party),
            ("收件日期", china_day(state.intake.taken_in_at).isoformat()),
            ("送到日期", china_day(received).isoformat()),
        ),
        asked=tuple(_asked(desk, state, item)),
        materials=tuple((m.code, names.get(m.code, m.code), m.form.value) for m in state.materials),
        application=tuple(_application(desk, state)),
    )


def _asked(desk: OperatorDesk, state: CaseState, item: Item) -> Iterator[tuple[str, str]]:
    pinned = state.pinned_basis
    document = desk.node.document(pinned.document or "") if pinned else None
    for deadline in deadlines_of(state, item, desk.node.kernel.calendar, document):
        yield f"{deadline.due_on.isoformat()} 以前", deadline.basis.zh
    for use in state.bases:
        if use.basis.kind is BasisKind.OWN_RIGHT:
            yield "—", "申请人自己的权利"
            continue
        document = desk.node.document(use.basis.document or "")
        title = document.title.zh if document else use.basis.document or ""
        yield "—", f"《{title}》第 {use.basis.clause} 条"


def _application(desk: OperatorDesk, state: CaseState) -> Iterator[tuple[str, str]]:
    body = desk.node.read_body(state.id, "application", reader=OPERATOR, purpose=PACKET_PURPOSE)
    try:
        fields = json.loads(body or b"{}")
    except ValueError:
        return
    if isinstance(fields, dict):
        yield from ((str(name), str(value)) for name, value in sorted(fields.items()))


def _papers(arguments: Arguments) -> Iterator[Body]:
    given = arguments["paper"]
    yield paper(given["name"], b64decode(given["content"]))
    if arguments["result"]:
        result = arguments["result"]
        yield paper(result["name"], b64decode(result["content"]), body="result")


def _command(
    desk: OperatorDesk, state: CaseState, reply: Reply, papers: tuple[Body, ...]
) -> CaseCommand:
    """The act as a fact that was reported: it took place on paper, and nobody here can refuse it.

    A paper has a day and no hour: the fact counts until the end of that day.
    """
    now = desk.node.kernel.clock.now()
    end = time(23, 59, 59, tzinfo=CHINA_TIME)
    acted_at = min(now, now.combine(reply.day, end))
    given: dict[str, Any] = {
        "case": state.id,
        "actor": Actor(kind=ActorKind.OFFICER, organisation=state.organisation, role="recorder"),
        "reported": Reported(acted_at=acted_at, reported_at=now, system=_BY_POST),
    }
    return _COMMANDS[reply.act](reply, papers, given)


def _accept(reply: Reply, papers: tuple[Body, ...], given: dict[str, Any]) -> CaseCommand:
    return Accept(**given, number=reply.number, bodies=papers)


def _refuse_acceptance(
    reply: Reply, papers: tuple[Body, ...], given: dict[str, Any]
) -> CaseCommand:
    bodies = (*papers, _letter("decision", reply))
    return RefuseAcceptance(**given, ground=reply.ground, bodies=bodies)


def _notify(reply: Reply, papers: tuple[Body, ...], given: dict[str, Any]) -> CaseCommand:
    lines = tuple(CorrectionLine(code=code, defect=reply.ground) for code in reply.codes)
    return NotifyCorrection(**given, lines=lines, bodies=(*papers, _letter("correction", reply)))


def _grant(reply: Reply, papers: tuple[Body, ...], given: dict[str, Any]) -> CaseCommand:
    bodies = (*papers, _letter("decision", reply))
    return Decide(**given, verdict=Verdict.GRANTED, result_number=reply.number, bodies=bodies)


def _refuse(reply: Reply, papers: tuple[Body, ...], given: dict[str, Any]) -> CaseCommand:
    bodies = (*papers, _letter("decision", reply))
    return Decide(**given, verdict=Verdict.REFUSED, ground=reply.ground, bodies=bodies)


_COMMANDS = {
    "accept": _accept,
    "refuse_acceptance": _refuse_acceptance,
    "notify_correction": _notify,
    "grant": _grant,
    "refuse": _refuse,
}


def _letter(name: str, reply: Reply) -> Body:
    text = (
        f"{reply.reason}\n\n文号：{reply.number}\n{reply.day.isoformat()}\n以随附的盖章文书为准。"
    )
    return Body(name=name, media="text/plain", content=text.encode())
