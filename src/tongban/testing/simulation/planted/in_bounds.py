"""What partners may ask of each other: how much, how long, in which words, and for how long."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_ARRIVALS = "tongban.node.arrivals"
_AUTHORISE = "tongban.core.agreements.authorise"

IN_BOUNDS: Sequence[Bug] = (
    Bug(
        name="quota_is_not_charged",
        module="tongban.channels.quota",
        before="            levels.messages -= 1\n",
        after="",
        breaks="A partner gone wild takes a node's whole time.",
    ),
    Bug(
        name="newer_parts_are_told_to_everybody",
        module="tongban.node.kernel",
        before="return version in self.versions and version in self.peers.descriptor(peer).reads.messages",
        after="return True",
        breaks="A partner whose software is older cannot read what it is told.",
    ),
    Bug(
        name="rot_is_not_noticed",
        module="tongban.logs.sqlite.logs",
        before="return [entry.index for entry in entries if suite and is_damaged(suite, entry)]",
        after="return [entry.index for entry in entries if entry.index < 0]",
        breaks="What a disk garbled stays so until somebody needs it.",
    ),
    Bug(
        name="rot_of_bodies_is_not_noticed",
        module="tongban.logs.sqlite.bodies",
        before="return [(row[2], row[3]) for row in rows if not self._is_whole(*row)]",
        after="return [(row[2], row[3]) for row in rows if row[2] < 0]",
        breaks="What somebody handed in is found to be gone when it is needed.",
    ),
    Bug(
        name="repeated_ids_are_taken",
        module=_ARRIVALS,
        before="        if entry.id <= last:\n",
        after="        if entry.id == last:\n",
        breaks="An entry that is not younger than all before it takes effect.",
    ),
    Bug(
        name="foreign_bodies_are_taken",
        module=_ARRIVALS,
        before="        elif (generation, index) in spoiled:\n",
        after="        elif (generation, index) in ():\n",
        breaks="An entry takes effect with a body that it does not commit to.",
    ),
    Bug(
        name="suspensions_are_not_heard",
        module=_AUTHORISE,
        before="    if state.suspended_for(item):\n",
        after="    if state.suspended_for('nothing') and not item:\n",
        breaks="A suspended agreement goes on.",
    ),
    Bug(
        name="terminations_are_not_heard",
        module=_AUTHORISE,
        before="    if state.ended_on is not None and day > state.ended_on:\n",
        after="    if state.ended_on is None and day == date.max:\n",
        breaks="An agreement that a party ended goes on.",
    ),
    Bug(
        name="daily_limits_are_not_held_to",
        module=_AUTHORISE,
        before="    full = left is not None and left <= 0\n",
        after="    full = left is not None and left <= -99\n",
        breaks="A partner is sent more in a day than it agreed to take.",
    ),
    Bug(
        name="intakes_count_on_the_senders_day",
        module="tongban.core.agreements.evolve",
        before="intakes=land(state.intakes, flow, china_day(received_at)))",
        after="intakes=land(state.intakes, flow, china_day(entry.at)))",
        breaks="Who sends late, or by a wrong clock, sends more than a day allows.",
    ),
    Bug(
        name="publications_are_not_waited_for",
        module=_AUTHORISE,
        before="    if state.unpublished(document):\n",
        after='    if state.unpublished(document) == ("",):\n',
        breaks="An agreement binds people who could not read it.",
    ),
    Bug(
        name="amendments_are_not_heard",
        module="tongban.core.agreements.succession",
        before="    return successor.takes_over and day >= successor.document.valid_from\n",
        after="    return not successor.takes_over and day == date.max\n",
        breaks="What an amended text no longer grants is granted by the older one.",
    ),
    Bug(
        name="agreements_never_end",
        module=_AUTHORISE,
        before="    if last is not None and day > last:\n",
        after="    if last is None and day == date.max:\n",
        breaks="An agreement that is over goes on.",
    ),
)
