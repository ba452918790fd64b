"""The demonstration's folder, its processes, and what it says when it cannot go on."""

import json
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command_line import invoke
from tests.journeys.processes import within
from tests.node.bundles.stories import SMALL, WHOLE
from tests.ports import free_base

from tongban.app.demo.faults import DemonstrationStopped
from tongban.app.demo.federation import Federation
from tongban.app.demo.once import is_settled
from tongban.app.demo.processes import Child, ChildFailed
from tongban.app.demo.watch import RESTARTS_MAX, WINDOW_SECONDS, Watch
from tongban.app.demo.workplace import claimed, make_private, passing_workplace
from tongban.core.channel.events import OutcomeRecorded

#: A module of the standard library that says something and ends, and one that stays.
ENDS, STAYS = ["this"], ["http.server", "0", "--bind", "127.0.0.1"]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def perform(root: Path) -> None:
    for name in ("evidence/J1.bundle", "logs/hefei.log", "hefei/keys/keystore", "letters.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("made up", encoding="utf-8")


def break_off() -> None:
    with passing_workplace() as root:
        perform(root)
        raise LookupError


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_of_a_performance_only_the_evidence_is_left(temporary: Path) -> None:
    with passing_workplace() as root:
        assert stat.S_IMODE(root.stat().st_mode) == 0o700
        perform(root)
    assert left_in(temporary) == ["J1.bundle"]


def test_of_one_that_broke_off_the_logs_are_left_as_well_and_no_key(temporary: Path) -> None:
    with pytest.raises(LookupError):
        break_off()
    assert left_in(temporary) == ["J1.bundle", "hefei.log"]


def test_of_one_that_never_began_nothing_is_left(temporary: Path) -> None:
    with passing_workplace():
        pass
    assert list(temporary.iterdir()) == []


def test_a_new_folder_is_its_owners_alone_and_an_old_one_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert stat.S_IMODE(make_private(tmp_path).stat().st_mode) == 0o755
    assert stat.S_IMODE(make_private(tmp_path / "var/demo").stat().st_mode) == 0o700


def test_a_second_demonstration_in_a_folder_is_refused_at_once(tmp_path: Path) -> None:
    with claimed(tmp_path):
        refused = invoke("demo", "--folder", tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert f"another demonstration is at work in {tmp_path}; go on with that one" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_can_be_had_again_after_it_was_left(tmp_path: Path) -> None:
    for _ in range(2):
        with claimed(tmp_path / "demo"):
            (tmp_path / "demo/hefei").mkdir(exist_ok=True)
    assert left_behind(tmp_path) == ["demo", "hefei"]


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize("offset", [0, 8, 100, 108])
def test_a_taken_port_is_named_before_anything_is_made(tmp_path: Path, offset: int) -> None:
    base = free_base()
    with socket.create_server(("127.0.0.1", base + offset)):
        refused = invoke("demo", "--folder", tmp_path / "demo", "--port", base)
    assert refused.code == 2
    assert f"port {base + offset} of 127.0.0.1 cannot be had (Address already in" in refused.err
    assert "--port (make demo PORT=...)" in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_passing_performance_whose_port_is_taken_leaves_nothing(temporary: Path) -> None:
    base = free_base()
    with socket.create_server(("127.0.0.1", base)):
        refused = invoke("demo", "--once", "--json", "--port", base)
    assert (refused.code, json.loads(refused.out)["ok"]) == (2, False)
    assert list(temporary.iterdir()) == []


def test_nodes_made_for_other_ports_are_not_started_on_these(tmp_path: Path) -> None:
    first = free_base()
    with Federation(tmp_path, first, print, only=["hefei.g60.demo"]) as federation:
        federation.set_up()
    again = Federation(tmp_path, first + 1, print, only=["hefei.g60.demo"])
    with again, pytest.raises(DemonstrationStopped) as refused:
        again.set_up()
    assert f"start with --port {first} again, or remove the folder" in str(refused.value)
    assert "nothing in it is real" in str(refused.value)


def test_json_without_once_is_refused_in_words(tmp_path: Path) -> None:
    asked = invoke("demo", "--json", "--folder", tmp_path / "demo")
    assert asked.code == 2
    assert "add --once, or leave --json out" in asked.err
    assert json.loads(asked.out)["ok"] is False
    assert list(tmp_path.iterdir()) == []


def test_a_case_is_settled_once_every_outcome_is_known_to_both_sides() -> None:
    assert is_settled(WHOLE.verify())


def test_evidence_that_is_verified_may_have_outcomes_open_and_is_not_settled_then() -> None:
    open_bundle = SMALL.without(lambda b: isinstance(b.entry.event, OutcomeRecorded))
    assert open_bundle.verify().verified
    assert not is_settled(open_bundle.verify())


@pytest.fixture
def child(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Child]:
    child = Child("苏州", request.param, tmp_path / "suzhou.log")
    child.start()
    yield child
    child.stop()


class Watched:
    """A watch over one child in simulated time, and what it said."""

    def __init__(self, child: Child) -> None:
        self.now = 0.0
        self.said: list[str] = []
        self.child = child
        self.watch = Watch({"苏州": child}, self.said.append, monotonic=lambda: self.now)

    def look_when_it_has_ended(self) -> None:
        assert within(60, self.child.died)
        self.watch.look()


@pytest.mark.parametrize("child", [STAYS], indirect=True)
def test_what_was_killed_is_started_again_with_a_line_that_says_so(child: Child) -> None:
    watched = Watched(child)
    watched.watch.look()
    assert watched.said == []
    child.kill()
    watched.look_when_it_has_ended()
    assert watched.said[0].startswith("苏州 ended by itself; it is being started again, 1 of at")
    assert not child.died()


@pytest.mark.parametrize("child", [ENDS], indirect=True)
def test_what_ends_time_and_again_ends_the_demonstration_with_its_last_words(child: Child) -> None:
    watched = Watched(child)
    for _ in range(RESTARTS_MAX):
        watched.look_when_it_has_ended()
    with pytest.raises(
        ChildFailed, match="苏州 ended by itself 4 times within 5 minutes"
    ) as caught:
        watched.look_when_it_has_ended()
    assert f"Mend what its log {child.log} says" in str(caught.value)
    assert "Namespaces are one honking great idea" in str(caught.value)


@pytest.mark.parametrize("child", [ENDS], indirect=True)
def test_what_ends_now_and_then_is_started_again_each_time(child: Child) -> None:
    watched = Watched(child)
    for _ in range(RESTARTS_MAX + 2):
        watched.look_when_it_has_ended()
        watched.now += WINDOW_SECONDS / RESTARTS_MAX
    assert len(watched.said) == RESTARTS_MAX + 2
