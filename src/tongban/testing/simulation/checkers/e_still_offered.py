"""E: nobody takes an application for an item after it told the sender that the item is gone."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import permutations

from tongban.core.china_time import CHINA_TIME
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World


class StillOffered:
    """Reads what the receiver had told of its items before it took each application."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """What takes effect is known from outcomes, which are looked at when everything is said."""

    def look_at_last(self) -> None:
        """The first dispatch of every case."""
        for writer, reader in permutations(self._world.honest, 2):
            answers = list(lines(reader, "own", writer.name))
            seen: set[str] = set()
            for line in lines(writer, "own", reader.name):
                if line.type == "case.dispatched" and not line.ground and line.data is not None:
                    if line.subject not in seen:
                        _check(line, answers)
                    seen.add(line.subject)


def _check(line: Line, answers: Sequence[Line]) -> None:
    event = line.said["event"]
    taken_in = datetime.fromisoformat(event["intake"]["taken_in_at"])
    gone: tuple[str, datetime] | None = None
    for answer in answers:
        said = answer.said["event"] if answer.data else {}
        if answer.type == "outcome.recorded" and _covers(said, (line.generation, line.leaf)):
            day = taken_in.astimezone(CHINA_TIME).date().isoformat()
            if gone is not None and day >= gone[0] and taken_in >= gone[1]:
                raise Violation("E", f"{line.subject} was taken for an item that is gone")
            return
        if answer.type == "catalogue.published" and not answer.ground:
            gone = _gone(answer, event["item"], gone)


def _gone(
    answer: Line, item: str, before: tuple[str, datetime] | None
) -> tuple[str, datetime] | None:
    """From which day, and said when, the item takes nothing new; None where it is offered."""
    event = answer.said["event"]
    if item in _items(event.get("published", ())):
        return None
    days = [line["from_day"] for line in event.get("withdrawn", ()) if line["item"] == item]
    return (days[0], datetime.fromisoformat(answer.said["at"])) if days else before


def _items(published: Sequence[dict[str, str]]) -> Iterator[str]:
    return (line["item"] for line in published)


def _covers(outcome: dict[str, int], place: tuple[int, int]) -> bool:
    since = (outcome["since_generation"], outcome["since_size"])
    return since <= place < (outcome["generation"], outcome["size"])
