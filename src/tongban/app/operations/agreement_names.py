"""How an operator names an agreement: by its digest, or by as much of it as no other shares."""

import re
from collections.abc import Iterable, Iterator

from tongban.app.control import OperationRefused
from tongban.app.operations.desk import OperatorDesk
from tongban.core.negotiations.order import foreseen

_ALGORITHM = "sha256:"
_WHOLE = re.compile(r"sha256:[0-9a-f]{64}")
_PART = re.compile(r"(?:sha256:)?([0-9a-f]{4,64})")
#: Eight digits stand in one column of a terminal, and are rarely shared.
_SHORT_LENGTH = 8


def digest_named(desk: OperatorDesk, given: str) -> str:
    """The whole digest of a document that the operator named; raises OperationRefused.

    A whole digest is taken as it is, whether its document is here or not.
    """
    if _WHOLE.fullmatch(given):
        return given
    part = _PART.fullmatch(given)
    found = [each for each in known_digests(desk) if part and _digits(each).startswith(part[1])]
    if len(found) > 1:
        raise OperationRefused(
            f"{given} begins the digests of {len(found)} documents: {', '.join(found)}. Give more "
            "of the one that you mean; nothing was done"
        )
    if not found:
        raise OperationRefused(
            f"no agreement {given} is kept here; `tongban agreement list` shows those that are"
        )
    return found[0]


def known_digests(desk: OperatorDesk) -> tuple[str, ...]:
    """Every document that stands with a partner or was laid on a table, each once."""
    return tuple(sorted(set(_known(desk))))


def short_name(digest: str, known: Iterable[str]) -> str:
    """As much of a digest as no other of the known ones begins with."""
    mine = _digits(digest)
    others = [_digits(each) for each in known if each != digest]
    lengths = range(_SHORT_LENGTH, len(mine))
    alone = (
        mine[:length]
        for length in lengths
        if not any(other.startswith(mine[:length]) for other in others)
    )
    return next(alone, mine)


def _known(desk: OperatorDesk) -> Iterator[str]:
    for row in desk.node.channels():
        yield from (state.document for state in desk.node.agreements_with(row.peer))
        for talk in desk.node.negotiations.with_partner(row.peer):
            yield from (version.document for version in foreseen(talk).versions)


def _digits(digest: str) -> str:
    return digest.removeprefix(_ALGORITHM)
