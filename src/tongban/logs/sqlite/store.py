"""The store on SQLite, put together from one part for each noun."""

from collections.abc import Callable
from typing import Any

from tongban.logs.faults import WrongDataKey
from tongban.logs.sqlite import migration
from tongban.logs.sqlite.bodies import Bodies
from tongban.logs.sqlite.channels import Channels
from tongban.logs.sqlite.checkpoints import Checkpoints
from tongban.logs.sqlite.documents import Documents, Marks
from tongban.logs.sqlite.intents import Intents
from tongban.logs.sqlite.journal import Journal, States
from tongban.logs.sqlite.logs import Logs
from tongban.logs.sqlite.misbehaviour import Misbehaviour
from tongban.logs.sqlite.openings import Openings
from tongban.logs.sqlite.publications import Publications
from tongban.logs.vault import Vault

_DATA_KEY_MARK = "data_key_fingerprint"


class SqliteStore(
    Logs,
    Bodies,
    Checkpoints,
    Journal,
    States,
    Documents,
    Publications,
    Openings,
    Channels,
    Misbehaviour,
    Intents,
    Marks,
):
    """Implements `tongban.logs.store.Store`; one instance serves every thread.

    Lend it connections with `PRAGMA secure_delete = ON`: it sets this where it erases, but pages
    that split under other writes would leave copies of sealed bodies in the file.
    """

    def __init__(self, *, data_key: bytes, draw: Callable[[int], bytes]) -> None:
        """data_key: 32 bytes. draw: gives that many fresh random bytes."""
        self._vault = Vault(data_key, draw)

    def migrate(self, connection: Any) -> None:
        """Make the tables ready, and see that the data key is theirs; once at every start."""
        migration.migrate(connection, self._sql)
        known = self.mark(connection, _DATA_KEY_MARK)
        if known is None:
            self.put_mark(connection, _DATA_KEY_MARK, self._vault.fingerprint)
        elif known != self._vault.fingerprint:
            raise WrongDataKey(
                "the data key is not the one that this database was sealed with; "
                "put the right key file in place, or restore key and database together"
            )
