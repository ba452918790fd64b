"""Asks the holder's node to record what the law does when a limit has passed."""

from collections.abc import Iterator

import structlog

from tongban.core.cases.commands import RecordDeadline
from tongban.core.cases.state import CaseState
from tongban.core.china_time import china_day
from tongban.core.deadlines.deadline import Deadline
from tongban.core.deadlines.running import deadlines_of
from tongban.core.entry import Actor, ActorKind
from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus
from tongban.node.node import Node

_SUPERVISION = Actor(kind=ActorKind.SYSTEM, role="supervision")

_log = structlog.get_logger(__name__)


def record_passed_deadlines(node: Node) -> int:
    """Send a command for every effect that is due; how many took effect.

    Only the holder's node records an effect, and never on a guessed calendar: `decide` refuses
    both, so asking once too often does no harm. Lines that are not open are left for next time.
    """
    open_lines = {row.peer for row in node.channels() if row.status is ChannelStatus.OPEN}
    recorded = 0
    for state, deadline in _passed(node):
        if state.partner(node.name) not in open_lines:
            continue
        command = RecordDeadline(case=state.id, actor=_SUPERVISION, rule=deadline.rule)
        answer = node.execute(command)
        if isinstance(answer, Refusal):
            _log.warning("deadline_not_recorded", case=state.id, ground=answer.ground)
        else:
            recorded += 1
    return recorded


def _passed(node: Node) -> Iterator[tuple[CaseState, Deadline]]:
    today = china_day(node.kernel.clock.now())
    for state in node.cases():
        if state.ended or state.transit or state.holder != node.name:
            continue
        item = node.item_version(state.item_digest)
        for deadline in deadlines_of(state, item, node.kernel.calendar) if item else ():
            if deadline.effect and deadline.due_on < today and not deadline.provisional:
                yield state, deadline
