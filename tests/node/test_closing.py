"""An operator ends a channel and begins it again; people get back what waited for it."""

import pytest
from tests.node.looking import home_events, submit

from tongban.channels.descriptors import fingerprint, read_descriptor
from tongban.core.channel.refusals import ChannelGround
from tongban.core.entry import Actor, ActorKind
from tongban.core.home.events import ChannelClosed, IntentSettled
from tongban.core.refusal import Refusal
from tongban.logs.rows import ChannelStatus
from tongban.node.faults import UnknownPeer
from tongban.testing.applications import HEFEI, SONGJIANG, accept, online_application
from tongban.testing.memory_nodes import MemoryFederation

OPERATOR = Actor(kind=ActorKind.OFFICER, role="operator")


def close(pair: MemoryFederation) -> int:
    return pair[SONGJIANG].close_channel(HEFEI, actor=OPERATOR, ground="contract_ended")


def pair_again(pair: MemoryFederation) -> None:
    descriptor = pair.nodes[HEFEI].descriptor
    pair[SONGJIANG].pair(descriptor, compared=fingerprint(read_descriptor(descriptor)))


def test_a_closed_channel_says_so_and_takes_nothing(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    close(pair)
    pair[HEFEI].execute(accept(case))
    before = pair[SONGJIANG].case_state(case)
    envelope = pair[HEFEI].conversation.say(SONGJIANG)
    answer = pair[SONGJIANG].hear(envelope)
    assert answer is not None
    assert pair[HEFEI].conversation.hear_reply(SONGJIANG, answer) == (False, "closed")
    assert pair[SONGJIANG].case_state(case) == before
    assert not pair[SONGJIANG].conversation.has_news(HEFEI)


def test_what_is_asked_on_a_closed_channel_is_refused_with_a_way_on(
    pair: MemoryFederation,
) -> None:
    close(pair)
    answer = pair[SONGJIANG].execute(online_application(pair))
    assert isinstance(answer, Refusal)
    assert answer.ground == ChannelGround.LINE_CLOSED


def test_what_waited_for_the_line_comes_back_when_it_is_closed(pair: MemoryFederation) -> None:
    pair.nodes[SONGJIANG].stop()
    pair.nodes[SONGJIANG].start()
    submit(pair)
    assert close(pair) == 1
    (settled,) = home_events(pair[SONGJIANG], IntentSettled)
    assert settled.ground == ChannelGround.LINE_CLOSED


def test_closing_is_on_record_and_lasts_through_a_start(pair: MemoryFederation) -> None:
    close(pair)
    (event,) = home_events(pair[SONGJIANG], ChannelClosed)
    assert (event.peer, event.ground) == (HEFEI, "contract_ended")
    pair.nodes[SONGJIANG].stop()
    pair.nodes[SONGJIANG].start()
    pair.settle()
    assert [row.status for row in pair[SONGJIANG].channels()] == [ChannelStatus.CLOSED]


def test_pairing_again_opens_a_closed_channel_with_all_that_was(pair: MemoryFederation) -> None:
    case = submit(pair)
    pair.settle()
    close(pair)
    pair[HEFEI].execute(accept(case))
    pair_again(pair)
    pair.settle()
    assert [row.status for row in pair[SONGJIANG].channels()] == [ChannelStatus.OPEN]
    assert pair[SONGJIANG].case_state(case) == pair[HEFEI].case_state(case)


def test_a_node_that_is_no_partner_cannot_be_closed(pair: MemoryFederation) -> None:
    with pytest.raises(UnknownPeer):
        pair[SONGJIANG].close_channel("nowhere", actor=OPERATOR, ground="contract_ended")


def test_a_partner_that_wants_nothing_of_a_closed_channel_is_not_answered(
    pair: MemoryFederation,
) -> None:
    envelope = pair[HEFEI].conversation.say(SONGJIANG)
    close(pair)
    assert pair[SONGJIANG].hear(envelope) is None
