"""H: all pairs of an agreement of many parties come to the same, by what stands in their logs."""

from collections.abc import Iterator
from itertools import combinations

from tongban.core.agreements.document import Agreement, document_digest
from tongban.testing.simulation.checkers.database import Line, lines
from tongban.testing.simulation.violation import Violation
from tongban.testing.simulation.world import World

#: What the depositary said, about whom, and the last day of who left.
_Step = tuple[str, str, str]
#: Why a publication is refused by one clock and not by another.
_BY_THE_DAY = {"publication_day_unfit", "expired"}


class ManyParties:
    """Reads every entry about a text in both logs of every pair."""

    def __init__(self, world: World) -> None:
        self._world = world

    def look(self) -> None:
        """Pairs differ while letters are on their way."""

    def look_at_last(self) -> None:
        """Every text whose parties are all honest and have not parted."""
        honest = {machine.name for machine in self._world.honest}
        for text in self._world.alliances:
            pairs = list(combinations(sorted(text.nodes), 2))
            if text.nodes <= honest and not any(self._world.parted(*pair) for pair in pairs):
                self._check(text, pairs)

    def _check(self, text: Agreement, pairs: list[tuple[str, str]]) -> None:
        told = {pair: list(self._told(pair, document_digest(text))) for pair in pairs}
        steps = {pair: frozenset(_steps(entries)) for pair, entries in told.items()}
        for pair, taken in steps.items():
            if len({step for step, party, _ in taken}) > 1 and _withdrawn(taken):
                raise Violation("H", f"{pair} hold a text that was concluded and withdrawn")
        if len({frozenset(taken - _withdrawn(taken)) for taken in steps.values()}) > 1:
            raise Violation("H", f"pairs differ on the steps of a text: {steps}")
        with_it = {pair: told[pair] for pair in pairs if text.depositary in pair and told[pair]}
        if len({_withdrawn(steps[pair]) for pair in with_it}) > 1:
            raise Violation("H", f"parties differ on who withdrew from a text: {steps}")
        self._check_signed(text, with_it, steps)
        # A party that forgot its own publication with all whom it told says so again by itself.
        known = {pair: frozenset(_published(entries)) for pair, entries in told.items() if entries}
        own = frozenset(party for pair, said in known.items() for party in said if party in pair)
        published = {said & own for said in known.values()}
        if any(steps.values()) and len(published) > 1 and not self._days_apart(text, pairs):
            raise Violation("H", f"pairs differ on who published a text: {published}")

    def _check_signed(
        self,
        text: Agreement,
        with_it: dict[tuple[str, str], list[Line]],
        steps: dict[tuple[str, str], frozenset[_Step]],
    ) -> None:
        """The depositary said something once it knew every signature, or that somebody left."""
        entries = [line for told in with_it.values() for line in told]
        signers = {line.said["event"]["party"] for line in entries if _is(line, "signed")}
        if text.nodes <= signers and not any(steps.values()):
            raise Violation("H", "a text that all signed was never concluded")

    def _days_apart(self, text: Agreement, pairs: list[tuple[str, str]]) -> bool:
        """Whether to one party's clock another's publication is yet to come, or comes too late."""
        digest = document_digest(text)
        return any(
            line.subject == digest and line.ground in _BY_THE_DAY
            for pair in pairs
            for writer, reader in (pair, pair[::-1])
            for line in lines(self._world.machines[writer], "own", reader)
        )

    def _told(self, pair: tuple[str, str], digest: str) -> Iterator[Line]:
        for writer, reader in (pair, pair[::-1]):
            for line in lines(self._world.machines[writer], "own", reader):
                if line.subject == digest and not line.ground and line.data is not None:
                    yield line


def _is(line: Line, kind: str) -> bool:
    return line.type == f"agreement.{kind}"


def _steps(entries: list[Line]) -> Iterator[_Step]:
    for line in entries:
        if _is(line, "deposited"):
            event = line.said["event"]
            yield event["step"], event["party"], event["last_day"]


def _withdrawn(taken: frozenset[_Step]) -> frozenset[_Step]:
    return frozenset(each for each in taken if each[0] == "withdrawn")


def _published(entries: list[Line]) -> Iterator[str]:
    return (line.said["event"]["party"] for line in entries if _is(line, "published"))
