"""E: nobody signs or decides a single case but by a paper that was in the files and in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tongban.core.china_time import CHINA_TIME
from tongban.testing.simulation.checkers.database import SQL, Line, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: Acts that rest on papers, and on which kind.
_ACTS = {"agreement.signed": "authorisation", "inquiry.one_off_decided": "decision_power"}
_BY_OFFICE = "legal_representative"


class Authorised:
    """Follows the papers of each machine in the order in which it wrote."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What a machine wrote stays; it is looked at when everything is said."""

    def look_at_last(self) -> None:
        """Every machine whose home log was never lost, in whole or in part."""
        for machine in self._world.honest:
            if machine.name not in self._world.signatures.replaced:
                _check(machine)


def _check(machine: Machine) -> None:
    papers: dict[tuple[str, str], dict[str, Any]] = {}
    given: set[str] = set()
    for row in rows(machine, SQL["in_order"]):
        line = Line(*row)
        kind, _, verb = line.type.partition(".")
        event = line.said["event"]
        if line.kind == "home" and verb == "recorded" and kind in _ACTS.values():
            papers[kind, event["number"]] = event
        elif line.kind == "home" and verb == "revoked":
            papers.pop((kind, event["number"]), None)
        elif line.kind == "own" and line.type in _ACTS and not _is_passed_on(line, machine, given):
            if not _may(line, papers):
                raise Violation("E", f"{machine.name} wrote {line.type} without a paper for it")
            given.add(event.get("note", ""))


def _is_passed_on(line: Line, machine: Machine, given: set[str]) -> bool:
    """Whether it is another's signature, or one of its own that it gave before."""
    event = line.said["event"]
    return event.get("party", machine.name) != machine.name or event.get("note") in given


def _may(line: Line, papers: Mapping[tuple[str, str], dict[str, Any]]) -> bool:
    if line.said["actor"].get("role") == _BY_OFFICE:
        return True
    return any(
        _fits(paper, line.said) and line.said["event"].get("authority", number) == number
        for (kind, number), paper in papers.items()
        if kind == _ACTS[line.type]
    )


def _fits(paper: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    day = datetime.fromisoformat(said["at"]).astimezone(CHINA_TIME).date().isoformat()
    in_force: bool = paper["from_day"] <= day <= paper["until_day"]
    return in_force and paper["office"] == said["actor"].get("role")
