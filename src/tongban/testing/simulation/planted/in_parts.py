"""What is lost comes back in parts (spec/channels.md, "Answering")."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_GENERATIONS = "tongban.node.generations"
_ANSWERS = "tongban.node.answers"

IN_PARTS: Sequence[Bug] = (
    Bug(
        name="a_part_opens_the_channel",
        module=_GENERATIONS,
        before="    if answer.more:\n",
        after="    if False:\n",
        rule="Only the last part opens the generation of the start.",
        breaks="A node writes on while its partner still holds more of its log.",
    ),
    Bug(
        name="a_part_leaves_out_what_was_decided",
        module=_ANSWERS,
        before="        return _Cut(own=own, applied=reach if before(reach, seen) else seen)",
        after="        return _Cut(own=own, applied=self._since.applied)",
        rule="A part gives of the opposite log what its own outcomes decide.",
        breaks="Outcomes come back without the entries that they are about.",
    ),
    Bug(
        name="a_part_gives_more_than_was_decided",
        module=_ANSWERS,
        before="        return _Cut(own=own, applied=reach if before(reach, seen) else seen)",
        after="        return _Cut(own=own, applied=reach)",
        rule="A part gives of the opposite log no more than its own outcomes decide.",
        breaks="Entries come back before it is known what was decided of them.",
    ),
    Bug(
        name="a_late_part_counts_as_another_history",
        module=_GENERATIONS,
        before="    if is_late(work, peer.name, answer):\n        return Adopted.NOTHING\n",
        after="",
        rule="An answer to an earlier request of the same start is passed over.",
        breaks="A repeated letter freezes the line between two honest nodes.",
    ),
)
