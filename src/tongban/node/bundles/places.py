"""Where an entry stands: whose log, which generation of it, which index.

A `.tlog-proof` names the generation by its checkpoint's origin (spec/channels.md, "Names").
"""

import re
from dataclasses import dataclass, replace
from typing import Self

from tongban.evidence.canonical import decode_decimal
from tongban.evidence.names import is_node_name

_ORIGIN = re.compile(
    r"(?P<writer>[^/]+)/(?:channel/(?P<reader>[^/]+)|home)/(?P<number>\d+)-(?P<start>[0-9a-f]{32})"
)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class LogName:
    """A log through all its generations; reader: "" for the writer's home log."""

    writer: str
    reader: str = ""

    @property
    def opposite(self) -> Self:
        """The log in the other direction of the channel."""
        return replace(self, writer=self.reader, reader=self.writer)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """One entry's place; orders the entries of one log."""

    log: LogName
    generation: int
    start: str
    index: int

    @property
    def position(self) -> tuple[int, int]:
        """Generation and index, which is all that peers say of a place."""
        return self.generation, self.index


def read_place(origin: str, index: int) -> Place:
    """The place at index of the log with this origin; ValueError when it is of no node's log."""
    parts = _ORIGIN.fullmatch(origin)
    if parts is None:
        raise ValueError(
            "an origin is writer/channel/reader/number-start or writer/home/number-start"
        )
    log = LogName(writer=parts["writer"], reader=parts["reader"] or "")
    names = {log.writer, log.reader} - {""}
    if not all(map(is_node_name, names)) or log.writer == log.reader:
        raise ValueError("an origin names one node, or two different ones")
    generation = decode_decimal(parts["number"])
    return Place(log=log, generation=generation, start=parts["start"], index=index)
