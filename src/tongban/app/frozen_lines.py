"""Says of frozen lines which of two things happened, and what to do."""

from collections.abc import Iterator, Mapping
from typing import Any


def frozen_lines(status: Mapping[str, Any]) -> Iterator[str]:
    """A sentence each: who has another history than it signed, the partner or this node itself.

    status: as the operation `status` gives it.
    """
    accused = set(status["accused"])
    for peer in status["frozen"]:
        if peer in accused:
            yield (
                f"frozen: {peer} signed two histories; `tongban evidence misbehaviour {peer}` "
                "shows the proof. Call its operator, then pair again or close the line"
            )
        else:
            yield (
                f"frozen: {peer} holds another history of this node than this database; restore a "
                "newer backup, or start on an empty database and pair again"
            )
