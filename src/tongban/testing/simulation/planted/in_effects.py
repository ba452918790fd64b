"""What takes effect, when, and in whose view."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_EFFECTS = "tongban.node.effects"

IN_EFFECTS: Sequence[Bug] = (
    Bug(
        name="refused_entries_take_effect",
        module=_EFFECTS,
        before="elif not ground and needs_outcome(entry):",
        after="elif needs_outcome(entry):",
        breaks="What the receiver refuses moves its case all the same.",
    ),
    Bug(
        name="nothing_is_refused",
        module=_EFFECTS,
        before="ground = known or self._judge(generation, entry, recalled, received)",
        after="ground = known",
        breaks="Entries without a basis take effect.",
    ),
    Bug(
        name="outcome_leaves_out_refusals",
        module=_EFFECTS,
        before="            refused=tuple(refused),",
        after="            refused=(),",
        breaks="The writer believes that a refused entry took effect.",
    ),
    Bug(
        name="outcome_is_not_recorded",
        module=_EFFECTS,
        before="        if anything:\n            self._record_outcome",
        after="        if anything and refused:\n            self._record_outcome",
        breaks="A hand-over stays in transit for ever.",
    ),
    Bug(
        name="outcome_reaches_too_far_back",
        module=_EFFECTS,
        before="            since_size=first.first,",
        after="            since_size=0,",
        breaks="An outcome decides again what was decided.",
    ),
    Bug(
        name="seen_is_not_checked",
        module=_EFFECTS,
        before="        if not self._theirs.could_see(entry.seen):",
        after="        if False:",
        breaks="An entry may claim to have seen what was never written.",
    ),
    Bug(
        name="instants_of_the_writer_count",
        module=_EFFECTS,
        before="            at=received.received_at,\n            recalled=recalled,",
        after="            at=entry.at,\n            recalled=recalled,",
        breaks="Whether an agreement was in force depends on the writer's clock.",
    ),
    Bug(
        name="one_working_day_short",
        module="tongban.core.deadlines.calendar",
        before="    while n:\n",
        after="    while n > 1:\n",
        breaks="A case is deemed accepted while the authority still has its last day.",
    ),
    Bug(
        name="recall_is_not_heard",
        module="tongban.core.cases.admit",
        before="if entry.id in recalled or isinstance(entry.event, HandoverRecalled):",
        after="if isinstance(entry.event, HandoverRecalled):",
        breaks="A hand-over that was recalled in the same push arrives all the same.",
    ),
    Bug(
        name="refused_handover_does_not_return",
        module="tongban.core.cases.settle",
        before="            return _returned(state, state.transit, refused)",
        after="            return state",
        breaks="A refused hand-over stays on its way for ever.",
    ),
    Bug(
        name="landed_with_the_sender",
        module="tongban.core.cases.settle",
        before="moved = changed(state, holder=transit.receiver, transit=None)",
        after="moved = changed(state, holder=transit.sender, transit=None)",
        breaks="Both believe that they hold the case.",
    ),
    Bug(
        name="the_sender_keeps_what_it_handed_over",
        module="tongban.core.cases.settle",
        before="        return landed(state, received)\n",
        after="        return changed(landed(state, received), holder=state.transit.sender)\n",
        breaks="Officers of two authorities go on with one case.",
    ),
    Bug(
        name="effect_before_the_outcome",
        module=_EFFECTS,
        before="            state = self.own.fold(entry, writer=self._me, received=None)\n            self._work.applied(\n                entry,\n                place=(log, first.generation, index),",
        after="            state = self.own.fold(entry, writer=self._me, received=None)\n            state = self.own.settle(entry, '', NOT_RECEIVED) if needs_outcome(entry) else state\n            self._work.applied(\n                entry,\n                place=(log, first.generation, index),",
        breaks="The sender believes that the receiver holds a case that it never heard of.",
    ),
    Bug(
        name="rebuild_forgets_refusals",
        module="tongban.node.effects",
        before="self._take(line.generation, line.index, entry, line.ground, told)",
        after='self._take(line.generation, line.index, entry, "", told)',
        breaks="A rebuild lets refused entries take effect.",
    ),
    Bug(
        name="rebuild_without_instants",
        module="tongban.node.rebuild",
        before="return self._received[found] if found < len(self._received) else None",
        after="return None",
        breaks="A rebuild loses when hand-overs arrived, and with it the deadlines.",
    ),
    Bug(
        name="erasures_have_no_outcome",
        module="tongban.node.outcomes",
        before="    return entry is None or not isinstance(entry.event, _UPKEEP)\n",
        after="""    erasure = entry is not None and type(entry.event).__name__ == "BodyErased"
    return entry is None or not (erasure or isinstance(entry.event, _UPKEEP))
""",
        breaks="Nobody ever says whether what a partner wrote of an erasure took effect.",
    ),
    Bug(
        name="an_erasure_takes_the_entry_with_it",
        module="tongban.node.kept_bodies",
        before="                store.erase_body(connection, *place, name, self.work.now)\n",
        after="""                store.erase_body(connection, *place, name, self.work.now)
                words = "DELETE FROM tongban_entry WHERE (log, generation, leaf) = (?, ?, ?)"
                connection.execute(words, place)
""",
        breaks="Who erases what a person asked to erase loses what the partner countersigned.",
    ),
)
