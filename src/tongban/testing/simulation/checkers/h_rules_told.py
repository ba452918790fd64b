"""H: what a node set as a rule, each of its partners knows in the end."""

from itertools import permutations

from tongban.core.canonical import decode
from tongban.core.catalogues.state import CatalogueState
from tongban.testing.simulation.checkers.database import SQL, lines, rows
from tongban.testing.simulation.machine import Machine
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class RulesTold:
    """Compares the home log of who publishes with what its partners hold."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Partners are told by the rounds."""

    def look_at_last(self) -> None:
        """Every version that is not older than what the partner had known before."""
        for publisher, partner in permutations(self._world.honest, 2):
            set_here = _set(publisher)
            known = _known(partner, publisher.name) if set_here else {}
            for rule, version in set_here.items():
                parted = self._world.parted(publisher.name, partner.name)
                if not parted and known.get(rule, 0) < version:
                    words = f"{partner.name} never learned of version {version} of {rule}"
                    raise Violation("H", words)


def _set(machine: Machine) -> dict[tuple[str, str], int]:
    """The greatest version of each rule, by its kind and number."""
    newest: dict[tuple[str, str], int] = {}
    for line in lines(machine, "home"):
        kind, _, verb = line.type.partition(".")
        if verb == "issued":
            event = line.said["event"]
            place = (kind, event["number"])
            newest[place] = max(newest.get(place, 0), event["version"])
    return newest


def _known(machine: Machine, publisher: str) -> dict[tuple[str, str], int]:
    newest: dict[tuple[str, str], int] = {}
    for kind, key, data in rows(machine, SQL["states"], "own"):
        if (kind, key) == ("catalogue", f"{publisher}/{publisher}"):
            for rule in decode(data, CatalogueState).rules:
                place = (rule.kind.value, rule.number)
                newest[place] = max(newest.get(place, 0), rule.version)
    return newest
