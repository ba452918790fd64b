"""What `tongban bench channel` measures is what it says, in counts; speed is no test's matter."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.command_line import invoke

from tongban.benchmarks import channel_figures
from tongban.benchmarks.channel_pair import ChannelPair
from tongban.benchmarks.raw_floor import RawFloor
from tongban.evidence.suites import SUITES


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[ChannelPair]:
    pair = ChannelPair(tmp_path / "pair", "ed25519-sha256")
    yield pair
    pair.close()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_figures, "BATCHES", {1: 1, 8: 1})
    # The process of the tests keeps its cores.
    monkeypatch.setattr(channel_figures, "stay_on_one_core", lambda: None)


def test_a_batch_costs_as_many_commits_as_one_event(pair: ChannelPair) -> None:
    (_, one), (event_bytes, many) = pair.weigh(1), pair.weigh(25)
    assert one == many
    assert 1_000 <= event_bytes <= 1_500


def test_the_floor_writes_the_same_events_and_commits_at_both_ends(tmp_path: Path) -> None:
    RawFloor(tmp_path / "floor").write(4, 3, 1_000, (6, 5))
    for end, commits in (("writer", 6), ("reader", 5)):
        with closing(sqlite3.connect(tmp_path / "floor" / f"{end}.db")) as connection:
            lengths = [row[0] for row in connection.execute("SELECT length(data) FROM event")]
        assert lengths.count(1_000) == 4 * 3
        assert len(lengths) - 4 * 3 == (commits - 1) * 3


@pytest.mark.usefixtures("small")
def test_the_command_tells_every_suite_and_batch_beside_the_floor() -> None:
    told = json.loads(invoke("bench", "channel", "--repeats", "1", "--json").out)
    found = {(line["suite"], line["batch"]) for line in told["batches"]}
    assert found == {(suite, batch) for suite in SUITES for batch in (1, 8)}
    assert all(line["of_floor"] > 0 for line in told["batches"])
    assert told["library"].startswith("eventsourcing ")
    assert told["of_library"] > 0


@pytest.mark.usefixtures("small")
def test_without_the_library_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel_figures, "_PACKAGE", "no-such-package")
    said = invoke("bench", "channel", "--repeats", "1")
    assert said.code == 0
    assert "the library to compare with is not installed" in said.out
    assert "ed25519-sha256, 8 in a batch" in said.out


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    said = invoke("bench", "channel", "--folder", str(tmp_path / "none"))
    assert said.code == 2
    assert "there is no folder" in said.err
