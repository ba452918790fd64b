"""`tongban conform`: hold any node against the specification, rule by rule."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from tongban.app.commands.suites import SuiteOption
from tongban.app.commands.terminal import (
    REFUSED,
    UNREADABLE,
    JsonOption,
    answer,
    failures,
    say,
    stop,
    table,
)
from tongban.app.private_files import write_private
from tongban.channels.descriptors import Descriptor, fingerprint, read_descriptor
from tongban.channels.endpoints import split_https_address
from tongban.channels.roads.https import fetch_descriptor
from tongban.conformance.examination import Examination, conforms
from tongban.conformance.introduction import is_heard
from tongban.conformance.line import Line
from tongban.conformance.report import as_json as report
from tongban.conformance.report import details, rows, summary
from tongban.conformance.rule import Finding, NotReached, Rule
from tongban.conformance.rules import RULES
from tongban.conformance.runner import Runner
from tongban.conformance.talk import Talk
from tongban.evidence.names import is_node_name
from tongban.evidence.suites import USUAL
from tongban.node.clock import SystemClock
from tongban.node.randomness import SystemRandomness

_KEYS, _DESCRIPTOR = "runner.json", "runner.descriptor"
_LOOK_EVERY = 1.0


def conform(  # noqa: PLR0917 - the options of the command line
    url: Annotated[str, typer.Argument(help="https://host:port of the node under test.")],
    descriptor: Annotated[
        Path | None,
        typer.Option(help="File with the node's descriptor; without it the door is asked."),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(help="Keep the runner's keys here, so that a run can be repeated."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Write the runner's own descriptor into this file.")
    ] = None,
    suite: SuiteOption = "",
    name: Annotated[str, typer.Option(help="Name of a new runner; else one is drawn.")] = "",
    rule: Annotated[
        list[str] | None, typer.Option(help="Look at this rule; repeat it for several.")
    ] = None,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds until the node has taken the runner in.")
    ] = 300,
    seconds: Annotated[
        float, typer.Option(min=1, max=3600, help="Seconds for the whole examination.")
    ] = 180,
    as_json: JsonOption = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Hold any node against the specification over https, and say rule by rule what is wrong."""
    asked = _asked(rule or [])
    with failures():
        node = _node(url, descriptor)
        runner = _runner(folder, suite, name)
        _introduce(runner, node, output or (folder or Path()) / _DESCRIPTOR, quiet=as_json)
        _await(_talk(runner, node, url, wait + seconds), wait)
        talk = _talk(runner, node, url, seconds)
        findings = Examination(talk, RULES).run(asked)
    answer(report(runner, node, findings), as_json=as_json, human=lambda: _tell(runner, findings))
    if not conforms(findings):
        raise typer.Exit(REFUSED)


def _tell(runner: Runner, findings: Sequence[Finding]) -> None:
    table(["judgement", "rule", "section"], rows(findings), "No rule was asked for.")
    for line in (*details(findings), "", summary(findings)):
        say(line)
    say(
        "When you need the runner no more, let the node part from it: "
        f"tongban peer close {runner.name} --ground agreement_ended"
    )


def _asked(ids: Sequence[str]) -> list[Rule]:
    unknown = sorted(set(ids) - {rule.id for rule in RULES})
    if unknown:
        stop(
            f"there is no rule {', '.join(unknown)}; spec/conformance.md lists them all", UNREADABLE
        )
    return [rule for rule in RULES if not ids or rule.id in ids]


def _node(url: str, file: Path | None) -> Descriptor:
    if split_https_address(url) is None:
        stop(f"{url} has not the form https://host:port; give the address of the door", UNREADABLE)
    data = file.read_bytes() if file else fetch_descriptor(url, allow_loopback=True)
    node = read_descriptor(data)
    if all(each.road != "https" for each in node.endpoints):
        stop(
            f"the descriptor of {node.name} names no https door, and so no certificate to expect; "
            "give one that does",
            UNREADABLE,
        )
    return node


def _runner(folder: Path | None, suite: str, name: str) -> Runner:
    if name and not is_node_name(name):
        stop(f"{name} is no name of a node: 1 to 63 of a-z, 0-9, dot and hyphen", UNREADABLE)
    kept = folder / _KEYS if folder else None
    if kept is not None and kept.exists():
        return _as_kept(Runner.from_bytes(kept.read_bytes()), kept, suite, name)
    runner = Runner.make(SystemRandomness().draw, suite=suite or USUAL, name=name)
    if kept is not None:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(kept, runner.to_bytes())
    return runner


def _as_kept(runner: Runner, file: Path, suite: str, name: str) -> Runner:
    """The runner of the folder, if it is the one that is meant."""
    if (suite or runner.suite_name, name or runner.name) != (runner.suite_name, runner.name):
        stop(
            f"{file} holds the keys of {runner.name}, of {runner.suite_name}; name another folder "
            "for another runner, or leave --name and --suite out",
            UNREADABLE,
        )
    return runner


def _introduce(runner: Runner, node: Descriptor, file: Path, *, quiet: bool) -> None:
    """Write the descriptor that the operator of the node takes in, and say so."""
    data = runner.descriptor()
    write_private(file, data)
    own = read_descriptor(data)
    lines = (
        f"under test   {node.name}, fingerprint {fingerprint(node)}",
        f"the runner   {runner.name} ({runner.suite_name}), fingerprint {fingerprint(own)}",
        f"its descriptor is in {file}: let the node take it in as a partner; for one of ours",
        f'  tongban peer add {file} --fingerprint "{fingerprint(own)}"',
        "",
    )
    for line in lines:
        # A program that waits for JSON reads standard output, and nothing else may stand there.
        typer.echo(line, err=True) if quiet else say(line)


def _await(talk: Talk, seconds: float) -> None:
    """Wait until the node hears the runner; what is wrong if it never does, the rules say."""
    end = time.monotonic() + seconds
    try:
        while not is_heard(talk) and time.monotonic() < end:
            time.sleep(_LOOK_EVERY)
    except NotReached as reason:
        stop(f"{reason}. See that the node runs and that the address is right", UNREADABLE)


def _talk(runner: Runner, node: Descriptor, url: str, seconds: float) -> Talk:
    doors = [each for each in node.endpoints if each.road == "https"]
    door = next((each for each in doors if each.address == url), doors[0])
    return Talk(
        runner=runner,
        node=node,
        line=Line(address=url, certificate=door.certificate, seconds=seconds, pause=time.sleep),
        now=SystemClock().now,
        draw=SystemRandomness().draw,
    )
