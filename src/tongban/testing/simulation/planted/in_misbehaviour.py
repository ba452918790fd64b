"""What a partner does that it may not, and what is kept of it (spec/misbehaviour.md)."""

from collections.abc import Sequence

from tongban.testing.simulation.planted.bug import Bug

_REFUSED = "tongban.node.refused_bytes"

IN_MISBEHAVIOUR: Sequence[Bug] = (
    Bug(
        name="two_histories_are_not_noticed",
        module="tongban.node.misbehaviour.detect",
        before="        kept = [self._keep(each) for each in found if each]\n",
        after="        kept: list[bool] = []\n",
        breaks="A partner that signs two roots for one size goes unpunished.",
    ),
    Bug(
        name="a_proof_shows_one_history_twice",
        module="tongban.node.misbehaviour.export",
        before="        second=parse_note(row.second),\n",
        after="        second=parse_note(row.first),\n",
        breaks="The proof of a partner's two histories convinces nobody.",
    ),
    Bug(
        name="a_frozen_line_goes_on",
        module="tongban.node.generations",
        before="    work.put_channel(replace(work.channel(peer), status=ChannelStatus.FROZEN))\n",
        after="",
        breaks="A node goes on with a partner that it caught with two histories.",
    ),
    Bug(
        name="refused_bytes_go_at_once",
        module=_REFUSED,
        before="    return any(not before(here, since) and before(here, until) for since, until in told)",
        after="    return here == here",
        breaks="What a partner tried is gone before anybody has looked at it.",
    ),
)
