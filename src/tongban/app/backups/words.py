"""Says in words how old a backup is, and what its node will do when it starts."""

from collections.abc import Iterator
from datetime import datetime

from tongban.app.backups.container import Manifest
from tongban.app.backups.signature import Signed

_HOUR, _DAY = 3_600, 86_400


def age(made_at: datetime, now: datetime) -> str:
    """How long ago, as people say it."""
    seconds = (now - made_at).total_seconds()
    if seconds < 0:
        return "in the future, by this machine's clock: look at the clock"
    if seconds < _HOUR:
        return f"{int(seconds // 60)} minutes ago"
    if seconds < 2 * _DAY:
        return f"{int(seconds // _HOUR)} hours ago"
    return f"{int(seconds // _DAY)} days ago"


#: What a backup's signature is worth, as operators should hear it.
SIGNED = {
    Signed.NODE: "The node's own key signed what the backup says of itself.",
    Signed.ITSELF: "It is signed by the key in its own descriptor. Whether that is the node's key, "
    "its key files (--keys) or its public key (--vkey) from another place would show.",
    Signed.UNSIGNED: "It is not signed, as of an older version: whoever could write the file could "
    "also change it. What the logs in it hold was signed all the same.",
}


def prospects(manifest: Manifest, now: datetime) -> Iterator[str]:
    """What the operator should know before the node starts, a sentence each."""
    made_at = manifest.made_at.isoformat(sep=" ", timespec="minutes")
    yield f"The backup is of {manifest.node}, made {age(manifest.made_at, now)} ({made_at})."
    if manifest.partners:
        yield (
            f"At its next start the node compares with {', '.join(manifest.partners)}, one by one; "
            "until a partner has answered, what is done for that partner waits as an intent."
        )
        yield (
            "Each partner gives back every entry that the two had exchanged since; then a new "
            "generation of the log is opened. Nothing is signed twice."
        )
        yield (
            "Lost are: entries of the last moments that no partner had stored yet; what the home "
            "log, accounts, drafts and reading records held since the backup; and, if a partner "
            "was put back to a backup as well, what lies beyond both backups."
        )
    yield (
        "Bodies that were erased since the backup are erased again where a partner was told of it "
        "or the earlier database could still be read; look through your own list of erasures."
    )
    if manifest.keys:
        yield "The backup holds the node's keys: whoever has the file can speak as this node."
