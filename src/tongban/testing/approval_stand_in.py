"""演示用审批系统: a stand-in for a city's own approval system. For demonstrations only.

It decides every case in favour of the applicant and reports as real systems do: late, in
batches, out of order, and sometimes twice. Everything that it will ever say is in its file before
it says it, so it can be killed at any moment: after a restart it says the same again under the
same keys, which records nothing twice.
"""

import argparse
import os
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import msgspec

from tongban.api.client import ConnectorClient, NodeUnreachable, RequestNotTaken
from tongban.api.messages import (
    AcceptedFact,
    AnswerKind,
    Arrival,
    ArrivalKind,
    DecidedFact,
    ReportedFact,
    StepFact,
    TextDocument,
)
from tongban.core.cases.events import Verdict
from tongban.core.cases.refusals import CaseGround
from tongban.node.clock import SystemClock
from tongban.node.ports import Clock

#: Set by a program that starts others, such as the demonstration: they end when it ends.
_WITH_PARENT_VARIABLE = "TONGBAN_WITH_PARENT"
_PARENT_LOOK_SECONDS = 0.5

#: What happens inside, in this order, one at each round.
_ACTS = ("check", "accept", "review", "sign", "decide")
#: What is reported, in this order: the check came before the acceptance and is told after it.
BATCHES = (("accept",), ("check", "review", "sign"), ("decide",))
#: Sent twice on purpose, as systems do that lost an answer.
_SENT_TWICE = 1
#: A case that comes back with its correction is taken up again; one to be withdrawn is put away.
_CLOSED_BY = {
    ArrivalKind.APPLICATION: "",
    ArrivalKind.CORRECTION: "",
    ArrivalKind.WITHDRAWAL_REQUESTED: "withdrawal_requested",
}
#: A refusal that passes by itself: our clock is ahead of the node's.
_PASSING = {CaseGround.INSTANT_IN_FUTURE.value}


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One case in this system.

    acted: instants of its acts. told: how many batches arrived. closed: why nothing more is done,
    "" while it goes on.
    """

    case: str
    number: int
    title: str
    acted: dict[str, str] = field(default_factory=dict)
    told: int = 0
    closed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Everything this system knows; cursor: how far the node's arrivals were taken in."""

    cursor: int = 0
    jobs: tuple[Job, ...] = ()


