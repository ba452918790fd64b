"""What a partner that reads no parts lost may be more than one message carries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from tests.node.looking import submit
from tests.node.test_starts import all_is_well, backup, restart, row

from tongban.logs.rows import ChannelStatus
from tongban.node import conversation
from tongban.testing.applications import HEFEI, SONGJIANG, publish
from tongban.testing.memory_nodes import MemoryFederation

#: Made smaller, so that nobody has to write sixty megabytes first.
SMALL = 2_000


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[MemoryFederation]:
    """Two nodes that read no parts."""
    federation = MemoryFederation(tmp_path, (SONGJIANG, HEFEI), reads=(1, 2))
    publish(federation)
    federation.settle()
    yield federation
    federation.stop()


@pytest.fixture
def forgetful(pair: MemoryFederation) -> MemoryFederation:
    """Hefei was put back to before an application of a few thousand bytes."""
    copy = backup(pair, HEFEI)
    submit(pair)
    pair.settle()
    pair.nodes[HEFEI].put_back(copy)
    return pair


def test_an_answer_that_fits_into_no_message_is_declined_and_both_sides_say_so(
    forgetful: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "ANSWER_BYTES_MAX", SMALL)
    with capture_logs() as lines:
        forgetful.exchange(HEFEI, SONGJIANG)
        forgetful.exchange(HEFEI, SONGJIANG)
    told = {line["peer"] for line in lines if line["event"] == "comparison_too_large"}
    assert told == {SONGJIANG, HEFEI}
    assert row(forgetful, HEFEI).status is ChannelStatus.COMPARING


def test_the_channel_opens_once_the_answer_fits(
    forgetful: MemoryFederation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "ANSWER_BYTES_MAX", SMALL)
    forgetful.exchange(HEFEI, SONGJIANG)
    monkeypatch.undo()
    restart(forgetful, HEFEI)
    forgetful.settle()
    assert all_is_well(forgetful)
