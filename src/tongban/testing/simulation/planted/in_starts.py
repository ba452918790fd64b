"""Each rule of "Starts and generations" left out (spec/channels.md)."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_GENERATIONS = "tongban.node.generations"
_HEARING = "tongban.node.hearing"

IN_STARTS: Sequence[Bug] = (
    Bug(
        name="start_without_comparison",
        module="tongban.node.node",
        before="""            for peer in self.kernel.peers.names():
                generations.begin(work, peer, start)
            work.close()
        self._start = start""",
        after="""            work.close()
        self._start = start""",
        rule="After every start nothing is appended, applied or signed before the comparison.",
        breaks="A node put back to an older file writes a second history.",
    ),
    Bug(
        name="no_new_start_when_the_peer_is_ahead",
        module=_HEARING,
        # Both signs of it are left out: one alone is nearly always seen together with the other.
        before="""        if self._work.channel(self._peer.name).status is ChannelStatus.OPEN:
            self._renew()
""",
        after="        return\n",
        rule="Whenever a peer shows more of a node's log than the node has, it compares again.",
        breaks="A node rolled back behind its own back goes on writing another history.",
    ),
    Bug(
        name="start_named_from_the_database",
        module="tongban.node.node",
        before="start = start_name(self.kernel.randomness.draw(16))",
        after='start = start_name(self.name.encode().ljust(16, b"0")[:16])',
        rule="The request carries fresh random bits that name this start.",
        breaks="An answer to an earlier start counts for a later one.",
    ),
    Bug(
        name="a_start_honoured_twice",
        module=_GENERATIONS,
        before="""    if store.is_honoured(work.connection, peer, asked.start):
        return False
""",
        after="",
        rule="Answering is a committed act: a start is honoured once.",
        breaks="An old request that comes late makes the answerer forget the newer start.",
    ),
    Bug(
        name="honouring_is_not_committed",
        module=_GENERATIONS,
        before="""    store.honour(work.connection, peer, asked.start)
    work.put_channel(replace(row, peer_start=asked.start))
    return True""",
        after="""    return True""",
        rule="Answering is a committed act.",
        breaks="After an answer the peer's new generation is unknown and its line stays shut.",
    ),
    Bug(
        name="pushes_of_an_earlier_start_are_applied",
        module=_HEARING,
        before="        if message.start != row.peer_start:\n",
        after="        if False:\n",
        rule="Nothing is applied that does not belong to a start that was honoured.",
        breaks="A push from before a rollback is applied after it.",
    ),
    Bug(
        name="pushes_are_applied_while_comparing",
        module=_HEARING,
        before="        if row.status is not ChannelStatus.OPEN:\n            if not self.heard.trouble",
        after="        if row.status is ChannelStatus.FROZEN:\n            if not self.heard.trouble",
        rule="After a start nothing is applied before the comparison.",
        breaks="Entries are decided before it is known what was decided of them.",
    ),
    Bug(
        name="answers_for_another_start_are_taken",
        module=_GENERATIONS,
        before="answer.for_start != row.own_start",
        after="not answer.for_start",
        rule="A node discards answers to an earlier start.",
        breaks="A generation is opened on logs that have grown since.",
    ),
    Bug(
        name="own_log_not_taken_back",
        module="tongban.node.answers",
        before="exactly(kernel, connection, self._mirror, after=since.own, until=cut.own)",
        after="[]",
        rule="The node takes the longer of its own log.",
        breaks="What the partner still holds is not given back after a lost disk.",
    ),
    Bug(
        name="opposite_log_not_taken_back",
        module="tongban.node.answers",
        before="""everything(
                kernel, connection, self._own, after=since.applied, until=cut.applied
            )""",
        after="[]",
        rule="The opposite log is taken at least as far as one's recovered outcomes reach.",
        breaks="Entries that were decided before a loss are decided again.",
    ),
    Bug(
        name="recovered_entries_are_decided_again",
        module="tongban.node.effects",
        before='ground = refused.get((generation, index), "")\n            self._take',
        after="ground = self._judge(entry, frozenset(), received)\n            self._take",
        rule="Entries covered by a recovered outcome are applied as it says.",
        breaks="A decision of the past is made anew with other knowledge.",
    ),
    Bug(
        name="same_generation_after_a_start",
        module=_GENERATIONS,
        before="""    number = head.generation + 1 if head else 1
    origin = channel_origin""",
        after="""    if head is not None:
        return
    number = 1
    origin = channel_origin""",
        rule="Every start opens a new generation.",
        breaks="Two starts write one log.",
    ),
    Bug(
        name="opening_commits_to_nothing",
        module=_GENERATIONS,
        before="""    event = GenerationOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=head.size if head else 0,""",
        after="""    event = GenerationOpened(
        number=number,
        start=start,
        previous_origin=head.origin if head else "",
        previous_size=max(head.size - 1, 0) if head else 0,""",
        rule="The first entry of a generation commits to the last checkpoint of the old one.",
        breaks="The end of the older generation is not bound to the newer one.",
    ),
    Bug(
        name="unknown_start_is_ignored",
        module=_HEARING,
        before="""        if self._message.trouble == "unknown_start":
            self._renew()
            # A peer that says so of every start must not keep this node talking.
            self.heard.moved = False
        elif""",
        after="        if",
        rule="A node that is told its start is unknown starts again.",
        breaks="After a partner's rollback the line never opens again.",
    ),
    Bug(
        name="requests_to_an_earlier_start_are_honoured",
        module=_HEARING,
        before="        if asked.answerer != row.own_start:\n",
        after="        if False:\n",
        rule="A request that does not name the answerer's present start is not honoured.",
        breaks="Who forgot a start honours it again, and takes what was pushed under it.",
    ),
    Bug(
        name="nothing_is_answered_while_comparing",
        module=_HEARING,
        before="        if asked.answerer != row.own_start:\n",
        after="""        if row.status is not ChannelStatus.OPEN:
            pass
        elif asked.answerer != row.own_start:
""",
        rule="Answering is allowed while one's own comparison is open.",
        breaks="Two nodes that start together wait for each other for ever.",
    ),
    Bug(
        name="two_starts_heard_count_as_one",
        module=_GENERATIONS,
        before="    if heard:\n        begin_again(work, peer)\n    else:\n",
        after="    if not heard:\n",
        rule="Who hears two starts of the peer while comparing begins again.",
        breaks="A node goes on under an older start of its partner.",
    ),
    Bug(
        name="openings_have_outcomes",
        module="tongban.node.outcomes",
        before="_UPKEEP = (OutcomeRecorded, GenerationOpened, KeyRotated)",
        after="_UPKEEP = (OutcomeRecorded, KeyRotated)",
        rule="An opening, like an outcome, produces no outcome.",
        breaks="Two nodes decide about what neither may refuse.",
    ),
    Bug(
        name="the_tail_of_the_older_generation_is_left_out",
        module="tongban.node.pushes",
        before="        first = _first(head, after)\n        if first >= head.size:\n",
        after="""        first = _first(head, after)
        if first >= head.size or head.generation < kernel.store.head(connection, log).generation:
""",
        rule="The uncosigned tail of the old generation goes with the next push.",
        breaks="What was written just before a fall never reaches the partner.",
    ),
)
