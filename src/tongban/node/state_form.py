"""In which form states are stored: a release that adds a field folds them anew from the logs."""

from functools import cache
from hashlib import sha256
from typing import get_args

import msgspec
import structlog

from tongban.node.kernel import Kernel
from tongban.node.ports import Connection
from tongban.node.rebuild import rebuild
from tongban.node.states import State

_MARK = "states/form"

#: Raised by whoever changes what states say without changing which fields they have.
_MEANING = 3

_log = structlog.get_logger(__name__)


@cache
def state_form() -> str:
    """What tells this release's states from those of another: their fields, and what they mean."""
    fields = msgspec.json.schema_components(get_args(State))
    return f"{_MEANING}/{sha256(msgspec.json.encode(fields, order='sorted')).hexdigest()[:16]}"


def renew_states(kernel: Kernel) -> int:
    """Fold states again where another release stored them; how many entries were folded."""
    with kernel.database.read() as connection:
        known = kernel.store.mark(connection, _MARK)
        written = kernel.store.journal_size(connection)
    if known == state_form() or not written:
        return 0
    _log.info("states_renewed", entries=written, reason="another release stored them")
    return rebuild(kernel)


def note_form(kernel: Kernel, connection: Connection) -> None:
    """Remember in which form states are stored from now on."""
    if kernel.store.mark(connection, _MARK) != state_form():
        kernel.store.put_mark(connection, _MARK, state_form())
