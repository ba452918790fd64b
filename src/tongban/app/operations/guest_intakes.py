"""What a guest's counter took in on paper: `tongban guest intake-sheet | take-in | complete`."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from tongban.app.control import Arguments, OperationRefused
from tongban.app.guests.intake import Intake, check
from tongban.app.guests.intake_sheet import read_intake_cells, require_rows, write_intake_sheet
from tongban.app.guests.papers import paper, papers_in
from tongban.app.operations.cases import unknown_case
from tongban.app.operations.desk import OperatorDesk
from tongban.app.operations.guests import require_kept, said
from tongban.core.body import Body
from tongban.core.cases.commands import CompleteCorrection, TakeIn
from tongban.core.cases.events import (
    Delivery,
    IntakeKind,
    MaterialForm,
    MaterialLine,
    Mode,
)
from tongban.core.cases.state import CaseState
from tongban.core.china_time import CHINA_TIME, china_day
from tongban.core.entry import Actor, ActorKind
from tongban.core.grounds import words_for
from tongban.core.items.item import Item
from tongban.core.refusal import Refusal
from tongban.node.desk import Executed
from tongban.node.faults import UnknownItem

_RECORDER = Actor(kind=ActorKind.OFFICER, role="recorder")


def intake_sheet(desk: OperatorDesk, arguments: Arguments) -> Any:
    """The sheet of one item for the guest's counter, in base64."""
    require_kept(desk)
    item = _item(desk, arguments["item"])
    return {
        "item": item.code,
        "name": item.name.zh,
        "file": b64encode(write_intake_sheet(item)).decode(),
    }


def take_in(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Record an intake with its paper and the scans of its materials; or every mistake in it."""
    require_kept(desk)
    code, cells = read_intake_cells(b64decode(arguments["sheet"]))
    item = _item(desk, code)
    require_rows(cells, item)
    scans = _scans(item, arguments["materials"])
    intake = check(cells, item, scans=frozenset(scans), today=_today(desk))
    if not isinstance(intake, Intake):
        return {"recorded": False, "mistakes": [said(each) for each in intake]}
    bodies = [
        *papers_in(arguments),
        _json("application", intake.answers),
        *scans.values(),
        *([_json("recipient", intake.recipient)] if intake.delivery is Delivery.POST else []),
    ]
    place = desk.settings.jurisdictions[0]
    command = TakeIn(
        case=desk.node.new_case(place),
        actor=_RECORDER,
        bodies=tuple(bodies),
        item=item.code,
        competent=item.competent,
        mode=Mode.DELEGATED_INTAKE,
        delivery=intake.delivery,
        kind=IntakeKind.COUNTER,
        person_check=intake.person_check,
        materials=_lines(intake.materials),
        place=place,
        taken_in_at=_end_of(desk, intake.day),
    )
    done = _done(desk.node.execute(command))
    return {"recorded": True, "case": command.case, "waiting": done.waiting}


def complete(desk: OperatorDesk, arguments: Arguments) -> Any:
    """Record what the applicant brought to the guest's counter after a list (补正)."""
    require_kept(desk)
    state = desk.node.case_state(arguments["case"])
    item = desk.node.item_version(state.item_digest) if state else None
    if state is None or item is None:
        raise unknown_case(arguments["case"])
    scans = _scans(item, arguments["materials"])
    form = MaterialForm(arguments["form"])
    command = CompleteCorrection(
        case=state.id,
        actor=_RECORDER,
        bodies=(*papers_in(arguments), *scans.values()),
        materials=_lines(dict.fromkeys(scans, form)),
        completed_at=_end_of(desk, _day(desk, state, arguments["day"])),
    )
    done = _done(desk.node.execute(command))
    return {"case": state.id, "materials": sorted(scans), "waiting": done.waiting}


def _item(desk: OperatorDesk, code: str) -> Item:
    try:
        item = desk.node.item(code)
    except UnknownItem as fault:
        raise OperationRefused(
            f"no item {code or '(none)'} is known here; `tongban item list` shows those that are. "
            "Nothing was recorded"
        ) from fault
    if item.competent == desk.node.name or item.process_for(Mode.DELEGATED_INTAKE) is None:
        raise OperationRefused(
            f"《{item.name.zh}》 is not taken in at another place's counter; anyone may apply to "
            f"{item.organisation.name.zh} directly. Nothing was recorded"
        )
    return item


def _scans(item: Item, given: Mapping[str, Any]) -> Mapping[str, Body]:
    """The files of materials by code; raises OperationRefused."""
    unknown = sorted(given.keys() - {each.code for each in item.materials})
    if unknown:
        raise OperationRefused(
            f"《{item.name.zh}》 has no material {unknown[0]}; its materials are "
            f"{', '.join(each.code for each in item.materials)}. Nothing was recorded"
        )
    return {
        code: paper(file["name"], b64decode(file["content"]), body=f"material:{code}")
        for code, file in given.items()
    }


def _lines(forms: Mapping[str, MaterialForm]) -> tuple[MaterialLine, ...]:
    return tuple(
        MaterialLine(code=code, form=form, body=f"material:{code}") for code, form in forms.items()
    )


def _day(desk: OperatorDesk, state: CaseState, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise OperationRefused(
            f"{text!r} is no day; write it as 2026-11-23. Nothing was recorded"
        ) from error
    if not china_day(state.intake.taken_in_at) <= day <= _today(desk):
        raise OperationRefused(
            f"{day} is before the case was taken in, or yet to come. Nothing was recorded"
        )
    return day


def _today(desk: OperatorDesk) -> date:
    return china_day(desk.node.kernel.clock.now())


def _end_of(desk: OperatorDesk, day: date) -> datetime:
    """A paper has a day and no hour: what it tells of counts until the end of that day."""
    now = desk.node.kernel.clock.now()
    return min(now, now.combine(day, time(23, 59, 59, tzinfo=CHINA_TIME)))


def _json(name: str, content: Mapping[str, Any]) -> Body:
    text = json.dumps(dict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Body(name=name, media="application/json", content=text.encode())


def _done(answer: Executed | Refusal) -> Executed:
    if isinstance(answer, Refusal):
        words = words_for(answer.ground)
        raise OperationRefused(f"{words.what.en} {words.why.en} {words.next.en}")
    return answer
