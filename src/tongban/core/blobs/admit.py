"""Which entries may name large files, computed alike by both sides from the two logs.

An entry takes effect only if the reader's receipts for all its files stand on the opposite log
before what the writer had seen of it, so that nothing ever waits half applied.
"""

from collections.abc import Collection, Mapping

from tongban.core.blobs.events import BlobStored
from tongban.core.blobs.manifest import FILE_BYTES_MAX, is_root
from tongban.core.blobs.refusals import BlobGround, refuse
from tongban.core.channel.refusals import ChannelGround
from tongban.core.channel.refusals import refuse as refuse_channel
from tongban.core.entry import Blob, Commitment, Entry, Seen
from tongban.core.refusal import Refusal


def blobs_of(commitments: Collection[Commitment]) -> tuple[Blob, ...]:
    """The large files among what an entry commits to."""
    return tuple(each.blob for each in commitments if each.blob is not None)


def admit_files(entry: Entry, receipts: Mapping[str, Collection[Seen]]) -> Refusal | None:
    """Why an entry must be refused for the files that it names; None where all are stored.

    receipts: by root, the places of the reader's receipts in the opposite log that took effect:
    generation, and how many entries of it there were with the receipt.
    """
    seen = entry.seen or Seen(generation=0, size=0)
    for blob in blobs_of(entry.commitments):
        if not any(_covers(seen, place) for place in receipts.get(blob.root, ())):
            return refuse(BlobGround.NOT_STORED, blob.root)
    return None


def admit_receipt(entry: Entry) -> Refusal | None:
    """Why a receipt must be refused: only for what it is, since only its writer knows its disk."""
    if not isinstance(entry.event, BlobStored):
        return refuse_channel(ChannelGround.WRONG_SUBJECT)
    if not is_root(entry.subject.id) or not 0 < entry.event.size <= FILE_BYTES_MAX:
        return refuse(BlobGround.UNFIT)
    return None


def _covers(seen: Seen, place: Seen) -> bool:
    return (place.generation, place.size) <= (seen.generation, seen.size)
