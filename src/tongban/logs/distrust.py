"""The part of the store's contract that is there because neither disks nor peers are trusted."""

from typing import Any, Protocol

from tongban.evidence.tree import CompactRange
from tongban.logs.rows import ContradictionRow, Leaf, RefusedRow, StoredEnd
from tongban.logs.tiles import TileTop


class DamageStore(Protocol):
    """Bytes that are not what they were, and bytes that may go."""

    def refused_entries(self, connection: Any, log: int) -> list[RefusedRow]:
        """Each refused entry that still has its bytes, in log order."""
        ...

    def damaged_entries(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[int]:
        """Indices first ≤ index < stop whose bytes are not those that were hashed."""
        ...

    def restore_entry(
        self, connection: Any, log: int, generation: int, index: int, data: bytes
    ) -> bool:
        """Put back the bytes of an entry; False, and nothing changed, where its hash differs."""
        ...

    def damaged_bodies(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[tuple[int, str]]:
        """Index and name of each body of these entries that is there and does not open."""
        ...

    def restore_body(  # noqa: PLR0917  the place, then the body, as everywhere here
        self,
        connection: Any,
        log: int,
        generation: int,
        index: int,
        name: str,
        salt: bytes,
        content: bytes,
    ) -> bool:
        """Put a body in the place of one that is there; False where none is, or it was erased."""
        ...

    def is_sound(self, connection: Any, log: int, generation: int, first: int, stop: int) -> bool:
        """Whether the stored hashes that end at first < leaves ≤ stop fit each other.

        And, where stop is the end, what was stated about that. It reads no bytes of entries.
        """
        ...

    def leaves(
        self, connection: Any, log: int, generation: int, first: int, stop: int
    ) -> list[Leaf]:
        """Leaves first ≤ index < stop, as many as there are."""
        ...

    def tree_hashes(  # noqa: PLR0917  the place, then what of it
        self, connection: Any, log: int, generation: int, level: int, first: int, stop: int
    ) -> list[bytes]:
        """Hashes as they are stored at a level of which there are any (logs/tiles.py)."""
        ...

    def entry_bytes(self, connection: Any, log: int, generation: int, index: int) -> bytes | None:
        """What stands in the place of an entry's bytes, whether it fits the hash or not."""
        ...

    def stored_end(self, connection: Any, log: int, generation: int) -> StoredEnd:
        """What is stored of where a generation ends; raises BrokenInvariant where there is none."""
        ...

    def restore_tree(  # noqa: PLR0917  the place, then what is right there
        self,
        connection: Any,
        log: int,
        generation: int,
        leaves: dict[int, bytes],
        tops: list[TileTop],
        statements: dict[int, bytes],
    ) -> None:
        """Put right hashes of leaves, by index, of tiles, and roots that were stated, by size."""
        ...

    def restore_end(
        self, connection: Any, log: int, generation: int, found: bytes, right: CompactRange
    ) -> None:
        """Put right the end of a generation, unless it was moved since these bytes were found."""
        ...


class MisbehaviourStore(Protocol):
    """What shows that a peer contradicts itself (spec/misbehaviour.md)."""

    def put_contradiction(self, connection: Any, row: ContradictionRow) -> bool:
        """Keep two notes that contradict each other; False where they were kept already."""
        ...

    def contradictions(self, connection: Any, peer: str) -> list[ContradictionRow]:
        """All of a peer's, in the order of finding."""
        ...

    def put_stray(self, connection: Any, peer: str, note: bytes) -> None:
        """Keep a peer's checkpoint that nothing explains yet; once, however often it comes."""
        ...

    def strays(self, connection: Any, peer: str) -> list[bytes]:
        """All that were kept of a peer."""
        ...