class MemoryFile:
    """The system's memory in one file, replaced as a whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Memory:
        """What was saved last; an empty memory at the first start."""
        if not self._path.exists():
            return Memory()
        return msgspec.json.decode(self._path.read_bytes(), type=Memory)

    def save(self, memory: Memory) -> None:
        """On the disk when this returns."""
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(memory))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


class ApprovalStandIn:
    """The system itself; `round` does one round of everything."""

    def __init__(self, client: ConnectorClient, file: MemoryFile, clock: Clock) -> None:
        self._client = client
        self._file = file
        self._clock = clock
        self.memory = file.load()

    def round(self) -> None:
        """Tell what is due, do one more act of each case, then take in what arrived."""
        for job in self.memory.jobs:
            self._tell(job)
        for job in self.memory.jobs:
            self._act(job)
        self._take_in()

    def _take_in(self) -> None:
        page = self._client.new_cases(self.memory.cursor)
        jobs = {job.case: job for job in self.memory.jobs}
        for arrival in page.arrivals:
            case = arrival.case.case
            job = jobs.get(case) or _job(arrival, len(jobs) + 1)
            jobs[case] = replace(job, closed=_CLOSED_BY[arrival.kind])
        if page.next != self.memory.cursor:
            self._keep(Memory(cursor=page.next, jobs=tuple(jobs.values())))

    def _act(self, job: Job) -> None:
        act = next((act for act in _ACTS if act not in job.acted), None)
        if act is None or job.closed:
            return
        instant = self._clock.now().isoformat(timespec="milliseconds")
        self._change(replace(job, acted={**job.acted, act: instant}))

    def _tell(self, job: Job) -> None:
        if job.closed or job.told == len(BATCHES):
            return
        batch = BATCHES[job.told]
        if not all(act in job.acted for act in batch):
            return
        facts = [_fact(job, act) for act in batch]
        for _ in range(2 if job.told == _SENT_TWICE else 1):
            answers = self._client.report(job.case, facts)
        if any(line.waiting for line in answers):
            # It may still come back, so it is told again until the partner's line is open.
            return
        refused = [line.ground for line in answers if line.answer is AnswerKind.REFUSED]
        if not refused:
            self._change(replace(job, told=job.told + 1))
        elif not _PASSING.issuperset(refused):
            self._change(replace(job, closed=refused[0]))

    def _change(self, job: Job) -> None:
        jobs = tuple(job if kept.case == job.case else kept for kept in self.memory.jobs)
        self._keep(replace(self.memory, jobs=jobs))

    def _keep(self, memory: Memory) -> None:
        self._file.save(memory)
        self.memory = memory


def _job(arrival: Arrival, number: int) -> Job:
    return Job(case=arrival.case.case, number=number, title=arrival.case.item_name.zh)


def _fact(job: Job, act: str) -> ReportedFact:
    key, at = f"{job.number}-{act}", job.acted[act]
    match act:
        case "accept":
            return AcceptedFact(key=key, acted_at=at, number=f"演示受〔2026〕{job.number}号")
        case "decide":
            return _decision(job, key, at)
        case _:
            return StepFact(key=key, acted_at=at, step=_STEPS[act])


def _decision(job: Job, key: str, at: str) -> DecidedFact:
    number = f"演示〔2026〕{job.number}号"
    day = datetime.fromisoformat(at).date()
    return DecidedFact(
        key=key,
        acted_at=at,
        verdict=Verdict.GRANTED,
        number=number,
        decision=TextDocument(
            text=f"准予决定书（演示）\n\n文号：{number}\n\n办件编号：{job.case}\n\n"
            f"您申请的“{job.title}”，经审查符合条件，准予办理。\n\n{day}\n\n{_NOTE}"
        ),
        result=TextDocument(
            text=f"{job.title}结果文书（演示）\n\n编号：{number}\n\n办件编号：{job.case}\n\n"
            f"{day}\n\n{_NOTE}"
        ),
    )


_NOTE = "【演示】本文书由演示用审批系统生成，没有印章，没有法律效力。"
#: What its own acts are called in the process of the case.
_STEPS = {"check": "receipt_check", "review": "review", "sign": "approval"}


def main() -> int:
    """Run until stopped."""
    _end_with_starter()
    parser = argparse.ArgumentParser(
        description="A stand-in for an approval system. For demonstrations only."
    )
    parser.add_argument("--url", required=True, help="Address of the node's pages.")
    parser.add_argument("--token-file", required=True, type=Path, help="Holds the token.")
    parser.add_argument("--state", required=True, type=Path, help="Where the system remembers.")
    parser.add_argument("--seconds", type=float, default=1.0, help="Pause between rounds.")
    given = parser.parse_args()
    token = given.token_file.read_text(encoding="ascii").strip()
    with ConnectorClient(given.url, token) as client:
        system = ApprovalStandIn(client, MemoryFile(given.state), SystemClock())
        while True:
            try:
                system.round()
            except NodeUnreachable as error:
                sys.stderr.write(f"{error}; trying again\n")
            except RequestNotTaken as error:
                sys.stderr.write(f"{error}; the token or this program must be mended\n")
                return 1
            time.sleep(given.seconds)


def _end_with_starter() -> None:
    """Die with the program that started this one, where it asked for that."""
    starter = os.environ.pop(_WITH_PARENT_VARIABLE, "")
    if starter:
        watch = threading.Thread(target=_watch, args=(int(starter),), daemon=True)
        watch.start()


def _watch(starter: int) -> None:
    while os.getppid() == starter:
        time.sleep(_PARENT_LOOK_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
