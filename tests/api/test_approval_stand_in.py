"""The stand-in for an approval system: it loses and doubles nothing, wherever it is killed."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest
from tests.api.wire import pages_of, road_to
from tests.api.wuhu import JIAXING, Approval

from tongban.api.client import ConnectorClient
from tongban.core.cases.state import CaseState
from tongban.node.clock import SystemClock
from tongban.testing.approval_stand_in import BATCHES, ApprovalStandIn, Memory, MemoryFile

_ROUNDS = 12
#: What one case takes until its decision was reported: seven looks and four reports.
_REQUESTS = 11
_STEPS = ["approval", "receipt_check", "review"]


class Killed(BaseException):
    """As abrupt as a signal."""


class Countdown(httpx.BaseTransport):
    """Kills whoever asks the n-th time: before the node hears it, or after it has answered."""

    def __init__(self, road: httpx.BaseTransport, *, left: int, heard: bool) -> None:
        self._road = road
        self._left = left
        self._heard = heard

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left == 0 and not self._heard:
            raise Killed
        answer = self._road.handle_request(request)
        if self._left == 0:
            raise Killed
        return answer


def run(approval: Approval, file: Path, road: httpx.BaseTransport) -> None:
    """Start it on its file and let it work for some rounds."""
    if not file.exists():
        MemoryFile(file).save(Memory(cursor=approval.cursor))
    with ConnectorClient("http://testserver", approval.token, transport=road) as client:
        system = ApprovalStandIn(client, MemoryFile(file), approval.wuhu.node.kernel.clock)
        for _ in range(_ROUNDS):
            system.round()


def outcome(approval: Approval, case: str) -> CaseState:
    """What Jiaxing sees in the end; both cities see the same facts, none twice."""
    approval.federation.settle()
    state = approval.jiaxing.node.case_state(case)
    assert state is not None
    assert (state.stage, state.holder, state.flags) == ("decided", JIAXING, ())
    assert sorted(step.step for step in state.steps) == sorted(_STEPS)
    return state


def test_a_case_is_decided_and_reported_late_and_out_of_order(
    approval: Approval, tmp_path: Path
) -> None:
    case = approval.take_in()
    run(approval, tmp_path / "memory.json", road_to(approval))
    state = outcome(approval, case)
    check = next(step for step in state.steps if step.step == "receipt_check")
    assert state.accepted_at is not None
    assert check.acted_at < state.accepted_at < check.reported_at


@pytest.mark.parametrize("heard", [False, True])
def test_killed_at_any_request_it_goes_on_without_loss_or_double(
    approval: Approval, tmp_path: Path, *, heard: bool
) -> None:
    for left in range(1, _REQUESTS + 1):
        approval, file = Approval(approval.federation), tmp_path / f"{left}.json"
        case = approval.take_in()
        with pytest.raises(Killed):
            run(approval, file, Countdown(road_to(approval), left=left, heard=heard))
        run(approval, file, road_to(approval))
        outcome(approval, case)


def test_a_case_that_comes_back_corrected_is_taken_up_again(
    approval: Approval, tmp_path: Path
) -> None:
    case, file = approval.take_in(), tmp_path / "memory.json"
    approval.ask_for(case, "old_certificate")
    run(approval, file, road_to(approval))
    assert approval.state(case).accepted_at is None
    approval.bring(case, "old_certificate")
    run(approval, file, road_to(approval))
    outcome(approval, case)


def test_a_case_to_be_withdrawn_is_put_away(approval: Approval, tmp_path: Path) -> None:
    case = approval.take_in()
    approval.withdraw(case)
    run(approval, tmp_path / "memory.json", road_to(approval))
    assert approval.state(case).stage == "dispatched"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(approval: Approval) -> Iterator[str]:
    """Wuhu's pages on a port of this machine, at an hour when the machine's clock is past."""
    clock = approval.federation.memory.clock
    clock.instant = max(clock.instant, SystemClock().now() + timedelta(hours=1))
    pages = pages_of(approval)
    with make_server("127.0.0.1", 0, pages, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def command(approval: Approval, address: str, tmp_path: Path) -> list[str]:
    """The program at work on Wuhu's cases, without a pause."""
    token = tmp_path / "token"
    token.write_text(approval.token, encoding="ascii")
    MemoryFile(tmp_path / "memory.json").save(Memory(cursor=approval.cursor))
    program = [sys.executable, "-m", "tongban.testing.approval_stand_in"]
    files = ["--token-file", str(token), "--state", str(tmp_path / "memory.json")]
    return [*program, "--url", address, *files, "--seconds", "0"]


def test_the_program_killed_again_and_again_finishes_its_cases(
    approval: Approval, command: list[str], tmp_path: Path
) -> None:
    cases = [approval.take_in() for _ in range(3)]
    file, kills = MemoryFile(tmp_path / "memory.json"), 0
    while not finished(file.load(), len(cases)):
        before = file.load()
        with subprocess.Popen(command) as system:
            wait_until(partial(moved_on, file, before))
            system.kill()
        kills += 1
    assert kills > len(cases)
    for case in cases:
        outcome(approval, case)


def test_the_program_ends_with_its_starter(command: list[str]) -> None:
    starter = (
        "import os, subprocess, sys;"
        "os.environ['TONGBAN_WITH_PARENT'] = str(os.getpid());"
        "subprocess.Popen(sys.argv[1:])"
    )
    # The program inherits the pipes, so this returns when both have ended.
    subprocess.run(
        [sys.executable, "-c", starter, *command], check=True, capture_output=True, timeout=120
    )


def finished(memory: Memory, cases: int) -> bool:
    """Whether everything about so many cases was told."""
    return len(memory.jobs) == cases and all(job.told == len(BATCHES) for job in memory.jobs)


def moved_on(file: MemoryFile, before: Memory) -> bool:
    return file.load() != before


def wait_until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_what_waits_for_the_line_is_told_again_until_it_stands(
    approval: Approval, tmp_path: Path
) -> None:
    case = approval.take_in()
    approval.federation.restart(approval.wuhu.name)
    run(approval, tmp_path / "memory.json", road_to(approval))
    assert [job.told for job in MemoryFile(tmp_path / "memory.json").load().jobs] == [0]
    approval.federation.settle()
    run(approval, tmp_path / "memory.json", road_to(approval))
    outcome(approval, case)
